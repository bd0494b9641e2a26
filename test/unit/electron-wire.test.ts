import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { dir, hear, sent, standIn, startMain } from '../helpers/electron-main.ts'

describe('the wire between page and core', () => {
  const fromOurPage = { senderFrame: { url: 'app://bundle/index.html', parent: null } }

  test('passes a call on and its reply back', async () => {
    await startMain()
    const reply = standIn.ipcHandlers.get('core')?.(fromOurPage, 'cadre.list', { text: '王' })
    expect(sent()).toContainEqual({ kind: 'call', id: 1, name: 'cadre.list', input: { text: '王' } })
    hear({ kind: 'reply', id: 1, reply: { ok: true, data: { total: 0, rows: [] } } })
    expect(await reply).toEqual({ ok: true, data: { total: 0, rows: [] } })
  })

  test('keeps calls apart that are answered out of order', async () => {
    await startMain()
    const call = (name: string) => standIn.ipcHandlers.get('core')?.(fromOurPage, name, {})
    const replies = [call('cadre.list'), call('talk.list')]
    hear({ kind: 'reply', id: 2, reply: { ok: true, data: 'talks' } })
    hear({ kind: 'reply', id: 1, reply: { ok: true, data: 'cadres' } })
    expect(await Promise.all(replies)).toEqual([
      { ok: true, data: 'cadres' },
      { ok: true, data: 'talks' },
    ])
  })

  test.each([
    ['another site', { url: 'https://evil.example/', parent: null }],
    ['a site that names us', { url: 'https://evil.example/?app://bundle/', parent: null }],
    ['another host of our scheme', { url: 'app://other/index.html', parent: null }],
    ['our host as a user name', { url: 'app://bundle@evil.example/', parent: null }],
    ['a file', { url: 'file:///bundle/index.html', parent: null }],
    ['an empty page', { url: 'about:blank', parent: null }],
    ['a frame inside our page', { url: 'app://bundle/index.html', parent: {} }],
    ['nonsense', { url: '', parent: null }],
    ['a frame that is gone', null],
  ])('a call by %s is answered with no', async (_, senderFrame) => {
    await startMain()
    const reply = await standIn.ipcHandlers.get('core')?.({ senderFrame }, 'cadre.list', {})
    expect(reply).toMatchObject({ ok: false, code: 'not-allowed' })
    expect(sent()).toHaveLength(1)
  })

  test('a call whose name is no text is answered with no', async () => {
    await startMain()
    const reply = await standIn.ipcHandlers.get('core')?.(fromOurPage, { toString: () => 'cadre.list' }, {})
    expect(reply).toMatchObject({ ok: false, code: 'not-allowed' })
  })

  test('is one channel and no other', async () => {
    await startMain()
    expect([...standIn.ipcHandlers.keys()]).toEqual(['core'])
  })

  test('tells the page what the core says, unless something else is in the window', async () => {
    await startMain()
    const contents = standIn.windows[0]?.contents.mocks
    hear({ kind: 'event', event: { kind: 'sync' } })
    expect(contents?.send.mock.calls).toEqual([['core', { kind: 'sync' }]])
    contents?.getURL.mockReturnValue('https://evil.example/')
    hear({ kind: 'event', event: { kind: 'locked' } })
    expect(contents?.send).toHaveBeenCalledOnce()
  })
})

describe('a core that crashes', () => {
  test('leaves no call unanswered, locks the page and is started again', async () => {
    vi.useFakeTimers()
    await startMain()
    const fromOurPage = { senderFrame: { url: 'app://bundle/index.html', parent: null } }
    const reply = standIn.ipcHandlers.get('core')?.(fromOurPage, 'cadre.list', {})
    vi.advanceTimersByTime(60_000)
    standIn.children[0]?.events.emit('exit', 1)
    vi.useRealTimers()
    expect(await reply).toMatchObject({ ok: false, code: 'unexpected' })
    expect(standIn.windows[0]?.contents.mocks.send).toHaveBeenCalledWith('core', {
      kind: 'locked',
      because: 'crash',
    })
    expect(standIn.children).toHaveLength(2)
    expect(sent()).toEqual([{ kind: 'open', dir, version: '0.1.0', demo: false, demoCity: null }])
    expect(readFileSync(join(dir, 'shell/log.txt'), 'utf8')).toContain('the core ended unexpectedly')
  })

  test('right after its start is given up with a sentence', async () => {
    await startMain()
    standIn.children[0]?.events.emit('exit', 1)
    expect(standIn.children).toHaveLength(1)
    expect(standIn.dialog.showErrorBox).toHaveBeenCalledOnce()
    expect(standIn.app.quit).toHaveBeenCalledOnce()
  })
})

describe('the key store', () => {
  test('is asked for by the core and answered by this process, with what Electron’s safeStorage keeps', async () => {
    await startMain()
    const officerId = '0198c0de-0000-7000-8000-000000000001'
    hear({ kind: 'keystore', id: 1, question: { ask: 'keep', officerId, secret: 'the secret' } })
    await vi.waitFor(() => expect(sent()).toContainEqual({ kind: 'keystore', id: 1, answer: true }))
    expect(readFileSync(join(dir, 'shell/keystore', officerId), 'utf8')).not.toContain('the secret')
    hear({ kind: 'keystore', id: 2, question: { ask: 'read', officerId } })
    await vi.waitFor(() => expect(sent()).toContainEqual({ kind: 'keystore', id: 2, answer: 'the secret' }))
  })

  test('is out of reach of the page: no call and no event carries the secret', async () => {
    await startMain()
    const fromOurPage = { senderFrame: { url: 'app://bundle/index.html', parent: null } }
    void standIn.ipcHandlers.get('core')?.(fromOurPage, 'keystore', { ask: 'read' })
    expect(sent().at(-1)).toMatchObject({ kind: 'call', name: 'keystore' }) // the contract refuses that name
    hear({ kind: 'keystore', id: 9, question: { ask: 'obstacle' } })
    await vi.waitFor(() => expect(sent()).toContainEqual({ kind: 'keystore', id: 9, answer: null }))
    expect(standIn.windows[0]?.contents.mocks.send).not.toHaveBeenCalled()
  })
})

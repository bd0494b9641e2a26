import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { makeStandIn, type StandIn } from '../helpers/electron-stand-in.ts'

let standIn: StandIn
let dir: string
const argv = process.argv

beforeEach(() => {
  standIn = makeStandIn()
  vi.doMock('electron', () => standIn.electron)
  vi.resetModules()
  dir = mkdtempSync(join(tmpdir(), 'zgt-shell-'))
  process.argv = ['electron', 'dist/electron/main.js', '--remote-debugging-port=0', '--data', dir]
})
afterEach(() => {
  process.argv = argv
  rmSync(dir, { recursive: true, force: true })
})

describe('the start', () => {
  test('comes in this order: folder, sandbox, scheme, lock, and only then the core and the window', async () => {
    await startMain()
    expect(standIn.order).toEqual(['path userData', 'sandbox', 'scheme', 'lock', 'ready', 'core', 'window'])
  })

  test('keeps Chromium’s own files in a folder for this user inside the data folder', async () => {
    await startMain()
    const shell = join(dir, 'shell')
    expect(standIn.app.setPath).toHaveBeenCalledWith('userData', shell)
    if (process.platform !== 'win32') expect(statSync(shell).mode & 0o777).toBe(0o700)
  })

  test('without the single-instance lock opens nothing and ends', async () => {
    standIn.app.requestSingleInstanceLock.mockReturnValue(false)
    await startMain()
    expect(standIn.app.quit).toHaveBeenCalledOnce()
    expect([standIn.children, standIn.windows]).toEqual([[], []])
  })

  test('runs the core in a process of its own and names its folder in a message, not in an argument', async () => {
    await startMain()
    const [child] = standIn.children
    expect(child?.forked[0]).toMatch(/core-process\.js$/)
    expect(child?.forked[1]).toEqual([])
    expect(child?.mocks.postMessage.mock.calls).toEqual([[{ kind: 'open', dir, version: '0.1.0', demo: false }]])
  })

  test('says when it is the demo township that is to be opened', async () => {
    process.argv.push('--demo')
    await startMain()
    expect(sent()).toEqual([{ kind: 'open', dir, version: '0.1.0', demo: true }])
  })

  test('a second start brings the window in front', async () => {
    await startMain()
    const [window] = standIn.windows
    window?.mocks.isMinimized.mockReturnValue(true)
    standIn.appEvents.emit('second-instance')
    expect(window?.mocks.restore).toHaveBeenCalledOnce()
    expect(window?.mocks.focus).toHaveBeenCalledOnce()
  })
})

describe('the window', () => {
  test('has every wall up', async () => {
    await startMain()
    expect(standIn.windows[0]?.options).toMatchObject({
      webPreferences: {
        preload: expect.stringMatching(/preload\.cjs$/) as string,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        webviewTag: false,
        navigateOnDragDrop: false,
        devTools: false,
      },
    })
  })

  test('loads our page and shows itself when there is something to see', async () => {
    await startMain()
    const [window] = standIn.windows
    expect(window?.mocks.loadURL).toHaveBeenCalledWith('app://bundle/index.html')
    expect(window?.mocks.show).not.toHaveBeenCalled()
    window?.events.emit('ready-to-show')
    expect(window?.mocks.show).toHaveBeenCalledOnce()
  })
})

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
    expect(standIn.windows[0]?.contents.mocks.send).toHaveBeenCalledWith('core', { kind: 'locked' })
    expect(standIn.children).toHaveLength(2)
  })

  test('right after its start is given up with a sentence', async () => {
    await startMain()
    standIn.children[0]?.events.emit('exit', 1)
    expect(standIn.children).toHaveLength(1)
    expect(standIn.dialog.showErrorBox).toHaveBeenCalledOnce()
    expect(standIn.app.quit).toHaveBeenCalledOnce()
  })
})

describe('the end', () => {
  test('waits until the core has closed, however often it is asked', async () => {
    await startMain()
    const quit = () => {
      const event = { preventDefault: vi.fn() }
      standIn.appEvents.emit('before-quit', event)
      return event
    }
    expect(quit().preventDefault).toHaveBeenCalledOnce()
    expect(quit().preventDefault).toHaveBeenCalledOnce()
    expect(sent().filter(({ kind }) => kind === 'close')).toHaveLength(1)
    expect(standIn.app.exit).not.toHaveBeenCalled()
    standIn.children[0]?.events.emit('exit', 0)
    await vi.waitFor(() => expect(standIn.app.exit).toHaveBeenCalledWith(0))
  })

  test('does not wait for ever: a core that does not close is ended', async () => {
    vi.useFakeTimers()
    await startMain()
    standIn.appEvents.emit('before-quit', { preventDefault: vi.fn() })
    await vi.advanceTimersByTimeAsync(60_000)
    vi.useRealTimers()
    expect(standIn.children[0]?.mocks.kill).toHaveBeenCalledOnce()
    expect(standIn.app.exit).toHaveBeenCalledWith(0)
  })

  test('comes with the last window', async () => {
    await startMain()
    standIn.appEvents.emit('window-all-closed')
    expect(standIn.app.quit).toHaveBeenCalledOnce()
  })
})

async function startMain(): Promise<void> {
  await import('../../electron/main.ts')
  for (let turns = 0; turns < 5; turns++) await Promise.resolve()
}

const sent = () =>
  (standIn.children.at(-1)?.mocks.postMessage.mock.calls ?? []).map(([message]) => message as { kind: string })

const hear = (message: unknown) => standIn.children.at(-1)?.events.emit('message', message)

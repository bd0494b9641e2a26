import { EventEmitter } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
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
    expect(child?.mocks.postMessage.mock.calls).toEqual([
      [{ kind: 'open', dir, version: '0.1.0', demo: false, demoCity: null }],
    ])
  })

  test('says when it is the demo township that is to be opened', async () => {
    process.argv.push('--demo')
    await startMain()
    expect(sent()).toEqual([{ kind: 'open', dir, version: '0.1.0', demo: true, demoCity: null }])
  })

  test('hands the city beside the demo township on and leaves its code to no other process', async () => {
    const demoCity = { url: 'http://127.0.0.1:8443', code: 'ABCD-EFGH' }
    process.argv.push('--demo')
    process.env['ZGT_DEMO_CITY'] = JSON.stringify(demoCity)
    await startMain()
    expect(sent()).toEqual([{ kind: 'open', dir, version: '0.1.0', demo: true, demoCity }])
    expect(process.env['ZGT_DEMO_CITY']).toBeUndefined()
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

  test('opens where and as large as it was closed, maximized if it was', async () => {
    await startMain()
    standIn.windows[0]?.mocks.isMaximized.mockReturnValue(true)
    standIn.windows[0]?.events.emit('close')
    await startAgain()
    const [window] = standIn.windows
    expect(window?.options).toMatchObject({ x: 20, y: 30, width: 1200, height: 700, minWidth: 960 })
    window?.events.emit('ready-to-show')
    expect(window?.mocks.maximize).toHaveBeenCalledOnce()
  })

  test.each([
    [
      'a screen that is gone',
      JSON.stringify({ bounds: { x: 4000, y: 10, width: 900, height: 700 }, maximized: false }),
    ],
    ['above the screen', JSON.stringify({ bounds: { x: 10, y: -500, width: 900, height: 700 }, maximized: false })],
    ['below the task bar', JSON.stringify({ bounds: { x: 10, y: 1030, width: 900, height: 700 }, maximized: false })],
    ['half a file', '{"bounds":{"x":1'],
    ['nonsense', '{"bounds":{"x":"left","y":0,"width":-1,"height":0},"maximized":1}'],
  ])('opens at its usual size after %s', async (_, left) => {
    mkdirSync(join(dir, 'shell'))
    writeFileSync(join(dir, 'shell/window.json'), left)
    await startMain()
    const options = standIn.windows[0]?.options as { x?: number; width?: number }
    expect([options.x, options.width]).toEqual([undefined, 1366])
  })

  test('whose page crashes loads it anew, and gives up with a sentence when that does not help', async () => {
    vi.useFakeTimers()
    await startMain()
    const [window] = standIn.windows
    const crash = (reason: string) => window?.contents.events.emit('render-process-gone', {}, { reason })
    crash('clean-exit')
    expect(window?.mocks.loadURL).toHaveBeenCalledOnce()
    vi.advanceTimersByTime(60_000)
    crash('crashed')
    expect(window?.mocks.loadURL).toHaveBeenCalledTimes(2)
    expect(standIn.app.quit).not.toHaveBeenCalled()
    crash('crashed')
    vi.useRealTimers()
    expect(standIn.dialog.showErrorBox.mock.calls[0]?.[0]).toBe('页面无法显示')
    expect(standIn.app.quit).toHaveBeenCalledOnce()
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

describe('what the page asks of its window', () => {
  const ask = (name: string, input: unknown) => {
    const contents = standIn.windows[0]?.contents.api
    const event = { senderFrame: { url: 'app://bundle/index.html', parent: null }, sender: contents }
    return standIn.ipcHandlers.get('core')?.(event, name, input)
  }

  test('is answered here and not passed on to the core', async () => {
    await startMain()
    expect(await ask('host.setLanguage', { language: 'en' })).toEqual({ ok: true, data: {} })
    expect(sent()).toHaveLength(1)
  })

  test('is parsed: a bad input is refused by name', async () => {
    await startMain()
    const refusal = { ok: false, code: 'invalid-input' }
    expect(await ask('host.setLanguage', { language: 'fr' })).toMatchObject(refusal)
    expect(await ask('host.savePdf', { fileName: '' })).toMatchObject(refusal)
    expect(await ask('host.savePdf', null)).toMatchObject(refusal)
    ask('host.toString', {})
    expect(sent().at(-1)).toMatchObject({ name: 'host.toString' })
  })

  test('a language changes the menu and the dialogs', async () => {
    await startMain()
    const fileMenu = () => (standIn.menus.at(-1) as { label: string }[])[0]?.label
    expect(fileMenu()).toBe('文件')
    await ask('host.setLanguage', { language: 'en' })
    expect(fileMenu()).toBe('File')
    standIn.children[0]?.events.emit('exit', 1)
    expect(standIn.dialog.showErrorBox.mock.calls[0]?.[0]).toBe('The program cannot run')
  })

  test('a PDF is printed and put where the officer says, under a name the system takes', async () => {
    await startMain()
    const filePath = join(dir, 'a.pdf')
    standIn.dialog.showSaveDialog.mockResolvedValueOnce({ canceled: false, filePath })
    expect(await ask('host.savePdf', { fileName: '..\\未谈/名单: 2026?' })).toEqual({ ok: true, data: { saved: true } })
    expect(readFileSync(filePath, 'utf8')).toBe('%PDF-')
    const [, options] = standIn.dialog.showSaveDialog.mock.calls[0] as unknown as [unknown, { defaultPath: string }]
    expect(options.defaultPath).toBe('_未谈_名单_ 2026_.pdf')
  })

  test('a PDF that nobody wants or that cannot be written is not said to be saved', async () => {
    await startMain()
    expect(await ask('host.savePdf', { fileName: '名单' })).toEqual({ ok: true, data: { saved: false } })
    standIn.dialog.showSaveDialog.mockResolvedValueOnce({ canceled: false, filePath: join(dir, 'absent/a.pdf') })
    expect(await ask('host.savePdf', { fileName: '名单' })).toMatchObject({ ok: false, code: 'file-unwritable' })
  })

  test('a file it offers gets the system’s save dialog, and a failure is told', async () => {
    await startMain()
    const item = Object.assign(new EventEmitter(), {
      getURL: () => 'blob:app://bundle/6f1c',
      getFilename: () => '干部/名册.xlsx',
      setSaveDialogOptions: vi.fn(),
    })
    const event = { preventDefault: vi.fn() }
    standIn.session.events.emit('will-download', event, item)
    expect(event.preventDefault).not.toHaveBeenCalled()
    expect(item.setSaveDialogOptions.mock.calls[0]?.[0]).toMatchObject({
      defaultPath: '干部_名册.xlsx',
      filters: [{ name: 'XLSX', extensions: ['xlsx'] }],
    })
    item.emit('done', {}, 'completed')
    expect(standIn.dialog.showErrorBox).not.toHaveBeenCalled()
    standIn.session.events.emit('will-download', event, item)
    item.emit('done', {}, 'interrupted')
    expect(standIn.dialog.showErrorBox).toHaveBeenCalledOnce()
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

async function startAgain(): Promise<void> {
  standIn = makeStandIn()
  vi.doMock('electron', () => standIn.electron)
  vi.resetModules()
  await startMain()
}

async function startMain(): Promise<void> {
  await import('../../electron/main.ts')
  for (let turns = 0; turns < 5; turns++) await Promise.resolve()
}

const sent = () =>
  (standIn.children.at(-1)?.mocks.postMessage.mock.calls ?? []).map(([message]) => message as { kind: string })

const hear = (message: unknown) => standIn.children.at(-1)?.events.emit('message', message)

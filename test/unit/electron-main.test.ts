import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { dir, sent, standIn, startAgain, startMain } from '../helpers/electron-main.ts'

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

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { guardNavigation, harden } from '../../electron/security.ts'
import { registerScheme, servePages } from '../../electron/protocol.ts'
import { contentSecurityPolicy } from '../../shared/csp.ts'
import { makeContents, makeSession, strict, type StandIn } from '../helpers/electron-stand-in.ts'

const holder = vi.hoisted(() => ({ standIn: null as unknown }))
vi.mock('electron', async () => {
  const { makeStandIn } = await import('../helpers/electron-stand-in.ts')
  holder.standIn = makeStandIn()
  return (holder.standIn as StandIn).electron
})
const standIn = () => holder.standIn as StandIn

const OURS = 'app://bundle/index.html'
const NOT_OURS = [
  'https://evil.example/',
  'https://evil.example/?next=app://bundle/index.html',
  'app://other/index.html',
  'app://bundle.evil.example/',
  'file:///etc/passwd',
  'about:blank',
  'javascript:alert(1)',
  'data:text/html,hello',
  '',
]

test('the stand-in refuses what it does not list, so no test passes on a call that Electron may not have', () => {
  const app = strict('app', { quit: () => undefined }) as { quit(): void; quitNow?(): void }
  expect(() => app.quit()).not.toThrow()
  expect(() => app.quitNow?.()).toThrow('electron: app.quitNow is not in the stand-in')
})

test('the list of the stand-in is checked against the types of Electron itself', () => {
  // @ts-expect-error Electron has no such function; were its types not found, this line would be the error.
  const wrong = { quitNow: () => undefined } satisfies Partial<typeof import('electron').app>
  expect(Object.keys(wrong)).toEqual(['quitNow'])
})

describe('permissions', () => {
  const PERMISSIONS = [
    'geolocation',
    'media',
    'notifications',
    'clipboard-read',
    'fullscreen',
    'hid',
    'usb',
    'openExternal',
  ] as const
  const hardened = () => {
    const session = makeSession()
    harden(session.api as never)
    const [request] = session.mocks.setPermissionRequestHandler.mock.calls[0] ?? []
    const [check] = session.mocks.setPermissionCheckHandler.mock.calls[0] ?? []
    const [device] = session.mocks.setDevicePermissionHandler.mock.calls[0] ?? []
    const asked = (url: string, permission: string) => {
      let granted: boolean | undefined
      request?.(makeContents(url).api, permission as 'usb', (answer) => (granted = answer), {} as never)
      return [granted, check?.(makeContents(url).api, permission as 'usb', url, {} as never)]
    }
    return { session, check, device, asked }
  }

  test.each(PERMISSIONS)('%s is denied when asked for and when checked, to our own page as well', (permission) => {
    const { asked } = hardened()
    expect([asked(OURS, permission), asked('https://evil.example/', permission)]).toEqual([
      [false, false],
      [false, false],
    ])
  })

  test('copying text is all that our page may do, and only ours', () => {
    const { asked, check } = hardened()
    expect(asked(OURS, 'clipboard-sanitized-write')).toEqual([true, true])
    expect(asked('https://evil.example/', 'clipboard-sanitized-write')).toEqual([false, false])
    expect(check?.(null, 'clipboard-sanitized-write', OURS, {} as never)).toBe(false)
  })

  test('no device is ever granted, and no dictionary is downloaded', () => {
    const { device, session } = hardened()
    expect(device?.({ deviceType: 'usb' } as never)).toBe(false)
    expect(session.mocks.setSpellCheckerEnabled).toHaveBeenCalledWith(false)
  })
})

describe('the network', () => {
  const cancelled = (url: string) => {
    const session = makeSession()
    harden(session.api as never)
    const listener = session.onBeforeRequest.mock.calls[0]?.at(-1) as unknown as (
      details: { url: string },
      answer: (response: { cancel: boolean }) => void,
    ) => void
    let cancel: boolean | undefined
    listener({ url }, (response) => (cancel = response.cancel))
    return cancel
  }

  test.each([
    'http://city.example/',
    'https://city.example/',
    'ws://city.example/',
    'file:///etc/passwd',
    'ftp://x.example/',
    'app://other/',
  ])('%s is not loaded by a page', (url) => expect(cancelled(url)).toBe(true))

  test.each(['app://bundle/assets/a.js', 'blob:app://bundle/6f1c', 'data:image/png;base64,AA=='])('%s is', (url) =>
    expect(cancelled(url)).toBe(false),
  )

  test('a download is what our page made itself, or none', () => {
    const session = makeSession()
    harden(session.api as never)
    const prevented = (url: string) => {
      const event = { preventDefault: vi.fn() }
      session.events.emit('will-download', event, { getURL: () => url })
      return event.preventDefault.mock.calls.length === 1
    }
    expect(prevented('blob:app://bundle/6f1c')).toBe(false)
    expect(
      ['blob:https://evil.example/6f1c', 'https://evil.example/a.exe', 'app://bundle/a.js'].map(prevented),
    ).toEqual([true, true, true])
  })
})

describe('navigation', () => {
  const guarded = () => {
    const contents = makeContents()
    const log = vi.fn<(line: string) => void>()
    guardNavigation(contents.api, log)
    return { ...contents, log }
  }

  test.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])(
    '%s leads to our own page and nowhere else',
    (name) => {
      const { events } = guarded()
      const prevented = (url: string) => {
        const event = { url, preventDefault: vi.fn() }
        events.emit(name, event)
        return event.preventDefault.mock.calls.length === 1
      }
      expect(NOT_OURS.filter((url) => !prevented(url))).toEqual([])
      expect(prevented(OURS)).toBe(false)
    },
  )

  test('no second window opens and no webview is attached', () => {
    const { events, mocks, log } = guarded()
    const handler = mocks.setWindowOpenHandler.mock.calls[0]?.[0]
    for (const url of [OURS, ...NOT_OURS]) expect(handler?.({ url } as never)).toEqual({ action: 'deny' })
    expect(standIn().shell.openExternal).not.toHaveBeenCalled()
    expect(log).toHaveBeenCalledTimes(NOT_OURS.length + 1)
    const event = { preventDefault: vi.fn() }
    events.emit('will-attach-webview', event)
    expect(event.preventDefault).toHaveBeenCalledOnce()
  })
})

describe('app://bundle', () => {
  const served = () => {
    const folder = mkdtempSync(join(tmpdir(), 'zgt-app-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const root = join(folder, 'renderer')
    mkdirSync(join(root, 'assets'), { recursive: true })
    writeFileSync(join(folder, 'secret.html'), 'outside')
    writeFileSync(join(root, 'index.html'), '<meta property="csp-nonce" content="" />')
    writeFileSync(join(root, 'assets/a.js'), 'export {}')
    symlinkSync(join(folder, 'secret.html'), join(root, 'linked.html'))
    const session = makeSession()
    servePages(session.api as never, root)
    return async (url: string, method = 'GET') => {
      const response = await session.schemes.get(new URL(url).protocol.slice(0, -1))?.({ url, method } as Request)
      return { status: response?.status, headers: response?.headers, text: await response?.text() }
    }
  }

  test('is a scheme with an origin, which is not allowed to get around any policy', () => {
    registerScheme()
    expect(standIn().protocol.registerSchemesAsPrivileged).toHaveBeenCalledWith([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ])
  })

  test('serves the page with the same policy as the loopback host, with a nonce of its own each time', async () => {
    const load = served()
    const [one, other] = [await load(OURS), await load('app://bundle/')]
    const nonces = [one, other].map(({ text }) => /content="([\w+/=]{24})"/.exec(text ?? '')?.[1] ?? '')
    expect(new Set(nonces).size).toBe(2)
    expect(one.headers?.get('content-security-policy')).toBe(contentSecurityPolicy(nonces[0] ?? ''))
    expect(one.headers?.get('content-type')).toBe('text/html; charset=utf-8')
    expect((await load('app://bundle/assets/a.js')).headers?.get('content-type')).toBe('text/javascript; charset=utf-8')
  })

  test.each([
    'app://bundle/../secret.html',
    'app://bundle/%2e%2e/secret.html',
    'app://bundle/..%2fsecret.html',
    'app://bundle/assets/..%5c..%5csecret.html',
    'app://bundle/linked.html',
    'app://bundle/absent.html',
    'app://bundle/assets',
    'app://other/index.html',
  ])('%s is not found', async (url) => {
    expect(await served()(url)).toMatchObject({ status: 404, text: '' })
  })

  test('only answers GET', async () => {
    expect(await served()(OURS, 'POST')).toMatchObject({ status: 404 })
  })

  test('is the only way to a file: file: is refused', async () => {
    expect(await served()('file:///etc/passwd')).toMatchObject({ status: 403, text: '' })
  })
})

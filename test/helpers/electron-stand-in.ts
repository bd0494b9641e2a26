/**
 * A typed stand-in of the `electron` module, for `vi.mock('electron', …)`.
 *
 * The list is written by hand and every entry is checked by `satisfies` against Electron's own types, so nothing stands
 * here that Electron does not have. Reading anything else throws: the shell cannot lean on a call that no test has seen.
 */
import { EventEmitter } from 'node:events'
import { vi, type Mock } from 'vitest'

type Electron = typeof import('electron')
type Of<K extends keyof Electron> = Electron[K]
type WebContents = import('electron').WebContents
type Session = import('electron').Session
type ProtocolHandler = (request: Request) => Response | Promise<Response>

/** Lets the listed properties through and throws for any other; what a promise or a printer asks for is let be. */
export function strict<T extends object>(name: string, listed: T): T {
  return new Proxy(listed, {
    get(target, property, receiver) {
      const quiet =
        typeof property === 'symbol' || property === 'then' || property === 'toJSON' || property === 'asymmetricMatch'
      if (!quiet && !Reflect.has(target, property))
        throw new Error(`electron: ${name}.${property} is not in the stand-in`)
      return Reflect.get(target, property, receiver) as unknown
    },
  })
}

/** Electron's typed overloads of `on` and `once`, over one plain emitter. */
function listening<O>(events: EventEmitter, methods: readonly ('on' | 'once' | 'off')[]): O {
  const entries = methods.map((method) => [
    method,
    (name: string, listener: () => void) => events[method](name, listener),
  ])
  return Object.fromEntries(entries) as O
}

/** What tests look at and pull, besides the mocks themselves. */
export interface StandIn {
  /** What `import … from 'electron'` gets. */
  readonly electron: Record<string, unknown>
  readonly appEvents: EventEmitter
  readonly session: ReturnType<typeof makeSession>
  readonly ipcHandlers: Map<string, (event: unknown, ...args: unknown[]) => unknown>
  readonly windows: ReturnType<typeof makeWindow>[]
  readonly children: ReturnType<typeof makeChild>[]
  readonly app: ReturnType<typeof makeApp>
  readonly dialog: ReturnType<typeof makeDialog>
  readonly shell: { readonly openExternal: Mock }
  readonly screen: { readonly getAllDisplays: Mock }
  readonly menus: unknown[]
  readonly protocol: { readonly registerSchemesAsPrivileged: Mock }
  readonly safeStorage: ReturnType<typeof makeSafeStorage>
  readonly exposed: Map<string, Record<string, (...args: never[]) => unknown>>
  readonly ipcRenderer: { readonly invoke: Mock; readonly events: EventEmitter }
  /** The order of what matters at start. */
  readonly order: string[]
}

export function makeStandIn(): StandIn {
  const order: string[] = []
  const appEvents = new EventEmitter()
  const app = makeApp(appEvents, order)
  const session = makeSession()
  const windows: StandIn['windows'] = []
  const children: StandIn['children'] = []
  const ipcHandlers: StandIn['ipcHandlers'] = new Map()
  const exposed: StandIn['exposed'] = new Map()
  const rendererEvents = new EventEmitter()
  const invoke = vi.fn(() => Promise.resolve({ ok: true, data: {} }))
  const dialog = makeDialog()
  const safeStorage = makeSafeStorage()
  const menus: unknown[] = []
  const shell = {
    openExternal: vi.fn<Of<'shell'>['openExternal']>(() => Promise.resolve()),
  } satisfies Partial<Of<'shell'>>
  const workArea = { x: 0, y: 0, width: 1920, height: 1040 }
  const screen = {
    getAllDisplays: vi.fn<Of<'screen'>['getAllDisplays']>(() => [{ workArea } as import('electron').Display]),
  } satisfies Partial<Of<'screen'>>
  const protocol = {
    registerSchemesAsPrivileged: vi.fn<Of<'protocol'>['registerSchemesAsPrivileged']>(() => void order.push('scheme')),
  } satisfies Partial<Of<'protocol'>>
  const electron = {
    app: strict('app', app),
    session: strict('session', { defaultSession: session.api as unknown as Session } satisfies Partial<Of<'session'>>),
    protocol: strict('protocol', protocol),
    ipcMain: strict('ipcMain', {
      handle: (channel, handler) => void ipcHandlers.set(channel, handler as never),
    } satisfies Partial<Of<'ipcMain'>>),
    BrowserWindow: makeWindowClass(windows, order),
    utilityProcess: strict('utilityProcess', {
      fork: vi.fn((...args: Parameters<Of<'utilityProcess'>['fork']>) => {
        order.push('core')
        const child = makeChild(args)
        children.push(child)
        return child.api as unknown as ReturnType<Of<'utilityProcess'>['fork']>
      }),
    } satisfies Partial<Of<'utilityProcess'>>),
    dialog: strict('dialog', dialog),
    Menu: strict('Menu', {
      buildFromTemplate: vi.fn((template) => template as never),
      setApplicationMenu: (menu) => void menus.push(menu),
    } satisfies Partial<Of<'Menu'>>),
    safeStorage: strict('safeStorage', safeStorage),
    shell: strict('shell', shell),
    screen: strict('screen', screen),
    contextBridge: strict('contextBridge', {
      exposeInMainWorld: (key: string, api: never) => void exposed.set(key, api),
    } satisfies Partial<Of<'contextBridge'>>),
    ipcRenderer: strict('ipcRenderer', {
      invoke,
      ...listening<Pick<Of<'ipcRenderer'>, 'on' | 'off'>>(rendererEvents, ['on', 'off']),
    } satisfies Partial<Of<'ipcRenderer'>>),
  } satisfies Partial<Record<keyof Electron, unknown>>
  const ipcRenderer = { invoke, events: rendererEvents }
  const seams = { appEvents, session, ipcHandlers, windows, children, exposed, ipcRenderer, order }
  return { electron, app, dialog, protocol, safeStorage, shell, screen, menus, ...seams }
}

function makeApp(events: EventEmitter, order: string[]) {
  return {
    ...listening<Pick<Of<'app'>, 'on' | 'once'>>(events, ['on', 'once']),
    setPath: vi.fn<Of<'app'>['setPath']>((name) => void order.push(`path ${name}`)),
    setAppUserModelId: vi.fn<Of<'app'>['setAppUserModelId']>(),
    enableSandbox: vi.fn<Of<'app'>['enableSandbox']>(() => void order.push('sandbox')),
    requestSingleInstanceLock: vi.fn<Of<'app'>['requestSingleInstanceLock']>(() => {
      order.push('lock')
      return true
    }),
    whenReady: vi.fn<Of<'app'>['whenReady']>(() => {
      order.push('ready')
      return Promise.resolve()
    }),
    getLocale: vi.fn<Of<'app'>['getLocale']>(() => 'zh-CN'),
    getVersion: vi.fn<Of<'app'>['getVersion']>(() => '0.1.0'),
    quit: vi.fn<Of<'app'>['quit']>(),
    exit: vi.fn<Of<'app'>['exit']>(),
  } satisfies Partial<Of<'app'>>
}

export function makeSession() {
  const events = new EventEmitter()
  const schemes = new Map<string, ProtocolHandler>()
  const onBeforeRequest: Mock = vi.fn()
  const protocol = strict('session.protocol', {
    handle: ((scheme: string, handler: ProtocolHandler) =>
      void schemes.set(scheme, handler)) as Session['protocol']['handle'],
  } satisfies Partial<Session['protocol']>)
  const webRequest = strict('session.webRequest', { onBeforeRequest: onBeforeRequest as never } satisfies Partial<
    Session['webRequest']
  >)
  const listed = {
    ...listening<Pick<Session, 'on'>>(events, ['on']),
    setPermissionRequestHandler: vi.fn<Session['setPermissionRequestHandler']>(),
    setPermissionCheckHandler: vi.fn<Session['setPermissionCheckHandler']>(),
    setDevicePermissionHandler: vi.fn<Session['setDevicePermissionHandler']>(),
    setSpellCheckerEnabled: vi.fn<Session['setSpellCheckerEnabled']>(),
    protocol: protocol as Session['protocol'],
    webRequest: webRequest as unknown as Session['webRequest'],
  } satisfies Partial<Session>
  return { api: strict('session', listed), mocks: listed, events, schemes, onBeforeRequest }
}

export function makeContents(url = 'app://bundle/index.html') {
  const events = new EventEmitter()
  const listed = {
    ...listening<Pick<WebContents, 'on'>>(events, ['on']),
    getURL: vi.fn<WebContents['getURL']>(() => url),
    isDestroyed: vi.fn<WebContents['isDestroyed']>(() => false),
    send: vi.fn<WebContents['send']>(),
    print: vi.fn<WebContents['print']>(),
    printToPDF: vi.fn<WebContents['printToPDF']>(() => Promise.resolve(Buffer.from('%PDF-'))),
    setWindowOpenHandler: vi.fn<WebContents['setWindowOpenHandler']>(),
  } satisfies Partial<WebContents>
  return { api: strict('webContents', listed) as unknown as WebContents, mocks: listed, events }
}

function makeWindow(options: unknown) {
  type Window = InstanceType<Of<'BrowserWindow'>>
  const events = new EventEmitter()
  const contents = makeContents()
  const listed = {
    ...listening<Pick<Window, 'on' | 'once'>>(events, ['on', 'once']),
    loadURL: vi.fn<Window['loadURL']>(() => Promise.resolve()),
    show: vi.fn<Window['show']>(),
    focus: vi.fn<Window['focus']>(),
    restore: vi.fn<Window['restore']>(),
    isMinimized: vi.fn<Window['isMinimized']>(() => false),
    isDestroyed: vi.fn<Window['isDestroyed']>(() => false),
    getTitle: vi.fn<Window['getTitle']>(() => '干部'),
    maximize: vi.fn<Window['maximize']>(),
    isMaximized: vi.fn<Window['isMaximized']>(() => false),
    getNormalBounds: vi.fn<Window['getNormalBounds']>(() => ({ x: 20, y: 30, width: 1200, height: 700 })),
    webContents: contents.api,
  } satisfies Partial<Window>
  return { api: strict('BrowserWindow', listed), mocks: listed, events, contents, options }
}

/** `new BrowserWindow(options)` gives the strict object, as a constructor may. */
function makeWindowClass(windows: ReturnType<typeof makeWindow>[], order: string[]) {
  function BrowserWindow(options: unknown) {
    order.push('window')
    const window = makeWindow(options)
    windows.push(window)
    return window.api
  }
  const statics = {
    getAllWindows: () => windows.map(({ api }) => api as never),
    getFocusedWindow: () => (windows[0]?.api ?? null) as never,
    fromWebContents: (contents) => (windows.find((window) => window.contents.api === contents)?.api ?? null) as never,
  } satisfies Partial<Of<'BrowserWindow'>>
  return strict('BrowserWindow', Object.assign(BrowserWindow, statics))
}

function makeChild(forked: Parameters<Of<'utilityProcess'>['fork']>) {
  type Child = ReturnType<Of<'utilityProcess'>['fork']>
  const events = new EventEmitter()
  const listed = {
    ...listening<Pick<Child, 'on' | 'once'>>(events, ['on', 'once']),
    postMessage: vi.fn<Child['postMessage']>(),
    kill: vi.fn<Child['kill']>(() => {
      events.emit('exit', 0)
      return true
    }),
  } satisfies Partial<Child>
  return { api: strict('utilityProcess child', listed), mocks: listed, events, forked }
}

function makeDialog() {
  return {
    showErrorBox: vi.fn<Of<'dialog'>['showErrorBox']>(),
    showSaveDialog: vi.fn(() => Promise.resolve({ canceled: true, filePath: '' })) as Mock &
      Of<'dialog'>['showSaveDialog'],
  } satisfies Partial<Of<'dialog'>>
}

function makeSafeStorage() {
  type SafeStorage = Of<'safeStorage'>
  return {
    getSelectedStorageBackend: vi.fn<SafeStorage['getSelectedStorageBackend']>(() => 'gnome_libsecret'),
    isAsyncEncryptionAvailable: vi.fn<SafeStorage['isAsyncEncryptionAvailable']>(() => Promise.resolve(true)),
    encryptStringAsync: vi.fn<SafeStorage['encryptStringAsync']>((text) =>
      Promise.resolve(Buffer.from(text, 'utf8').reverse()),
    ),
    decryptStringAsync: vi.fn<SafeStorage['decryptStringAsync']>((sealed) =>
      Promise.resolve({ result: Buffer.from(sealed).reverse().toString('utf8'), shouldReEncrypt: false }),
    ),
  } satisfies Partial<SafeStorage>
}

import { join } from 'node:path'
import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron'
import { HOME } from './ours.ts'
import { keepWindowState, lastWindowState } from './window-state.ts'

/** The screen of the office PCs we are made for. */
const SIZE = { width: 1366, height: 768, minWidth: 960, minHeight: 600 }
/** A page that crashes again so soon after it was loaded anew will go on doing so. */
const SHORTEST_LIFE_MS = 10_000

/** Written out although most are Electron's defaults: each is a wall, and none depends on where we run. */
export const windowOptions = (preload: string): BrowserWindowConstructorOptions => ({
  ...SIZE,
  show: false,
  autoHideMenuBar: true,
  webPreferences: {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    spellcheck: false,
    devTools: false,
  },
})

export interface WindowPlace {
  readonly preload: string
  /** Folder for what the window remembers. */
  readonly folder: string
  /** Linux takes the picture from here; elsewhere it is in the program. */
  readonly icon: string
  /** The page cannot be kept running. */
  readonly onLost: () => void
}

/** Opens the window where it was last and loads the page; it shows itself once there is something to see. */
export function openWindow({ preload, folder, icon, onLost }: WindowPlace): BrowserWindow {
  const file = join(folder, 'window.json')
  const last = lastWindowState(file)
  const picture = process.platform === 'linux' ? { icon } : {}
  const window = new BrowserWindow({ ...windowOptions(preload), ...last?.bounds, ...picture })
  keepWindowState(window, file)
  window.once('ready-to-show', () => {
    if (last?.maximized) window.maximize()
    window.show()
  })
  reviveCrashed(window, onLost)
  void window.loadURL(HOME)
  return window
}

/** A crashed page is loaded anew. The desk stays as it was: it lives in another process. */
function reviveCrashed(window: BrowserWindow, onLost: () => void): void {
  let loaded = Date.now()
  window.webContents.on('render-process-gone', (_, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    if (Date.now() - loaded < SHORTEST_LIFE_MS) return onLost()
    loaded = Date.now()
    void window.loadURL(HOME)
  })
}

/** Brings a window in front, for somebody who started the program a second time. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron'
import { HOME } from './ours.ts'

/** The screen of the office PCs we are made for. */
const SIZE = { width: 1366, height: 768, minWidth: 960, minHeight: 600 }

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

/** Opens the window and loads the page; it shows itself once there is something to see. */
export function openWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow(windowOptions(preload))
  window.once('ready-to-show', () => window.show())
  void window.loadURL(HOME)
  return window
}

/** Brings a window in front, for somebody who started the program a second time. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

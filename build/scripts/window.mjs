/** A window for the loopback host: an installed Chromium-family browser in its app mode. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

/** Linux names, the ones that government desktops carry (UOS, Kylin, 360, Qianxin) included. */
const COMMANDS = [
  'microsoft-edge',
  'microsoft-edge-stable',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'chromium',
  'chromium-browser',
  'brave-browser',
  'brave',
  'vivaldi',
  'uos-browser',
  'uos-browser-stable',
  'org.deepin.browser',
  'browser360-cn',
  'browser360-cn-stable',
  'qaxbrowser-safe',
  'qaxbrowser-safe-stable',
  'kylin-browser',
]

const WINDOWS_PLACES = [
  'Microsoft\\Edge\\Application\\msedge.exe',
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
  '360ChromeX\\Chrome\\Application\\360ChromeX.exe',
  '360Chrome\\Chrome\\Application\\360chrome.exe',
  '360\\360se6\\Application\\360se.exe',
]

const MAC_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Brave Browser.app/Contents/MacOS/Brave Browser',
]

export function hasDisplay() {
  if (process.platform === 'win32' || process.platform === 'darwin') return true
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])
}

/** @returns {string | null} */
export function findBrowser() {
  return candidates().find(isProgram) ?? null
}

/**
 * Opens `url` in a window of its own, with a browser profile of its own: no extension and no saved password of the
 * person's everyday browser comes near personnel data, and the process lives exactly as long as the window.
 *
 * @param {string} browser
 * @param {string} url
 * @param {string} profile which data folder the window belongs to; two folders may be open side by side
 */
export function openWindow(browser, url, profile) {
  const folder = join(applicationFolder(), 'window', createHash('sha256').update(profile).digest('hex').slice(0, 12))
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const args = [`--app=${url}`, `--user-data-dir=${folder}`, '--no-first-run', '--no-default-browser-check']
  return spawn(browser, args, { stdio: 'ignore' })
}

function applicationFolder() {
  const home = homedir()
  if (process.platform === 'win32') {
    return join(process.env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'zugongtai')
  }
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support', 'zugongtai')
  return join(process.env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'zugongtai')
}

/** @returns {string[]} */
function candidates() {
  if (process.platform === 'darwin') return MAC_PLACES
  if (process.platform === 'win32') {
    const roots = ['ProgramFiles(x86)', 'ProgramFiles', 'LOCALAPPDATA', 'APPDATA'].flatMap((n) => process.env[n] ?? [])
    return WINDOWS_PLACES.flatMap((place) => roots.map((root) => join(root, place)))
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)))
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

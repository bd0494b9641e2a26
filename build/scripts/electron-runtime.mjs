/**
 * The Electron runtime: a download of its own that no npm package carries.
 *
 * Many of the PCs we run on cannot reach it, so one short try is made and a failure is remembered; the product then
 * runs in a browser window on the loopback host instead.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { environmentFor, ROOT } from './install.mjs'

const PACKAGE = join(ROOT, 'node_modules/electron')
const REMEMBERED = join(ROOT, 'node_modules/.cache/zugongtai/electron-unavailable.json')
const TRY_FOR_MS = 30_000
/** @type {Readonly<Partial<Record<NodeJS.Platform, string>>>} */
const BINARIES = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }

/**
 * Path of a runtime that is there or could be downloaded, or null when there is none.
 *
 * @param {string} node
 * @returns {Promise<string | null>}
 */
export async function electronBinary(node) {
  const present = installedBinary()
  if (present !== null) return present
  if (isRememberedAsUnavailable()) {
    say(
      '沿用上次结论：Electron 运行时下载不到，改用浏览器窗口 · Electron could not be downloaded before, using the browser',
    )
    return null
  }
  say('正在尝试下载 Electron 运行时，最多 30 秒 · trying to download the Electron runtime, 30 seconds at most')
  const failure = await download(node)
  const downloaded = installedBinary()
  if (downloaded !== null) {
    rmSync(REMEMBERED, { force: true })
    return downloaded
  }
  remember(failure ?? 'the download left no runtime behind')
  say(
    `Electron 运行时下载失败，改用浏览器窗口 · no Electron runtime, using the browser (${failure ?? 'nothing downloaded'})`,
  )
  return null
}

/** @returns {string | null} */
function installedBinary() {
  const name = BINARIES[process.platform] ?? 'electron'
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const binary = join(override ?? join(PACKAGE, 'dist'), name)
  if (!existsSync(binary)) return null
  // `path.txt` is the last thing that Electron's installer writes: without it the unpacking was cut short.
  return override !== undefined || existsSync(join(PACKAGE, 'path.txt')) ? binary : null
}

/**
 * @param {string} node
 * @returns {Promise<string | null>} what went wrong, if something did
 */
function download(node) {
  if (!existsSync(join(PACKAGE, 'install.js'))) return Promise.resolve('the electron package is not installed')
  return new Promise((resolve) => {
    const child = spawn(node, [join(PACKAGE, 'install.js')], {
      env: environmentFor(node),
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let told = ''
    let late = false
    const timer = setTimeout(() => {
      late = true
      child.kill('SIGKILL')
    }, TRY_FOR_MS)
    child.stderr.on('data', (chunk) => (told = (told + String(chunk)).slice(-4000)))
    child.once('error', (cause) => resolve(cause.message))
    child.once('close', (code) => {
      clearTimeout(timer)
      resolve(code === 0 ? null : late ? `no answer within ${TRY_FOR_MS / 1000} s` : reasonIn(told))
    })
  })
}

/** @param {string} told */
function reasonIn(told) {
  const lines = told.split('\n').map((line) => line.trim())
  return lines.find((line) => /error/i.test(line))?.slice(0, 160) ?? 'the installer failed'
}

function isRememberedAsUnavailable() {
  if (!existsSync(REMEMBERED)) return false
  try {
    const { version, source } = JSON.parse(readFileSync(REMEMBERED, 'utf8'))
    return version === electronVersion() && source === downloadSource()
  } catch {
    return false // half a file is no memory
  }
}

/** @param {string} reason */
function remember(reason) {
  const note = { version: electronVersion(), source: downloadSource(), reason, at: new Date().toISOString() }
  try {
    mkdirSync(dirname(REMEMBERED), { recursive: true })
    writeFileSync(REMEMBERED, `${JSON.stringify(note, null, 2)}\n`)
  } catch {
    // A folder we may only read costs another try next time, and nothing else.
  }
}

function electronVersion() {
  const file = join(PACKAGE, 'package.json')
  return existsSync(file) ? String(JSON.parse(readFileSync(file, 'utf8')).version) : ''
}

/** Somebody who sets a mirror after a failure wants another try. */
function downloadSource() {
  const names = ['ELECTRON_MIRROR', 'npm_config_electron_mirror', 'ELECTRON_CUSTOM_DIR', 'HTTPS_PROXY', 'https_proxy']
  return names.map((name) => process.env[name] ?? '').join(' ')
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`${line}\n`)
}

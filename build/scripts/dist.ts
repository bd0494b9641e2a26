/**
 * `npm run dist [-- electron-builder's own arguments]`: builds what is stale and packages it; docs/PACKAGING.md.
 *
 * Never publishes anything anywhere.
 */
import { join } from 'node:path'
import { ensureBuilt } from './built.mjs'
import { endLike, finished, startNode } from './child.mjs'
import { environmentFor, ROOT } from './install.mjs'

const BUILDER = join(ROOT, 'node_modules/electron-builder/cli.js')

await ensureBuilt(process.execPath)
const args = [BUILDER, '--config', join(ROOT, 'build/electron-builder.ts'), '--publish', 'never']
// The tools for Linux packages take names in Chinese for broken text in a locale without Unicode.
const env = { ...environmentFor(process.execPath), LC_ALL: 'C.UTF-8' }
endLike(await finished(startNode(process.execPath, [...args, ...process.argv.slice(2)], { cwd: ROOT, env })))

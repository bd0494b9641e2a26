/** `npm run build [-- renderer | electron …]`: builds the named parts, or all that have sources. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'vite'
import { electronConfigs } from '../vite.electron.ts'
import { rendererConfig } from '../vite.renderer.ts'
import { isPresent, PARTS, sourceHash } from './built.mjs'
import type { Part } from './built.mjs'
import { ROOT } from './install.mjs'

const CONFIGS = { renderer: () => [rendererConfig()], electron: electronConfigs }

for (const part of wanted(process.argv.slice(2))) await buildPart(part)

function wanted(names: readonly string[]): Part[] {
  const all = Object.keys(PARTS) as Part[]
  const unknown = names.filter((name) => !all.some((part) => part === name))
  if (unknown.length > 0) throw new Error(`unknown part ${unknown.join(', ')}; there is ${all.join(', ')}`)
  return all.filter((part) => (names.length === 0 || names.includes(part)) && isPresent(part))
}

async function buildPart(part: Part): Promise<void> {
  const started = performance.now()
  const stamp = join(ROOT, PARTS[part].stamp)
  // Hashed before reading: a file saved while we build must make the result stale, not pass as built.
  const hash = sourceHash(part)
  rmSync(stamp, { force: true })
  for (const config of CONFIGS[part]()) await build(config)
  if (part === 'renderer') refuseInlineScripts(join(ROOT, 'dist/renderer'))
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, hash)
  console.error(`已构建 · built ${part} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}

/** The pages' policy is `script-src 'self'`: an inline script would be dropped silently in the browser. */
function refuseInlineScripts(folder: string): void {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.html'))) {
    const html = readFileSync(join(folder, name), 'utf8')
    if (/<script(?![^>]*\ssrc=)/i.test(html)) throw new Error(`${name} holds an inline script, which our policy blocks`)
  }
}

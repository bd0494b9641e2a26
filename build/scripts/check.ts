/** `npm run check`: everything that can be said about the sources without running the product, side by side. */
import { spawn } from 'node:child_process'
import { existsSync, globSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './install.mjs'

interface Part {
  readonly name: string
  readonly script: string
  readonly args: readonly string[]
}

interface Outcome {
  readonly name: string
  readonly passed: boolean
}

const PARTS: readonly Part[] = [
  { name: 'types', script: 'node_modules/typescript/bin/tsc', args: ['--build', '--pretty', 'false'] },
  { name: 'lint', script: 'node_modules/oxlint/bin/oxlint', args: ['--type-aware'] },
  {
    name: 'format',
    script: 'node_modules/prettier/bin/prettier.cjs',
    args: ['--check', '--log-level=warn', '--cache', '.'],
  },
  { name: 'i18n', script: 'build/scripts/check-i18n.ts', args: [] },
  { name: 'rules', script: 'build/scripts/check-rules.ts', args: [] },
  { name: 'changelog', script: 'build/scripts/check-changelog.ts', args: [] },
]

forgetStaleTexts()
const outcomes = await Promise.all(PARTS.map(run))
const failed = outcomes.filter((outcome) => !outcome.passed).map((outcome) => outcome.name)
if (failed.length > 0) console.log(`check failed: ${failed.join(', ')}`)
process.exitCode = failed.length > 0 ? 1 : 0

/**
 * The incremental build does not see that a text changed: the type of all keys stays what it was when the importing file
 * was last written. So a text younger than the build's memory makes it start anew.
 */
function forgetStaleTexts(): void {
  const memory = join(ROOT, 'node_modules/.cache/types/shared/tsconfig.tsbuildinfo')
  if (!existsSync(memory)) return
  const remembered = statSync(memory).mtimeMs
  const texts = globSync('shared/i18n/*/*.json', { cwd: ROOT })
  if (texts.some((text) => statSync(join(ROOT, text)).mtimeMs > remembered)) rmSync(memory)
}

function run(part: Part): Promise<Outcome> {
  const started = performance.now()
  const child = spawn(process.execPath, [join(ROOT, part.script), ...part.args], { cwd: ROOT })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
  return new Promise((resolve) => {
    child.once('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${part.name.padEnd(9)} ${seconds} s`)
      // A part that passes stays quiet: one line each is what makes a failure easy to see.
      if (code !== 0) console.log(Buffer.concat(chunks).toString('utf8').trimEnd().replaceAll(/^/gm, '       '))
      resolve({ name: part.name, passed: code === 0 })
    })
  })
}

import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const LAYERS = ['shared', 'db', 'core', 'server', 'electron', 'renderer', 'build', 'test']

/** Sources that must not compile, by the file that holds them, with the compiler's own reason. */
const WRONG: Readonly<Record<string, { source: string; because: string }>> = {
  'shared/knows-db.ts': { source: importing('db'), because: 'TS6307' },
  'shared/knows-node.ts': { source: 'export const wrong = process.pid', because: 'TS2591' },
  'shared/knows-the-page.ts': { source: 'export const wrong = document.title', because: 'TS2584' },
  'db/knows-core.ts': { source: importing('core'), because: 'TS6307' },
  'core/knows-server.ts': { source: importing('server'), because: 'TS6307' },
  'core/knows-electron.ts': { source: importing('electron'), because: 'TS6307' },
  'server/knows-renderer.ts': { source: importing('renderer'), because: 'TS6307' },
  'electron/knows-server.ts': { source: importing('server'), because: 'TS6307' },
  'renderer/knows-core.ts': { source: importing('core'), because: 'TS6307' },
  'renderer/knows-db.ts': { source: importing('db'), because: 'TS6307' },
  'renderer/knows-node.ts': { source: "export { readFile } from 'node:fs'", because: 'TS2591' },
}

/** What the diagram allows, so that a configuration which refuses everything does not pass. */
const RIGHT: Readonly<Record<string, string>> = {
  'db/knows-shared.ts': importing('shared'),
  'core/knows-db.ts': importing('db'),
  'server/knows-core.ts': importing('core'),
  'electron/knows-core.ts': importing('core'),
  'renderer/knows-shared.ts': importing('shared'),
  'renderer/knows-the-page.ts': 'export const right = document.title',
  'test/knows-server.ts': importing('server'),
}

let folder: string
let complaints: string

beforeAll(async () => {
  // The real configuration files over a small tree. Not under node_modules: the compiler takes what lies there for
  // a library and asks no questions.
  mkdirSync(join(ROOT, 'dist'), { recursive: true })
  folder = mkdtempSync(join(ROOT, 'dist/layers-'))
  for (const file of ['tsconfig.base.json', 'tsconfig.json']) cpSync(join(ROOT, file), join(folder, file))
  for (const layer of LAYERS) {
    mkdirSync(join(folder, layer))
    cpSync(join(ROOT, layer, 'tsconfig.json'), join(folder, layer, 'tsconfig.json'))
    writeFileSync(join(folder, layer, 'own.ts'), `export const own = '${layer}'\n`)
  }
  for (const [file, { source }] of Object.entries(WRONG)) writeFileSync(join(folder, file), `${source}\n`)
  for (const [file, source] of Object.entries(RIGHT)) writeFileSync(join(folder, file), `${source}\n`)
  complaints = await compile()
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each(Object.entries(WRONG))('%s does not compile', (file, { because }) => {
  expect(complaintsOf(file)).toContain(because)
})

test.each(Object.keys(RIGHT))('%s compiles', (file) => {
  expect(complaintsOf(file)).toBe('')
})

function importing(layer: string): string {
  return `export { own } from '../${layer}/own.ts'`
}

function complaintsOf(file: string): string {
  return complaints
    .split('\n')
    .filter((line) => line.includes(`/${file}(`))
    .join('\n')
}

async function compile(): Promise<string> {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc')
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [compiler, '--build', '--pretty', 'false', folder])
    return stdout
  } catch (cause) {
    return (cause as { stdout: string }).stdout
  }
}

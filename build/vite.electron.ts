/**
 * The Electron side, into dist/electron: main.js, core-process.js, preload.cjs and the core's worker threads.
 *
 * All files lie next to each other, chunks too, so that a worker is found beside whoever starts it: `x-worker.ts` in
 * the sources is `x-worker.js` here, resolved against `import.meta.url` in both.
 *
 * Packages stay outside the bundles (electron-builder ships `dependencies`), so the SQLite addon finds its binary
 * and no licence text is lost. The preload is the exception in both ways: a sandboxed preload must be CommonJS and
 * may require nothing but `electron`.
 */
import { existsSync, globSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { InlineConfig } from 'vite'
import { ROOT } from './scripts/install.mjs'

const SOURCE = join(ROOT, 'electron')
const NODE_OF_ELECTRON = 'node24'

export function electronConfigs(): InlineConfig[] {
  const modules = { ...entries(['main', 'core-process']), ...workers() }
  const preload = entries(['preload'])
  return [
    { ...common(), build: { ...output(true), rolldownOptions: rolldown(modules, 'es', 'js') } },
    ...(Object.keys(preload).length === 0
      ? []
      : [
          {
            ...common(),
            ssr: { noExternal: true as const },
            build: { ...output(false), rolldownOptions: rolldown(preload, 'cjs', 'cjs') },
          },
        ]),
  ]
}

function common(): InlineConfig {
  return { configFile: false, root: ROOT, logLevel: 'warn', publicDir: false }
}

function output(first: boolean) {
  return { outDir: join(ROOT, 'dist/electron'), emptyOutDir: first, ssr: true, minify: false, target: NODE_OF_ELECTRON }
}

function rolldown(input: Record<string, string>, format: 'es' | 'cjs', extension: string) {
  const files = { entryFileNames: `[name].${extension}`, chunkFileNames: `[name]-[hash].${extension}` }
  return { input, external: ['electron', /^node:/], output: { format, ...files } }
}

function entries(names: readonly string[]): Record<string, string> {
  const present = names
    .map((name) => [name, join(SOURCE, `${name}.ts`)] as const)
    .filter(([, file]) => existsSync(file))
  return Object.fromEntries(present)
}

function workers(): Record<string, string> {
  return Object.fromEntries(
    globSync('core/**/*-worker.ts', { cwd: ROOT }).map((path) => [basename(path, '.ts'), join(ROOT, path)]),
  )
}

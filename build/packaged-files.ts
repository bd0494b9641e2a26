/**
 * Which files of this folder go into the installed program: what the desk runs, and the licences of what it is made of.
 *
 * `dependencies` of package.json are those of the desk and of the city server together, so the desk's are named here; a
 * test compares the list with what the bundles import.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './scripts/install.mjs'

/** Packages that the bundles of electron/ and core/ import. */
export const DESK_PACKAGES = [
  '@e965/xlsx',
  'better-sqlite3',
  'fflate',
  'hash-wasm',
  'hucre',
  'iconv-lite',
  'kysely',
  'pinyin-pro',
  'zod',
] as const

/** Asked for by a package that runs, and not needed to run it: headers to compile the addon, which comes compiled. */
const BUILD_ONLY = new Set(['node-addon-api'])

const MODULES = 'node_modules/'

interface Locked {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}
export type Lock = Readonly<Record<string, Locked>>

/** `packages` of package-lock.json, by folder. */
export const readLock = (): Lock =>
  (JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Lock }).packages

/** {@link DESK_PACKAGES} with everything they need. */
export function deskPackages(lock: Lock): Set<string> {
  return closure(DESK_PACKAGES, lock, BUILD_ONLY)
}

/** Everything that package.json brings besides tools and the desk does not run: the city server's packages, Node itself. */
export function otherPackages(lock: Lock): string[] {
  const ours = deskPackages(lock)
  const { dependencies = {}, optionalDependencies = {} } = lock[''] ?? {}
  const all = closure(Object.keys({ ...dependencies, ...optionalDependencies }), lock, new Set())
  return [...all].filter((name) => !ours.has(name)).sort()
}

/** By name, not by folder: electron-builder puts packages of packages where there is room for them. */
function closure(names: readonly string[], lock: Lock, without: ReadonlySet<string>): Set<string> {
  const found = new Set<string>()
  const visit = (name: string, from: string) => {
    const folder = without.has(name) ? undefined : foldersFor(name, from).find((one) => Object.hasOwn(lock, one))
    if (folder === undefined || found.has(folder)) return
    found.add(folder)
    const { dependencies = {}, optionalDependencies = {} } = lock[folder] ?? {}
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) visit(next, folder)
  }
  for (const name of names) visit(name, '')
  return new Set([...found].map((folder) => folder.slice(folder.lastIndexOf(MODULES) + MODULES.length)))
}

/** Where Node looks for a package that is asked for in `from`: beside it, then further and further out. */
function foldersFor(name: string, from: string): string[] {
  const end = from.lastIndexOf(MODULES)
  const outer = end <= 0 ? '' : from.slice(0, end - 1)
  const here = from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`
  return from === '' ? [here] : [here, ...foldersFor(name, outer)]
}

/** For people who write programs with them, and sources of what is there built. Licences stay. */
const NOT_RUN = [
  '!node_modules/**/*.{d.ts,d.cts,d.mts,map,md}',
  '!node_modules/**/.vscode/**',
  '!node_modules/better-sqlite3/{deps,src,binding.gyp}',
  '!node_modules/better-sqlite3/{deps,src}/**',
  '!node_modules/@e965/xlsx/{bin,types}/**',
  '!node_modules/@e965/xlsx/dist/{xlsx.,shim.,cpexcel.full}*',
  '!node_modules/@e965/xlsx/bower.json',
  '!node_modules/fflate/umd/**',
  '!node_modules/hash-wasm/{src,lib}/**',
  '!node_modules/hash-wasm/{biome,jest.config,rollup.config,tsconfig,tsconfig.build}.*',
  '!node_modules/zod/src/**',
]

/**
 * The compiled addon of another system or processor. `os` is `win` or `linux` there, and the files are named after
 * Node's `win32` and `linux`; its `platform` would be the machine that packages.
 */
const OTHER_ADDONS = '!node_modules/better-sqlite3/prebuilds/!(${os}-${arch}.node|${os}32-${arch}.node)'

/**
 * electron-builder's patterns: everything that is wanted by name, then what is not.
 *
 * One list for all targets: a list of a target's own that only takes away would be read as "everything but".
 */
export function packagedFiles(lock: Lock): string[] {
  return [
    'package.json',
    'dist/electron/**',
    'dist/renderer/**',
    // The city's console is served by the city.
    '!dist/renderer/console.html',
    '!dist/renderer/assets/console-*',
    'build/icons/256x256.png',
    ...otherPackages(lock).map((name) => `!node_modules/${name}/**`),
    ...NOT_RUN,
    OTHER_ADDONS,
  ]
}

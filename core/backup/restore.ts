import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { flushFile } from '../../db/copy.ts'
import { Fault } from '../../shared/errors.ts'
import type { ProfilePaths } from '../profile.ts'
import { BACKUP_FILES, provedManifest, type Manifest } from './manifest.ts'

/** Files of a profile that a restore replaces; the lock stays with the process, the backups where they are. */
const REPLACED = ['desk.db', 'desk.db-wal', 'desk.db-shm', 'keys.json', 'epoch', 'attempts.json']

/**
 * Puts a backup into a data folder that has no desk, or a damaged one.
 *
 * What was there is moved into a folder beside it, whole. Without the `epoch` file the next unlock knows that this is a
 * restored ledger and begins a new epoch (SYNC §5.2-16).
 */
export async function restoreBackup(paths: ProfilePaths, from: string, now: Date): Promise<{ manifest: Manifest; kept: string | null }> {
  const manifest = await provedManifest(from)
  const kept = putAside(paths, now)
  mkdirSync(paths.dir, { recursive: true, mode: 0o700 })
  // The key file last: a folder without one counts as empty, so an interrupted restore can simply be repeated.
  for (const name of BACKUP_FILES) {
    const target = join(paths.dir, name)
    copyFileSync(join(from, name), `${target}.new`)
    flushFile(`${target}.new`)
    renameSync(`${target}.new`, target)
  }
  return { manifest, kept }
}

/** Moves what is there into `damaged-…`; null when there was nothing. */
export function putAside(paths: ProfilePaths, now: Date): string | null {
  const present = existsSync(paths.dir) ? readdirSync(paths.dir).filter((name) => REPLACED.includes(name)) : []
  if (present.length === 0) return null
  const folder = join(paths.dir, `damaged-${now.getTime()}`)
  mkdirSync(folder, { mode: 0o700 })
  for (const name of present) renameSync(join(paths.dir, name), join(folder, name))
  return folder
}

/** A restore over a healthy desk would throw away what came after the backup; it needs a folder of its own. */
export function refuseHealthy(paths: ProfilePaths, damaged: boolean): void {
  if (existsSync(paths.keys) && existsSync(paths.database) && !damaged) throw new Fault('profile-exists', {})
}

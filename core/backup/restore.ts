import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { flushFile, flushFolder } from '../../db/copy.ts'
import { asFileFault } from '../../db/errors.ts'
import { Fault } from '../../shared/errors.ts'
import { damageOf } from '../damage.ts'
import { readHeadMark } from '../ledger/head-mark.ts'
import type { ProfilePaths } from '../profile.ts'
import { BACKUP_FILES, provedManifest, sha256Of, type Manifest } from './manifest.ts'
import { leaveRestoredNote } from './restored.ts'

/**
 * Files of a profile that a restore replaces. The lock stays with the process, the backups where they are, and the count
 * of failed unlocks too: a restore must not be a way around the wait.
 */
const REPLACED = ['desk.db', 'desk.db-wal', 'desk.db-shm', 'keys.json', 'epoch', 'head', 'damage.json']

export interface Restored {
  readonly manifest: Manifest
  /** Changes saved on this PC after the backup; null when that cannot be told. */
  readonly lost: number | null
  /** Where the files are that were there; null when there were none. */
  readonly kept: string | null
}

/**
 * Puts a backup into a data folder that has no desk, or a damaged one.
 *
 * The new files are complete and proved before the first old one is touched, so a disk that fills up changes nothing. What
 * was there is moved into a folder beside it, whole. Without the `epoch` file the next unlock knows that this is a
 * restored ledger and begins a new epoch (SYNC §5.2-16).
 */
export async function restoreBackup(paths: ProfilePaths, from: string, now: Date): Promise<Restored> {
  const manifest = await provedManifest(from)
  const lost = savedSince(paths, manifest)
  const targets = BACKUP_FILES.map((name) => join(paths.dir, name))
  try {
    mkdirSync(paths.dir, { recursive: true, mode: 0o700 })
    for (const target of targets) await copyProved(from, target, manifest)
    const kept = freshFolder(paths, now)
    // Left before the first move: a restore that is cut off from here on is seen, and can be repeated.
    leaveRestoredNote(paths, {
      backupAt: manifest.at,
      restoredAt: now.toISOString(),
      unreported: manifest.unreported,
      lost,
      kept,
    })
    if (kept !== null) putAside(paths, kept)
    // The key file last: a folder without one counts as empty or as damaged, never as a desk.
    for (const target of targets) renameSync(`${target}.new`, target)
    await flushFolder(paths.dir)
    return { manifest, lost, kept }
  } catch (error) {
    for (const target of targets) rmSync(`${target}.new`, { force: true })
    throw asFileFault(error, { dir: paths.dir })
  }
}

async function copyProved(from: string, target: string, manifest: Manifest): Promise<void> {
  const name = target.slice(dirname(target).length + 1)
  copyFileSync(join(from, name), `${target}.new`)
  await flushFile(`${target}.new`)
  const wanted = manifest.files.find((file) => file.name === name)?.sha256
  if ((await sha256Of(`${target}.new`)) !== wanted) throw new Fault('profile-unwritable', { dir: dirname(target) })
}

const presentIn = (paths: ProfilePaths): string[] =>
  existsSync(paths.dir) ? readdirSync(paths.dir).filter((name) => REPLACED.includes(name)) : []

/** A new `damaged-…` folder for what is there; null when there is nothing. */
export function freshFolder(paths: ProfilePaths, now: Date): string | null {
  if (presentIn(paths).length === 0) return null
  for (let n = now.getTime(); ; n += 1) {
    const folder = join(paths.dir, `damaged-${n}`)
    if (existsSync(folder)) continue
    mkdirSync(folder, { mode: 0o700 })
    return folder
  }
}

/** Moves the desk of a folder into another folder beside it, whole; the folder then has none. */
export function setAside(paths: ProfilePaths, now: Date): void {
  const folder = freshFolder(paths, now)
  if (folder !== null) putAside(paths, folder)
}

function putAside(paths: ProfilePaths, folder: string): void {
  for (const name of presentIn(paths)) renameSync(join(paths.dir, name), join(folder, name))
}

/** Copies what is there into a folder beside it, byte for byte, before anything is done to it; null when there is nothing. */
export async function keepCopies(paths: ProfilePaths, now: Date): Promise<string | null> {
  const folder = freshFolder(paths, now)
  if (folder === null) return null
  try {
    for (const name of presentIn(paths)) {
      copyFileSync(join(paths.dir, name), join(folder, name))
      await flushFile(join(folder, name))
    }
    return folder
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw asFileFault(error, { dir: paths.dir })
  }
}

/** How many changes were saved after a backup was made, as far as the files beside the database can tell. */
export function savedSince(paths: ProfilePaths, manifest: Manifest): number | null {
  const mark = readHeadMark(paths)
  return mark?.epoch === manifest.epoch ? Math.max(0, mark.seq - manifest.ops) : null
}

/** A restore over a healthy desk would throw away what came after the backup; it needs a folder of its own. */
export function refuseHealthy(paths: ProfilePaths, replaceDamaged: boolean): void {
  const damage = damageOf(paths)
  if (damage === null && existsSync(paths.keys)) throw new Fault('profile-exists', {})
  if (damage !== null && !replaceDamaged) throw new Fault('profile-damaged', {})
}

import { accessSync, constants, existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { asFault, asFileFault } from '../db/errors.ts'
import { holdLock } from '../db/lock.ts'
import { Fault } from '../shared/errors.ts'

/** The files of one PC's data folder. Only the database holds people's data, and it is encrypted. */
export function profilePaths(dir: string) {
  return {
    dir,
    database: join(dir, 'desk.db'),
    keys: join(dir, 'keys.json'),
    attempts: join(dir, 'attempts.json'),
    /** Id of this install's ledger, also kept in the database: a restored copy shows by the difference. */
    epoch: join(dir, 'epoch'),
    /** How far the ledger reached after the last confirmed save: a database that lost some shows by the difference. */
    head: join(dir, 'head'),
    /** Damage that was met, until it is repaired; see core/damage.ts. */
    damage: join(dir, 'damage.json'),
    /** What was restored, until the next unlock tells it. */
    restored: join(dir, 'restored.json'),
    backups: join(dir, 'backup'),
    backupPlan: join(dir, 'backup.json'),
    lock: join(dir, 'desk.lock'),
  }
}
export type ProfilePaths = ReturnType<typeof profilePaths>

/** Takes the folder for this process; `profile-in-use` if another has it, `profile-unwritable` if it cannot be written. */
export function takeProfile(paths: ProfilePaths): { release(): void } {
  let lock
  try {
    mkdirSync(paths.dir, { recursive: true, mode: 0o700 })
    // SQLite would take the lock of a file it may only read, and give it to everybody.
    for (const path of [paths.dir, paths.lock, paths.database]) if (existsSync(path)) accessSync(path, constants.W_OK)
    lock = holdLock(paths.lock)
  } catch (error) {
    const fault = asFault(asFileFault(error))
    if (fault instanceof Fault && fault.code === 'disk-full') throw fault
    throw new Fault('profile-unwritable', { dir: paths.dir }, { cause: error })
  }
  if (!lock) throw new Fault('profile-in-use', {})
  return lock
}

/** A database without a key file is what an interrupted first run leaves; it is put aside, never deleted. */
export function putOrphanAside(paths: ProfilePaths, now: Date): void {
  for (const suffix of ['', '-wal', '-shm']) {
    const file = paths.database + suffix
    if (existsSync(file)) renameSync(file, `${paths.database}.unfinished-${now.getTime()}${suffix}`)
  }
}

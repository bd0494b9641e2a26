import { mkdirSync, existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
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
    lock: join(dir, 'desk.lock'),
  }
}
export type ProfilePaths = ReturnType<typeof profilePaths>

/**
 * Takes the folder for this process; `profile-in-use` if another has it, `profile-unwritable` if it cannot be written.
 *
 * The lock is an exclusive transaction on an empty database file: the operating system gives it back when a process
 * dies, however it dies, which a file with a process id in it does not.
 */
export function takeProfile(paths: ProfilePaths): { release(): void } {
  try {
    mkdirSync(paths.dir, { recursive: true, mode: 0o700 })
    const lock = new Database(paths.lock, { timeout: 0 })
    try {
      lock.pragma('locking_mode = EXCLUSIVE')
      lock.exec('begin exclusive')
    } catch (error) {
      lock.close()
      throw error
    }
    return { release: () => void lock.close() }
  } catch (error) {
    const code = String((error as { code?: unknown }).code)
    if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) throw new Fault('profile-in-use', {}, { cause: error })
    throw new Fault('profile-unwritable', { dir: paths.dir }, { cause: error })
  }
}

/** A database without a key file is what an interrupted first run leaves; it is put aside, never deleted. */
export function putOrphanAside(paths: ProfilePaths, now: Date): void {
  for (const suffix of ['', '-wal', '-shm']) {
    const file = paths.database + suffix
    if (existsSync(file)) renameSync(file, `${paths.database}.unfinished-${now.getTime()}${suffix}`)
  }
}

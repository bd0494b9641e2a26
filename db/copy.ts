import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import Database from 'better-sqlite3'
import { Fault } from '../shared/errors.ts'
import { asFault } from './errors.ts'
import { connect } from './open.ts'

/** What a copy of a desk database says of itself once it has been opened and every page read. */
export interface CopyFacts {
  readonly ops: number
  /** Changes the city had not finally answered when the copy was made. */
  readonly unreported: number
  readonly head: string | null
}

/** A consistent encrypted copy under the same key, from the last commit; works while somebody writes. */
export function copyDatabase(file: string, key: Buffer, target: string): void {
  if (!existsSync(file)) throw new Fault('profile-damaged', { file: basename(file) })
  const sqlite = connect(file, key, { readonly: true })
  try {
    sqlite.prepare('vacuum into ?').run(target)
  } catch (error) {
    throw asFault(error)
  } finally {
    sqlite.close()
  }
}

/** Opens a copy with the data key, checks every page and counts its ledger; `profile-damaged` when it is not whole. */
export function inspectCopy(file: string, key: Buffer): CopyFacts {
  return readingCopy(file, key, (sqlite) => {
    const count = (sql: string): number => sqlite.prepare(sql).pluck().get() as number
    return {
      ops: count('select count(*) from op'),
      unreported: count(`select count(*) from op where state in ('unsent', 'held', 'rejected', 'conflict')`),
      head:
        (sqlite.prepare('select hash from op order by seq desc limit 1').pluck().get() as string | undefined) ?? null,
    }
  })
}

/** Opens a copy without changing a byte of it, reads every page, and gives it to `work`; `profile-damaged`. */
export function readingCopy<T>(file: string, key: Buffer, work: (sqlite: Database.Database) => T): T {
  try {
    const sqlite = new Database(file, { readonly: true })
    try {
      sqlite.pragma("cipher = 'aegis'")
      sqlite.pragma(`key = "raw:${key.toString('hex')}"`)
      const quick = sqlite.pragma('quick_check', { simple: true })
      if (quick !== 'ok') throw Object.assign(new Error(String(quick)), { code: 'SQLITE_CORRUPT' })
      return work(sqlite)
    } finally {
      sqlite.close()
    }
  } catch (error) {
    throw asFault(error)
  }
}

/** Forces a finished file onto the disk; a copy that lies in a cache is no backup. */
export async function flushFile(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Forces a folder's list of names onto the disk: a rename that lies in a cache is none. */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return // no directory handles there; NTFS journals the rename
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

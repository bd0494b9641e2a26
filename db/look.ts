import { existsSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import type Database from 'better-sqlite3'
import { Fault } from '../shared/errors.ts'
import { asFault } from './errors.ts'
import { connect } from './open.ts'

/** Of every page; SQLite's own default, which nothing here changes. */
const PAGE_BYTES = 4_096

/** What a database says of its ledger before anybody writes to it. */
export interface Look {
  readonly epoch: string | null
  /** Last op; 0 without any. */
  readonly head: number
  /** Chain hash after the op that was asked for; null when the ledger does not reach there. */
  readonly hash: string | null
}

/**
 * Looks into a database without changing a byte of it or of its write-ahead log.
 *
 * To be called before anything is written: a writing connection ends a damaged log where the damage begins and writes over
 * the rest. A log that is there at all is what a crash left, and then every page is read first, on a connection that
 * cannot write. `profile-damaged` when the file is empty or a page is not whole.
 */
export function lookInto(file: string, key: Buffer, seq: number): Look {
  // SQLite takes an empty file for a new database and deletes the log beside it, and writes into one of a few bytes.
  if (statSync(file).size < PAGE_BYTES) throw new Fault('profile-damaged', { file: basename(file) })
  const afterCrash = existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0
  // Without a log there is nothing to lose, and only a connection that may write takes its auxiliary files away again.
  return reading(file, key, afterCrash, (sqlite) => {
    if (afterCrash) assertPages(sqlite, basename(file))
    const made = sqlite
      .prepare(`select count(*) from sqlite_master where name in ('op', 'local_setting')`)
      .pluck()
      .get()
    if (made !== 2) return { epoch: null, head: 0, hash: null }
    const one = (sql: string, ...bound: unknown[]): unknown =>
      sqlite
        .prepare(sql)
        .pluck()
        .get(...bound)
    const epoch = one(`select value from local_setting where key = 'epoch'`) as string | undefined
    return {
      epoch: epoch === undefined ? null : (JSON.parse(epoch) as string),
      head: (one('select max(seq) from op') as number | null) ?? 0,
      hash: (one('select hash from op where seq = ?', seq) as string | undefined) ?? null,
    }
  })
}

/** Reads every page of a database, which may be open elsewhere; `profile-damaged` when one is not whole. */
export function checkPages(file: string, key: Buffer): void {
  reading(file, key, true, (sqlite) => assertPages(sqlite, basename(file)))
}

function reading<T>(file: string, key: Buffer, readonly: boolean, work: (sqlite: Database.Database) => T): T {
  const sqlite = connect(file, key, { readonly })
  try {
    return work(sqlite)
  } catch (error) {
    throw asFault(error)
  } finally {
    sqlite.close()
  }
}

function assertPages(sqlite: Database.Database, file: string): void {
  const said = sqlite.pragma('quick_check', { simple: true })
  if (said !== 'ok') throw new Fault('profile-damaged', { file, detail: String(said) })
}

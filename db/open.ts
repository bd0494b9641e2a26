import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { Fault } from '../shared/errors.ts'
import { asFault } from './errors.ts'
import type { Change } from './put.ts'
import type { Db, Schema } from './schema.ts'

/** WAL-reset corruption was fixed in 3.51.3 (SYNC §0-5). */
const OLDEST_SQLITE = [3, 51, 3] as const

export type Statement = Database.Statement<unknown[], unknown>

/** An open transaction. `changes` fills as records are put; the command wrapper turns them into history and ops. */
export interface Tx {
  readonly db: Db
  /** A cached raw statement on the transaction's connection, for `put` and bulk work. */
  readonly prepare: (sql: string) => Statement
  readonly changes: Change[]
}

/** An open, decrypted database: one connection that writes, one that only reads. */
export interface Store {
  readonly db: Db
  withTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** A consistent encrypted copy under the same key; works while somebody writes. */
  copyTo(file: string): void
  close(): Promise<void>
}

/** Opens one connection with the data key and the settings that must hold at every open, each asserted. */
export function connect(file: string, key: Buffer, options: { readonly?: boolean } = {}): Database.Database {
  if (Number(process.versions['napi']) < 10) throw new Error('the SQLite addon needs Node 24 (Node-API 10)')
  const sqlite = new Database(file, { readonly: options.readonly ?? false, timeout: 5_000 })
  try {
    sqlite.pragma("cipher = 'aegis'")
    sqlite.pragma(`key = "raw:${key.toString('hex')}"`)
    const version = sqlite.prepare('select sqlite_version() as v').pluck().get() as string
    if (isTooOld(version)) throw new Fault('sqlite-too-old', { version })
    sqlite.prepare('select count(*) from sqlite_master').get()
    if (!options.readonly) sqlite.pragma('journal_mode = WAL')
    // An existing WAL database opens with synchronous=NORMAL by a compile option: a power cut could lose the last save.
    sqlite.pragma('synchronous = FULL')
    // Sorts of an encrypted database would spill plain rows to a temp file otherwise.
    sqlite.pragma('temp_store = MEMORY')
    sqlite.pragma('foreign_keys = ON')
    sqlite.pragma('cache_size = -64000')
    // Only for work that never pauses: keepLogShort moves the log before it is this long, and after an import it is not the
    // officer who waits for that.
    sqlite.pragma('wal_autocheckpoint = 16000')
    assertPragmas(sqlite)
    return sqlite
  } catch (error) {
    sqlite.close()
    throw asFault(error)
  }
}

/** True for a SQLite that can corrupt a database when its log is reset. */
export function isTooOld(version: string): boolean {
  const parts = version.split('.').map(Number)
  for (const [index, oldest] of OLDEST_SQLITE.entries()) {
    const part = parts[index] ?? 0
    if (part !== oldest) return part < oldest
  }
  return false
}

function assertPragmas(sqlite: Database.Database): void {
  const wanted = { journal_mode: 'wal', synchronous: 2, temp_store: 2, foreign_keys: 1 } as const
  for (const [name, value] of Object.entries(wanted)) {
    const actual = sqlite.pragma(name, { simple: true })
    if (actual !== value) throw new Error(`pragma ${name} is ${String(actual)}, wanted ${value}`)
  }
}

/** Statements remembered per connection; lists of bound values make new texts, so the memory is emptied when it is full. */
const MOST_STATEMENTS = 500

function preparedOnce(sqlite: Database.Database): (sql: string) => Statement {
  const cached = new Map<string, Statement>()
  return (sql) => {
    const known = cached.get(sql)
    if (known) return known
    if (cached.size >= MOST_STATEMENTS) cached.clear()
    const made = sqlite.prepare(sql)
    cached.set(sql, made)
    return made
  }
}

/** Already undone. */
const NOTHING_TO_UNDO = { reader: false, run: () => ({ changes: 0, lastInsertRowid: 0 }) } as unknown as Statement

/** On a full disk SQLite undoes the transaction by itself; to undo it again would fail, and hide why the first thing did. */
const undoneOnce =
  (sqlite: Database.Database, prepare: (sql: string) => Statement) =>
  (sql: string): Statement =>
    sql === 'rollback' && !sqlite.inTransaction ? NOTHING_TO_UNDO : prepare(sql)

/** Opens the two connections of an already migrated database. Wrong key or damage: `profile-damaged`. */
export function openStore(file: string, key: Buffer): Store {
  if (!existsSync(file)) throw new Fault('profile-missing', {})
  const writer = connect(file, key)
  const reader = beside(writer, () => connect(file, key, { readonly: true }))
  const prepare = preparedOnce(writer)
  const dialect = (database: Database.Database, cached: typeof prepare): SqliteDialect =>
    new SqliteDialect({ database: { prepare: cached, close: () => void database.close() } as never })
  const write = new Kysely<Schema>({ dialect: dialect(writer, undoneOnce(writer, prepare)) })
  const read = new Kysely<Schema>({ dialect: dialect(reader, preparedOnce(reader)) })
  const log = keepLogShort(writer)
  return {
    db: read,
    withTransaction: async (work) => {
      try {
        return await write.transaction().execute(async (db) => {
          const answer = await work({ db, prepare, changes: [] })
          // Whatever ran after an undoing that went unnoticed has committed by itself.
          if (!writer.inTransaction) throw new Error('the transaction was undone under its work')
          return answer
        })
      } catch (error) {
        throw asFault(error)
      } finally {
        log.grew()
      }
    },
    copyTo: (target) => void reader.prepare('vacuum into ?').run(target),
    close: async () => {
      log.stop()
      await read.destroy()
      await write.destroy()
      // Kysely closes what it has used; a connection left open would keep the key in memory and the log on the disk.
      reader.close()
      writer.close()
    },
  }
}

const LOG_REST_MS = 1_000

/**
 * Moves what the write-ahead log has gathered into the database, a second after somebody wrote.
 *
 * SQLite by itself does it inside whichever commit makes the log long enough, and that save would wait for it; left to that
 * alone, the log would also be long most of the time. Nothing depends on when it happens: what is left in the log is read
 * at the next start.
 */
function keepLogShort(writer: Database.Database): { grew(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined
  const move = (): void => {
    timer = undefined
    if (writer.inTransaction) return grew()
    try {
      writer.pragma('wal_checkpoint(PASSIVE)')
    } catch {
      // A full disk or a damaged page shows at the next save, where somebody can be told.
    }
  }
  const grew = (): void => void (timer ??= setTimeout(move, LOG_REST_MS).unref())
  return { grew, stop: () => clearTimeout(timer) }
}

/** Opens a second connection; closes the first if that fails. */
function beside(first: Database.Database, open: () => Database.Database): Database.Database {
  try {
    return open()
  } catch (error) {
    first.close()
    throw error
  }
}

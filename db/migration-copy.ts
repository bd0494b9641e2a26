import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type Database from 'better-sqlite3'
import { readingCopy } from './copy.ts'

/**
 * Puts an encrypted copy of a database into `backup/` beside it, unless the newest one made before this very migration
 * holds the same already.
 *
 * A migration that fails runs again at every unlock: a copy each time would fill the disk and hold nothing new.
 */
export function keepCopyBefore(
  migration: string,
  sqlite: Database.Database,
  file: string,
  key: Buffer,
  now: Date,
): void {
  const folder = join(dirname(file), 'backup')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const start = `before-${migration}-`
  const newest = readdirSync(folder)
    .filter((name) => name.startsWith(start) && name.endsWith('.db'))
    .toSorted()
    .at(-1)
  if (newest !== undefined && markOfCopy(join(folder, newest), key) === markOf(sqlite)) return
  // One name for all that were cut off by a power cut or a full disk: they must not pile up either.
  const draft = join(folder, `${start}new.partial`)
  rmSync(draft, { force: true })
  sqlite.prepare('vacuum into ?').run(draft)
  flush(draft)
  renameSync(draft, join(folder, `${start}${now.getTime()}.db`))
}

/** Null for a copy that cannot be read under the key: it is no copy of this database, or none at all. */
function markOfCopy(copy: string, key: Buffer): string | null {
  try {
    return readingCopy(copy, key, markOf)
  } catch {
    return null
  }
}

/**
 * What a database holds, in short: of every table the number of rows and the last one.
 *
 * Enough to tell two states of a desk apart without reading it whole: whatever an officer does adds to the ledger or to the
 * access log, an unlock included, and the last row of either is hash-chained to all before it.
 */
function markOf(sqlite: Database.Database): string {
  const tables = sqlite
    .prepare(
      `select name, wr from pragma_table_list
        where schema = 'main' and type = 'table' and name not like 'sqlite_%' order by name`,
    )
    .all() as { name: string; wr: 0 | 1 }[]
  const hash = createHash('sha256')
  for (const { name, wr: withoutRowid } of tables) {
    const rows = sqlite.prepare(`select count(*) from "${name}"`).pluck().get()
    const last = withoutRowid ? null : sqlite.prepare(`select * from "${name}" order by rowid desc limit 1`).get()
    hash.update(`${JSON.stringify([name, rows, last ?? null])}\n`)
  }
  return hash.digest('hex')
}

function flush(file: string): void {
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

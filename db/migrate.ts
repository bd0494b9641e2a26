import { existsSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { Fault } from '../shared/errors.ts'
import { connect } from './open.ts'
import { keepCopyBefore } from './migration-copy.ts'
import type { Migration } from './migrations/define.ts'
import { migrations as released } from './migrations/index.ts'

/**
 * Brings a database file up to date, creating it if it is not there.
 *
 * Each migration runs in its own transaction. Before the first one on an existing database an encrypted copy is put into
 * `backup/` beside it, one of each state. A database that a newer program has written is refused with `profile-newer`, never opened hopefully.
 *
 * @returns names of the migrations that ran.
 */
export function migrateDatabase(
  file: string,
  key: Buffer,
  now: Date,
  migrations: readonly Migration[] = released,
): string[] {
  const existed = existsSync(file)
  // SQLite takes an empty file for a new database: what was lost would come back as a desk without records.
  if (existed && statSync(file).size === 0) throw new Fault('profile-damaged', { file: basename(file) })
  const sqlite = connect(file, key)
  try {
    sqlite.exec('create table if not exists migration (name text not null primary key, at text not null) strict')
    const done = new Set(sqlite.prepare('select name from migration').pluck().all() as string[])
    const known = new Set(migrations.map((m) => m.name))
    const newer = [...done].find((name) => !known.has(name))
    if (newer) throw new Fault('profile-newer', { migration: newer })
    const due = migrations.filter((m) => !done.has(m.name))
    if (due.length === 0) return []
    if (existed && done.size > 0) keepCopyBefore(due[0]!.name, sqlite, file, key, now)
    for (const step of due) {
      sqlite.transaction(() => {
        step.up(sqlite)
        sqlite.prepare('insert into migration (name, at) values (?, ?)').run(step.name, now.toISOString())
      })()
    }
    return due.map((m) => m.name)
  } finally {
    sqlite.close()
  }
}

import { sql } from 'kysely'
import { Fault } from '../../shared/errors.ts'
import type { Register, RecordOf } from '../../shared/domain/register.ts'
import { codecOf, decode, type SqlValue } from '../codec.ts'
import type { Db } from '../schema.ts'

type Row = Record<string, SqlValue>

/** A table row as a record. */
export function fromRow<R extends Register>(register: R, row: object): RecordOf<R> {
  const raw = row as Row
  const record: Record<string, unknown> = {
    id: raw['id'],
    version: raw['version'],
    voided: raw['voided'] === 1,
    voidReason: raw['void_reason'],
    createdAt: raw['created_at'],
    updatedAt: raw['updated_at'],
  }
  for (const { name, column, field } of codecOf(register).fields) record[name] = decode(field, raw[column] ?? null)
  return record as RecordOf<R>
}

/** The record, or null. */
export async function findRecord<R extends Register>(db: Db, register: R, id: string): Promise<RecordOf<R> | null> {
  const { rows } = await sql<object>`select * from ${sql.table(codecOf(register).table)} where id = ${id}`.execute(db)
  return rows[0] ? fromRow(register, rows[0]) : null
}

/** The record; `not-found` if there is none. */
export async function getRecord<R extends Register>(db: Db, register: R, id: string): Promise<RecordOf<R>> {
  const record = await findRecord(db, register, id)
  if (!record) throw new Fault('not-found', { register: register.name })
  return record
}

/** Every record of a small register, voided ones included. */
export async function allRecords<R extends Register>(db: Db, register: R): Promise<RecordOf<R>[]> {
  const { rows } = await sql<object>`select * from ${sql.table(codecOf(register).table)}`.execute(db)
  return rows.map((row) => fromRow(register, row))
}

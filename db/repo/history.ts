import { sql } from 'kysely'
import type { Db, OpState } from '../schema.ts'

/** Values by field, before and after; `voided` among them. */
export type Changes = Readonly<Record<string, readonly [was: unknown, now: unknown]>>

/** What of an op tells its changes. */
export interface Told {
  readonly version: number
  readonly bytes: string | null
  readonly changes: string | null
}

/**
 * What an op changed; of an erased one only what is left.
 *
 * The column holds all of it, but of a record's first op only what travels sealed: its other values stand readable in its
 * bytes, and stored twice they would be half of an import.
 */
export function changesOf({ version, bytes, changes }: Told): Changes {
  const held = changes === null ? {} : (JSON.parse(changes) as Changes)
  if (version > 1 || bytes === null) return held
  const { set } = JSON.parse(bytes) as { set: Record<string, unknown> }
  return { ...Object.fromEntries(Object.entries(set).map(([field, now]) => [field, [null, now]])), ...held }
}

export interface HistoryRow extends Told {
  readonly seq: number
  readonly txn: string
  readonly kind: string
  readonly at: string
  readonly by_name: string | null
  readonly state: OpState
  readonly why: string | null
}

/** The changes of one record, newest first. */
export async function historyOf(
  db: Db,
  register: string,
  id: string,
  page: { limit: number; offset: number },
): Promise<HistoryRow[]> {
  const { rows } = await sql<HistoryRow>`
    select o.seq, o.txn, o.kind, o.at, f.name as by_name, o.state, o.why, o.version, o.bytes, o.changes
    from op o left join officer f on f.id = o.by_officer
    where o.register = ${register} and o.record_id = ${id}
    order by o.version desc limit ${page.limit} offset ${page.offset}`.execute(db)
  return rows
}

export async function historyLength(db: Db, register: string, id: string): Promise<number> {
  const row = await db
    .selectFrom('op')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('register', '=', register)
    .where('record_id', '=', id)
    .executeTakeFirstOrThrow()
  return row.n
}

export interface TxnChange extends Told {
  readonly seq: number
  readonly register: string
  readonly record_id: string
  readonly state: OpState
  /** 1 when the record was changed again later. */
  readonly later: number
}

/** What one transaction changed, last first. */
export async function changesOfTxn(db: Db, txn: string): Promise<TxnChange[]> {
  const { rows } = await sql<TxnChange>`
    select o.seq, o.register, o.record_id, o.state, o.version, o.bytes, o.changes,
      exists (select 1 from op n where n.register = o.register and n.record_id = o.record_id and n.version > o.version) as later
    from op o where o.txn = ${txn} order by o.seq desc`.execute(db)
  return rows
}

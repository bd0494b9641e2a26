import { sql } from 'kysely'
import type { Db, OpState } from '../schema.ts'

export interface HistoryRow {
  readonly seq: number
  readonly txn: string
  readonly kind: string
  readonly at: string
  readonly by_name: string | null
  readonly state: OpState
  readonly why: string | null
  readonly changes: string
}

/** The changes of one record, newest first. */
export async function historyOf(
  db: Db,
  register: string,
  id: string,
  page: { limit: number; offset: number },
): Promise<HistoryRow[]> {
  const { rows } = await sql<HistoryRow>`
    select o.seq, o.txn, o.kind, o.at, f.name as by_name, o.state, o.why, r.changes
    from revision r join op o on o.seq = r.seq left join officer f on f.id = o.by_officer
    where r.register = ${register} and r.record_id = ${id}
    order by r.version desc limit ${page.limit} offset ${page.offset}`.execute(db)
  return rows
}

export async function historyLength(db: Db, register: string, id: string): Promise<number> {
  const row = await db
    .selectFrom('revision')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('register', '=', register)
    .where('record_id', '=', id)
    .executeTakeFirstOrThrow()
  return row.n
}

export interface TxnChange {
  readonly seq: number
  readonly register: string
  readonly record_id: string
  readonly version: number
  readonly changes: string
  /** 1 when the record was changed again later. */
  readonly later: number
}

/** What one transaction changed, last first. */
export async function changesOfTxn(db: Db, txn: string): Promise<TxnChange[]> {
  const { rows } = await sql<TxnChange>`
    select o.seq, o.register, o.record_id, r.version, r.changes,
      exists (select 1 from revision n where n.register = r.register and n.record_id = r.record_id and n.version > r.version) as later
    from op o join revision r on r.seq = o.seq where o.txn = ${txn} order by o.seq desc`.execute(db)
  return rows
}

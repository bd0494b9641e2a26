import { sql } from 'kysely'
import type { Db, OpState } from '../schema.ts'

/** States in which the city has not finally answered, and those in which a person must look. */
export const PENDING: readonly OpState[] = ['unsent', 'held']
export const ATTENTION: readonly OpState[] = ['rejected', 'conflict']

/** Of these records, those with a change that is not finally answered. */
export async function unreportedRecords(db: Db, register: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('op')
    .select('record_id')
    .distinct()
    .where('register', '=', register)
    .where('record_id', 'in', ids)
    .where('state', 'in', [...PENDING, ...ATTENTION])
    .execute()
  return new Set(rows.map((row) => row.record_id))
}

export interface OpCounts {
  readonly pending: number
  readonly attention: number
  readonly answered: number
}

/** How the changes of one record stand. */
export async function reportOf(db: Db, register: string, id: string): Promise<OpCounts> {
  const rows = await db
    .selectFrom('op')
    .select(['state', (eb) => eb.fn.countAll<number>().as('n')])
    .where('register', '=', register)
    .where('record_id', '=', id)
    .groupBy('state')
    .execute()
  return tally(
    rows,
    rows.reduce((sum, row) => sum + row.n, 0),
  )
}

/** How all changes stand. Seq has no gaps, so the head is the total and only open ops are counted. */
export async function opCounts(db: Db): Promise<OpCounts> {
  const head = await headOp(db)
  const rows = await db
    .selectFrom('op')
    .select(['state', (eb) => eb.fn.countAll<number>().as('n')])
    .where('state', 'in', ['unsent', 'held', 'rejected', 'conflict'])
    .groupBy('state')
    .execute()
  return tally(rows, head?.seq ?? 0)
}

function tally(rows: readonly { state: OpState; n: number }[], total: number): OpCounts {
  const sum = (states: readonly OpState[]) =>
    rows.filter((row) => states.includes(row.state)).reduce((n, row) => n + row.n, 0)
  const pending = sum(PENDING)
  const attention = sum(ATTENTION)
  return { pending, attention, answered: total - pending - attention }
}

/** The last op of the ledger. */
export const headOp = (db: Db) =>
  db.selectFrom('op').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst()

/** When the oldest change that is not answered was made. */
export async function oldestPending(db: Db): Promise<string | null> {
  const { rows } = await sql<{ at: string }>`
    select at from op where state in ('unsent', 'held') order by seq limit 1`.execute(db)
  return rows[0]?.at ?? null
}

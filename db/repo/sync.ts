import { sql } from 'kysely'
import { problemType, type CityValue, type Verdict } from '../../shared/sync/protocol.ts'
import type { Tx } from '../open.ts'
import type { Db, OpState } from '../schema.ts'
import type { Told } from './history.ts'
import { getLocal, setLocal } from './local-setting.ts'

/** How this desk stands with the city; one document, local to the PC. */
export interface SyncState {
  readonly cityUrl: string
  readonly serverId: string
  readonly serverEpoch: string
  /** The city's pinned Ed25519 key, SPKI DER in base64. */
  readonly cityKey: string
  readonly nodeName: string
  /** Last op the city is known to hold. */
  readonly acceptedThrough: number
  readonly lastReceipt: number
  readonly lastReceiptAt: string | null
  /** Failed attempts in a row, and when the next one is due. */
  readonly attempt: number
  readonly nextAttemptAt: string | null
  readonly failure: {
    readonly code: string
    readonly params: Readonly<Record<string, unknown>>
    readonly at: string
  } | null
}
export interface SyncSchedule {
  /** 0: only by the button. */
  readonly everyMinutes: number
  readonly atExit: boolean
}
export const DEFAULT_SCHEDULE: SyncSchedule = { everyMinutes: 30, atExit: true }

export const syncState = (db: Db): Promise<SyncState | undefined> => getLocal<SyncState>(db, 'sync')
export const saveSyncState = (tx: Tx, state: SyncState): Promise<void> => setLocal(tx, 'sync', state)
export const syncSchedule = async (db: Db): Promise<SyncSchedule> =>
  (await getLocal<SyncSchedule>(db, 'schedule')) ?? DEFAULT_SCHEDULE
export const saveSyncSchedule = (tx: Tx, schedule: SyncSchedule): Promise<void> => setLocal(tx, 'schedule', schedule)

export interface OutgoingOp {
  readonly seq: number
  readonly epoch: string
  readonly bytes: string
  readonly hash: string
}

/** Ops after `seq`, in order, at most `limit`: the exact bytes that were stored. */
export async function opsAfter(db: Db, seq: number, limit: number): Promise<OutgoingOp[]> {
  const rows = await db
    .selectFrom('op')
    .select(['seq', 'epoch', 'bytes', 'hash'])
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, bytes: row.bytes ?? '' }))
}

/** Chain hash after `seq`; undefined when the ledger does not reach there. */
export async function hashAt(db: Db, seq: number): Promise<string | undefined> {
  return (await db.selectFrom('op').select('hash').where('seq', '=', seq).executeTakeFirst())?.hash
}

/** What of an op's problem tells of a conflict: its fields, and the city's values where the verdict said them. */
export interface ConflictProblem {
  readonly fields: readonly string[]
  readonly city?: Readonly<Record<string, CityValue>>
}

/** What a person has to know of a verdict: the city's problem, or the fields in conflict with the city's values. */
function problemOf(verdict: Verdict): string | null {
  if (verdict.problem) return JSON.stringify(verdict.problem)
  if (verdict.verdict !== 'conflict') return null
  const told = verdict.fields ?? []
  const fields = told.map(({ f }) => f)
  const city = Object.fromEntries(told.flatMap((one) => (one.city === undefined ? [] : [[one.f, one.city]])))
  const type = problemType('conflict')
  const problem = { type, title: type, status: 409, pointer: `/set/${fields[0] ?? ''}`, fields, city }
  return JSON.stringify(problem satisfies ConflictProblem)
}

/** Stores one verdict on its op and the record's city revision. False when the op's bytes are not those answered. */
export function storeVerdict(tx: Tx, verdict: Verdict, at: string): boolean {
  const row = tx.prepare('select register, record_id, bytes_hash, of_seq, state from op where seq = ?').get(verdict.seq)
  const op = row as
    { register: string; record_id: string; bytes_hash: string; of_seq: number | null; state: OpState } | undefined
  if (!op || op.bytes_hash !== verdict.h) return false
  if (op.state === 'superseded') return true // its repair already stands for it
  const state = stateAfter(tx, verdict, op)
  tx.prepare('update op set state = ?, rev = ?, problem = ?, answered_at = ? where seq = ?').run(
    state,
    verdict.rev ?? null,
    problemOf(verdict),
    at,
    verdict.seq,
  )
  if (verdict.rev !== undefined) {
    tx.prepare(
      `insert into city_revision (register, record_id, rev, rev_hash, seq) values (?, ?, ?, ?, ?)
       on conflict (register, record_id) do update set rev = excluded.rev, rev_hash = excluded.rev_hash, seq = excluded.seq
       where excluded.rev >= city_revision.rev`,
    ).run(op.register, op.record_id, verdict.rev, verdict.revHash ?? null, verdict.seq)
  }
  return true
}

/** Keeps a reply. One that told nothing (a first and a last line only) is kept until the next: it proves nothing more. */
export function storeReceipt(tx: Tx, n: number, at: string, bytes: string): void {
  const lines = `length(bytes) - length(replace(bytes, char(10), ''))`
  tx.prepare(`delete from receipt where n = (select max(n) from receipt where n < ?) and ${lines} <= 2`).run(n)
  tx.prepare('insert or replace into receipt (n, at, bytes) values (?, ?, ?)').run(n, at, bytes)
}

/** An op decided on before its own answer came, by a repair that is in this ledger, needs nobody to look at it. */
function stateAfter(tx: Tx, verdict: Verdict, op: { register: string; record_id: string }): OpState {
  const repair = tx.prepare('select 1 from op where seq = ? and register = ? and record_id = ? and of_seq is not null')
  if (verdict.supersededBy !== undefined && repair.get(verdict.supersededBy, op.register, op.record_id))
    return 'superseded'
  return verdict.verdict === 'duplicate' ? 'applied' : verdict.verdict
}

/** A city restored from a backup has forgotten ops after `through`: they count as unsent again. */
export const reoffer = (tx: Tx, through: number): void =>
  void tx
    .prepare(
      `update op set state = 'unsent', rev = null, problem = null, answered_at = null where seq > ? and state <> 'superseded'`,
    )
    .run(through)

export interface OpRow extends Told {
  readonly seq: number
  readonly register: string
  readonly record_id: string
  readonly kind: string
  readonly at: string
  readonly state: OpState
  readonly problem: string | null
  readonly answered_at: string | null
  readonly by_name: string | null
}

/** Ops in some states, newest first, with the names of the fields they changed. */
export async function opsInStates(
  db: Db,
  states: readonly OpState[],
  page: { limit: number; offset: number },
): Promise<OpRow[]> {
  const { rows } = await sql<OpRow>`
    ${SELECT_OP} where o.state in (${sql.join(states)}) order by o.seq desc
    limit ${page.limit} offset ${page.offset}`.execute(db)
  return rows
}

const SELECT_OP = sql`
  select o.seq, o.register, o.record_id, o.kind, o.at, o.state, o.problem, o.answered_at, f.name as by_name,
    o.version, o.bytes, o.changes
  from op o left join officer f on f.id = o.by_officer`

/** One op, or undefined. */
export async function opAt(db: Db, seq: number): Promise<OpRow | undefined> {
  const { rows } = await sql<OpRow>`${SELECT_OP} where o.seq = ${seq}`.execute(db)
  return rows[0]
}

/** The changes of a record that are in conflict, oldest first. */
export async function conflictsOn(db: Db, register: string, id: string): Promise<OpRow[]> {
  const { rows } = await sql<OpRow>`
    ${SELECT_OP} where o.register = ${register} and o.record_id = ${id} and o.state = 'conflict' order by o.seq`.execute(
    db,
  )
  return rows
}

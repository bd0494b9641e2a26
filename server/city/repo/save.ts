import { sql } from 'kysely'
import type { ReadOp } from '../batch.ts'
import type { Tx } from '../schema.ts'
import { recordKey, type OpState, type Workspace } from '../workspace.ts'

/** PostgreSQL takes 65,535 values in one statement; the widest row has 20. */
const ROWS_AT_ONCE = 1_000

/** Writes all that a push changed. `fresh` are the ops that came with it. */
export async function saveWorkspace(tx: Tx, work: Workspace, fresh: readonly FreshOp[], now: Date): Promise<void> {
  await insertOps(tx, work, fresh, now)
  const isFresh = new Set(fresh.map(({ state }) => state))
  await updateOps(
    tx,
    work,
    [...work.ops.values()].filter((op) => op.changed !== null && !isFresh.has(op)),
  )
  await saveRecords(tx, work)
  await saveProposals(tx, work)
}

export interface FreshOp {
  readonly read: ReadOp
  readonly state: OpState
}

async function insertOps(tx: Tx, work: Workspace, fresh: readonly FreshOp[], now: Date): Promise<void> {
  const rows = fresh.map(({ read, state }) => ({
    scope: work.scope,
    device: state.device,
    epoch: state.epoch,
    seq: read.seq,
    bytes: state.conceal ? null : read.bytes,
    bytes_hash: read.bytesHash,
    chain_hash: read.chainHash,
    ent: read.ent,
    record_id: read.recordId,
    kind: read.kind,
    of_seq: state.of,
    ...answerColumns(state),
    verdict_in: work.receipt,
    received_at: now,
  }))
  for (const some of chunks(rows)) await tx.insertInto('op').values(some).execute()
}

const jsonOrNull = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))

const answerColumns = (state: OpState) => ({
  verdict: state.verdict,
  rev: state.rev,
  rev_hash: state.revHash,
  merged: jsonOrNull(state.merged),
  fields: jsonOrNull(state.fields),
  problem: jsonOrNull(state.problem),
  superseded_by: state.supersededBy,
  waits_for: state.waitsFor,
})

async function updateOps(tx: Tx, work: Workspace, changed: readonly OpState[]): Promise<void> {
  for (const some of chunks(changed)) {
    const rows = some.map((op) => ({
      device: op.device,
      epoch: op.epoch,
      seq: op.seq,
      verdict: op.verdict,
      rev: op.rev,
      rev_hash: op.revHash,
      merged: op.merged,
      fields: op.fields,
      problem: op.problem,
      superseded_by: op.supersededBy,
      waits_for: op.waitsFor,
      conceal: op.conceal,
      told: op.changed === 'verdict',
    }))
    await sql`
      update op set
        verdict = c.verdict, rev = c.rev, rev_hash = c.rev_hash, merged = c.merged, fields = c.fields,
        problem = c.problem, superseded_by = c.superseded_by, waits_for = c.waits_for,
        bytes = case when c.conceal then null else op.bytes end,
        verdict_in = case when c.told then ${work.receipt} else op.verdict_in end
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c (
        device text, epoch text, seq bigint, verdict text, rev bigint, rev_hash text, merged jsonb, fields jsonb,
        problem jsonb, superseded_by bigint, waits_for text, conceal boolean, told boolean)
      where op.scope = ${work.scope} and op.device = c.device and op.epoch = c.epoch and op.seq = c.seq`.execute(tx)
  }
}

async function saveRecords(tx: Tx, work: Workspace): Promise<void> {
  const revisions = work.newRevisions.map(({ record, by }) => ({
    ...recordColumns(work, record),
    device: by.device,
    epoch: by.epoch,
    seq: by.seq,
    receipt: work.receipt,
  }))
  for (const some of chunks(revisions)) await tx.insertInto('revision').values(some).execute()
  const latest = new Map(work.newRevisions.map(({ record }) => [recordKey(record.ent, record.id), record]))
  for (const some of chunks([...latest.values()])) {
    await tx
      .insertInto('record')
      .values(some.map((record) => recordColumns(work, record)))
      .onConflict((conflict) =>
        conflict.columns(['scope', 'id', 'ent']).doUpdateSet((eb) => ({
          rev: eb.ref('excluded.rev'),
          data: eb.ref('excluded.data'),
          sealed: eb.ref('excluded.sealed'),
          voided: eb.ref('excluded.voided'),
          why: eb.ref('excluded.why'),
          rev_hash: eb.ref('excluded.rev_hash'),
        })),
      )
      .execute()
  }
}

const recordColumns = (work: Workspace, record: Workspace['newRevisions'][number]['record']) => ({
  scope: work.scope,
  id: record.id,
  ent: record.ent,
  rev: record.rev,
  data: JSON.stringify(record.data),
  sealed: JSON.stringify(record.sealed),
  voided: record.voided,
  why: record.why,
  rev_hash: record.revHash,
})

/** A field has one open proposal per ledger, the latest; a conflict that was decided has none. */
async function saveProposals(tx: Tx, work: Workspace): Promise<void> {
  const close = () =>
    tx.updateTable('proposal').set({ state: 'replaced' }).where('scope', '=', work.scope).where('state', '=', 'open')
  for (const op of work.ops.values()) {
    if (op.changed === null || op.supersededBy === null || op.fields === null) continue
    await close().where('device', '=', op.device).where('epoch', '=', op.epoch).where('seq', '=', op.seq).execute()
  }
  for (const { record, field, by } of work.newProposals) {
    const same = close().where('record_id', '=', record.id).where('ent', '=', record.ent).where('field', '=', field)
    await same.where('device', '=', by.device).where('epoch', '=', by.epoch).execute()
  }
  const rows = work.newProposals.map(({ proposal, record, field, value, sealed, by, state }) => ({
    scope: work.scope,
    proposal,
    ent: record.ent,
    record_id: record.id,
    field,
    value: jsonOrNull(value),
    sealed: jsonOrNull(sealed),
    against_rev: record.rev,
    device: by.device,
    epoch: by.epoch,
    seq: by.seq,
    state,
  }))
  for (const some of chunks(rows)) await tx.insertInto('proposal').values(some).execute()
}

function* chunks<T>(rows: readonly T[]): Generator<T[]> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) yield rows.slice(start, start + ROWS_AT_ONCE)
}

import type { Register } from '../../shared/domain/register.ts'
import {
  speaksOf,
  type CityValue,
  type ConflictField,
  type OpLine,
  type Problem,
  type Sealed,
} from '../../shared/sync/protocol.ts'
import {
  cityValueOf,
  PARKED,
  waitForOfficer,
  waitForOp,
  waitForRecord,
  type Answer,
  type Judgement,
  type RecordState,
  type View,
} from './judgement.ts'
import type { LedgerRow, StoredVerdict } from './schema.ts'

/** An op and what has become of it, while a push is worked on. */
export interface OpState extends Answer {
  readonly bytesHash: string
  readonly of: number | null
  /** What it says; null when it cannot be read. Only loaded for ops that may still be judged. */
  readonly line: OpLine | null
  verdict: StoredVerdict
  rev: number | null
  revHash: string | null
  merged: readonly string[] | null
  fields: readonly ConflictField[] | null
  problem: Problem | null
  supersededBy: number | null
  waitsFor: string | null
  /** True when its bytes must not be kept. */
  conceal: boolean
  /** `verdict` the answer differs from the stored one · `wait` only what it waits for does · null nothing does. */
  changed: 'verdict' | 'wait' | null
}

/** A revision made by this push, and by which op. */
export interface NewRevision {
  readonly record: RecordState
  readonly by: OpState
}
export interface NewProposal {
  readonly proposal: string
  readonly record: RecordState
  readonly field: string
  readonly value: unknown
  readonly sealed: Sealed | null
  readonly by: OpState
  state: 'open' | 'replaced'
}

/**
 * Characters of its own values that the city says again in the answers of one push, so that a reply stays well below what a
 * desk reads. A conflict beyond them has no city value beside it; everything else of the answer is the same.
 */
const MOST_SAID_AGAIN = 8_000_000

/** All that a push has read and will write. Loaded in bulk, judged in memory, written in bulk, in one transaction. */
export interface Workspace {
  readonly scope: string
  readonly receipt: number
  readonly registerNamed: (name: string) => Register | undefined
  readonly records: Map<string, RecordState>
  readonly revisions: Map<string, RecordState>
  readonly ops: Map<string, OpState>
  /** The same ops by record. */
  readonly opsOn: Map<string, OpState[]>
  readonly officers: Set<string>
  /** Record ids and identity numbers that were looked for already. */
  readonly asked: Set<string>
  readonly numbers: Map<string, string>
  /** Ids of officers some op has named as its record, whatever became of it. */
  readonly sentOfficers: Set<string>
  readonly ledgers: Map<string, LedgerRow>
  readonly newRevisions: NewRevision[]
  /** Characters of {@link MOST_SAID_AGAIN} that are used. */
  saidAgain: number
  readonly newProposals: NewProposal[]
  /** Keys that became true since the last look: what held ops may have waited for. */
  readonly touched: Set<string>
}

export const recordKey = (ent: string, id: string): string => `${ent}/${id}`
export const opKey = (op: LedgerName, seq: number): string => `${op.device}/${op.epoch}/${seq}`
export const ledgerKey = (op: LedgerName): string => `${op.device}/${op.epoch}`

/** An empty workspace for one push. */
export const openWorkspace = (
  scope: string,
  receipt: number,
  registerNamed: (name: string) => Register | undefined,
): Workspace => ({
  scope,
  receipt,
  registerNamed,
  records: new Map(),
  revisions: new Map(),
  ops: new Map(),
  opsOn: new Map(),
  officers: new Set(),
  asked: new Set(),
  numbers: new Map(),
  sentOfficers: new Set(),
  ledgers: new Map(),
  newRevisions: [],
  saidAgain: 0,
  newProposals: [],
  touched: new Set(),
})

/** Brings an op in, unless it is there. */
export function addOp(work: Workspace, op: OpState): void {
  const key = opKey(op, op.seq)
  if (work.ops.has(key)) return
  work.ops.set(key, op)
  if (op.ent === null || op.recordId === null) return
  if (op.ent === 'officer') work.sentOfficers.add(op.recordId)
  const on = recordKey(op.ent, op.recordId)
  work.opsOn.set(on, [...(work.opsOn.get(on) ?? []), op])
}

/** Brings in a record as the city holds it. */
export function addRecord(work: Workspace, next: RecordState): void {
  const key = recordKey(next.ent, next.id)
  work.records.set(key, next)
  work.revisions.set(`${key}/${next.rev}`, next)
  if (next.ent === 'officer') work.officers.add(next.id)
}

export interface LedgerName {
  readonly device: string
  readonly epoch: string
}
export const ledgerOf = (op: OpLine): LedgerName => ({ device: op.dev, epoch: op.epoch })

/** The epochs a ledger is made of, newest first, each with the stretch of it that belongs to this ledger. */
export function stretchesOf(
  work: Workspace,
  { device, epoch }: LedgerName,
): { epoch: string; from: number; to: number }[] {
  const stretches = []
  let to = Number.MAX_SAFE_INTEGER
  let next: string | null = epoch
  while (next !== null) {
    const ledger: LedgerRow | undefined = work.ledgers.get(ledgerKey({ device, epoch: next }))
    const branch = Math.min(to, ledger?.branch ?? 0)
    stretches.push({ epoch: next, from: branch + 1, to })
    to = branch
    next = ledger?.parent_epoch ?? null
  }
  return stretches
}

/** The op that bears a number in a ledger; before a restore it is one of the epoch before. */
export function opAt(work: Workspace, ledger: LedgerName, seq: number): OpState | undefined {
  const stretch = stretchesOf(work, ledger).find(({ from }) => seq >= from)
  return stretch && work.ops.get(opKey({ device: ledger.device, epoch: stretch.epoch }, seq))
}

/** What judging may see of a workspace. */
export function viewOf(work: Workspace): View {
  return {
    registerNamed: work.registerNamed,
    recordOf: (ent, id) => work.records.get(recordKey(ent, id)),
    revisionOf: (ent, id, rev) => work.revisions.get(`${recordKey(ent, id)}/${rev}`),
    answerOf: (op, seq) => opAt(work, ledgerOf(op), seq),
    blockerOf: (op) => blockers(work, op).at(-1),
    undecidedOn: (op) => undecided(work, op),
    anyOfficer: () => work.officers.size > 0,
    officerComing: (id) => work.sentOfficers.has(id),
    holderOf: (identityNumber) => work.numbers.get(identityNumber),
    isFounding: (op) => work.ledgers.get(ledgerKey(ledgerOf(op)))?.founding_txn === op.txn,
  }
}

function blockers(work: Workspace, op: OpLine): OpState[] {
  const waiting = opsOnRecord(work, op).filter(
    ({ seq, verdict, supersededBy }) =>
      seq < op.seq && (verdict === 'held' || (verdict === 'rejected' && supersededBy === null)),
  )
  return waiting.sort((a, b) => a.seq - b.seq)
}

function undecided(work: Workspace, op: OpLine): Set<string> {
  const inConflict = opsOnRecord(work, op).filter(
    ({ seq, verdict, supersededBy }) => seq < op.seq && verdict === 'conflict' && supersededBy === null,
  )
  return new Set(inConflict.flatMap(({ fields }) => (fields ?? []).map(({ f }) => f)))
}

/** Ops of the same ledger on the same record that are in the workspace. */
const opsOnRecord = (work: Workspace, op: OpLine): OpState[] =>
  (work.opsOn.get(recordKey(op.ent, op.id)) ?? []).filter(
    (other) => other.device === op.dev && (other.epoch === op.epoch || opAt(work, ledgerOf(op), other.seq) === other),
  )

/** Writes down what was judged: the op's answer, the record, what it covers, and whom it may set free. */
export function record(work: Workspace, op: OpState, judgement: Judgement): void {
  if (judgement.outcome === 'held') return hold(op, judgement.waitsFor)
  op.changed = 'verdict'
  op.waitsFor = null
  if (judgement.outcome === 'rejected') {
    op.verdict = 'rejected'
    op.problem = judgement.problem
    op.conceal = judgement.conceal
    return
  }
  op.verdict = judgement.verdict
  op.rev = judgement.record?.rev ?? null
  op.revHash = judgement.record?.revHash ?? null
  op.merged = judgement.merged.length > 0 ? judgement.merged : null
  if (judgement.record !== undefined) keep(work, op, judgement.record)
  propose(work, op, judgement)
  touch(work, op)
  if (op.line?.k === 'supersede') cover(work, op, op.line)
}

function hold(op: OpState, waitsFor: string): void {
  if (op.verdict === 'held' && op.waitsFor === waitsFor) return
  op.changed = op.verdict === 'held' && op.changed !== 'verdict' ? 'wait' : 'verdict'
  op.verdict = 'held'
  op.waitsFor = waitsFor
}

function keep(work: Workspace, op: OpState, next: RecordState): void {
  const key = recordKey(next.ent, next.id)
  const before = work.records.get(key)
  if (before?.rev === next.rev) return
  addRecord(work, next)
  work.newRevisions.push({ record: next, by: op })
  if (next.ent === 'cadre') holdNumber(work, before, next)
  work.touched.add(waitForRecord(next.ent, next.id))
  if (next.ent === 'officer') work.touched.add(waitForOfficer(next.id))
}

function holdNumber(work: Workspace, before: RecordState | undefined, next: RecordState): void {
  const old = before?.data['identityNumber']
  if (typeof old === 'string' && work.numbers.get(old) === next.id) work.numbers.delete(old)
  const number = next.data['identityNumber']
  if (typeof number === 'string' && !next.voided) work.numbers.set(number, next.id)
}

function propose(work: Workspace, op: OpState, judgement: Judgement & { outcome: 'effect' }): void {
  const { record: against, losing } = judgement
  if (losing.length === 0 || against === undefined) return
  op.fields = losing.map(({ field, value, sealed }) => {
    const proposal = `p_${work.receipt}_${work.newProposals.length + 1}`
    for (const older of work.newProposals) {
      const same = older.field === field && older.record.id === against.id && older.record.ent === against.ent
      if (same && ledgerKey(older.by) === ledgerKey(op)) older.state = 'replaced'
    }
    work.newProposals.push({ proposal, record: against, field, value, sealed, by: op, state: 'open' })
    return { f: field, proposal, ...saidAgain(work, cityValueOf(against, field)) }
  })
}

function saidAgain(work: Workspace, city: CityValue): { city?: CityValue } {
  work.saidAgain += JSON.stringify(city).length
  return work.saidAgain > MOST_SAID_AGAIN ? {} : { city }
}

const touch = (work: Workspace, op: OpState) => work.touched.add(waitForOp(op))

/**
 * Closes what a supersede stands for: from the first op of its line of repairs up to itself, on its record, and every
 * earlier conflict on fields it speaks of.
 *
 * A repair that was itself rejected and repaired again leads back to the op it was to repair.
 */
function cover(work: Workspace, op: OpState, line: OpLine): void {
  let first = op.of as number
  for (let target = opAt(work, op, first); target?.of != null; target = opAt(work, op, first)) first = target.of
  for (const other of opsOnRecord(work, line)) {
    if (other.seq >= op.seq) continue
    const isInLine = other.seq >= first
    if (other.verdict === 'held' && isInLine) answerLike(op, other)
    else if (other.supersededBy !== null) continue
    else if (isDecided(other, op, line) || (other.verdict === 'rejected' && isInLine)) retire(work, op, other)
    else continue
    other.changed = 'verdict'
    touch(work, other)
  }
}

/** True of a conflict that a supersede of it, or one that says all its fields again, has settled. */
function isDecided({ verdict, seq, fields }: OpState, { of }: OpState, line: OpLine): boolean {
  if (verdict !== 'conflict') return false
  const names = (fields ?? []).map(({ f }) => f)
  return seq === of || speaksOf(line, names)
}

function retire(work: Workspace, op: OpState, other: OpState): void {
  other.supersededBy = op.seq
  for (const proposal of work.newProposals) if (proposal.by === other) proposal.state = 'replaced'
}

function answerLike(op: OpState, other: OpState): void {
  other.verdict = 'applied'
  other.rev = op.rev
  other.revHash = op.revHash
  other.waitsFor = null
}

/** Ops in the workspace that waited for one of the keys, in the order they were made. */
export function heldOn(work: Workspace, keys: ReadonlySet<string>): OpState[] {
  const waiting = [...work.ops.values()].filter(
    ({ verdict, waitsFor, line }) => verdict === 'held' && line !== null && waitsFor !== null && keys.has(waitsFor),
  )
  return waiting.sort((a, b) => (ledgerKey(a) === ledgerKey(b) ? a.seq - b.seq : ledgerKey(a) < ledgerKey(b) ? -1 : 1))
}

/** True when the op had only its register or kind against it, so that it was never looked at closely. */
export const wasParked = (op: OpState): boolean =>
  op.waitsFor?.startsWith(PARKED) === true || op.waitsFor?.startsWith('by:') === true

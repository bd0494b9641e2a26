import { saidFields, type Change } from '../../db/put.ts'
import type { Tx } from '../../db/open.ts'
import type { OpState } from '../../db/schema.ts'
import { registerOrder } from '../../shared/domain/registers.ts'
import { localInstantOf } from '../../shared/domain/dates.ts'
import {
  PROTOCOL_VERSION,
  speaksOf,
  VOIDED,
  type OpKind,
  type OpLine,
  type Sealed,
} from '../../shared/sync/protocol.ts'
import type { Place, Sealer } from '../keys/seal.ts'
import { GENESIS } from './chain.ts'
import { insertOp } from './insert-op.ts'

/** Whose ledger it is. */
export interface LedgerIdentity {
  readonly scope: string
  readonly device: string
  readonly epoch: string
}

/** The last op of a ledger. */
export interface LedgerHead {
  readonly seq: number
  readonly hash: string
}

/** What one command says about itself. */
export interface CommandNote {
  readonly txn: string
  readonly by: string
  readonly at: Date
  readonly why: string | null
  readonly undoes: string | null
  /** Changes of the same command whose ops are written already. */
  readonly earlier: number
}

interface OpenOp {
  readonly seq: number
  readonly state: string
  readonly bytes: string | null
  readonly problem: string | null
}

/**
 * Writes history and ops for everything a command changed, in the command's own transaction, parents first.
 *
 * Values are materialised here and never looked up later: what is queued is exactly what was saved (SYNC §5.2-1). An op on
 * a record whose earlier op was rejected becomes its `supersede`, carrying what the rejected one and those behind it said.
 *
 * @returns the ledger's new head, or null when nothing was changed.
 */
export function appendOps(
  tx: Tx,
  identity: LedgerIdentity,
  sealer: Sealer,
  note: CommandNote,
  made: readonly Change[],
): LedgerHead | null {
  const head = tx.prepare('select seq, hash from op order by seq desc limit 1').get() as
    { seq: number; hash: string } | undefined
  let seq = head?.seq ?? 0
  let hash = head?.hash ?? GENESIS
  const start = seq
  for (const [index, change] of inOrder(made).entries()) {
    const fields = saidFields(change)
    if (fields.length === 0) continue
    seq += 1
    const hlc = hybridClock(note.at, note.earlier + index)
    const line = opLine(tx, change, fields, { identity, sealer, note, seq, hlc })
    const { version } = change.after
    hash = insertOp(tx, line, hash, { version, why: reasonOf(change, note), changes: changesText(change, fields) })
    if (line.of !== undefined) closeRepaired(tx, line, line.of)
  }
  return seq === start ? null : { seq, hash }
}

/**
 * The repair stands for the op it names from now on, and for every conflict whose fields it says again, so that every op is
 * unsent, answered or in need of attention, never two.
 */
function closeRepaired(tx: Tx, line: OpLine, of: number): void {
  const close = tx.prepare(`update op set state = 'superseded' where seq = ?`)
  close.run(of)
  for (const op of openIn(tx, line.ent, line.id, ['conflict']))
    if (speaksOf(line, conflictFields(op))) close.run(op.seq)
}

/** Township-reach values that the ops of these changes will carry: all of a create, the said ones of anything else. */
export function valuesToSeal(changes: readonly Change[]): { place: Place; value: unknown }[] {
  return changes.flatMap((change) =>
    saidFields(change)
      .filter((field) => change.register.fields[field]?.reach === 'township')
      .map((field) => ({
        place: { register: change.register.name, id: change.id, field },
        value: (change.after as unknown as Record<string, unknown>)[field] ?? null,
      })),
  )
}

/** Parents before children, otherwise in the order they were made; most commands change one register only. */
function inOrder(changes: readonly Change[]): readonly Change[] {
  return [...changes].sort((a, b) => registerOrder(a.register.name) - registerOrder(b.register.name))
}

/** For the column `changes`: what became of each field, of a create only what its bytes do not say readably. */
function changesText(change: Change, fields: readonly string[]): string {
  const was = (change.before ?? {}) as Record<string, unknown>
  const now = change.after as unknown as Record<string, unknown>
  const told = change.before ? fields : fields.filter((field) => change.register.fields[field]?.reach !== 'city')
  return JSON.stringify(Object.fromEntries(told.map((field) => [field, [was[field] ?? null, now[field] ?? null]])))
}

interface LineContext {
  readonly identity: LedgerIdentity
  readonly sealer: Sealer
  readonly note: CommandNote
  readonly seq: number
  readonly hlc: string
}

function opLine(tx: Tx, change: Change, said: readonly string[], context: LineContext): OpLine {
  const { identity, note, seq, hlc } = context
  const { register, id, before } = change
  const open = before ? openOps(tx, register.name, id, said) : []
  const rejected = open.find((op) => op.state === 'rejected' || op.state === 'conflict')
  const base = before ? cityRevision(tx, register.name, id) : 0
  // A create that was rejected and taken back left nothing at the city: bringing the record back is a create again.
  const unknownThere = base === 0 && open.length === 0
  const values = rejected
    ? repairValues(
        change,
        said,
        open.filter((op) => op.seq >= rejected.seq),
        context.sealer,
      )
    : splitByReach(
        unknownThere ? { ...change, before: null } : change,
        unknownThere ? Object.keys(register.fields) : said,
        context.sealer,
      )
  return {
    v: PROTOCOL_VERSION,
    scope: identity.scope,
    dev: identity.device,
    epoch: identity.epoch,
    seq,
    ent: register.name,
    id,
    k: rejected ? 'supersede' : unknownThere ? 'create' : kindOf(change),
    ...(rejected ? { of: rejected.seq } : {}),
    ...(rejected ? voidedAfter(change, open) : {}),
    base,
    after: rejected ? null : (open.at(-1)?.seq ?? null),
    ...values,
    txn: note.txn,
    by: note.by,
    at: localInstantOf(note.at),
    hlc,
    sch: register.schemaVersion,
    why: register.reasonReach === 'city' ? reasonOf(change, note) : null,
    blobs: [],
    ...(note.undoes ? { undoes: note.undoes } : {}),
  }
}

/** Why, in the officer's words: of the void if it is one. */
const reasonOf = ({ before, after }: Change, note: CommandNote): string | null =>
  after.voided && !before?.voided ? after.voidReason : note.why

/**
 * What a repair says of voiding. A void tells the city to void what an earlier revision of it holds; that the record is
 * alive needs to be said only where just that is in conflict.
 */
function voidedAfter({ after }: Change, open: readonly OpenOp[]): { void?: boolean } {
  if (after.voided) return { void: true }
  return open.some((op) => op.state === 'conflict' && conflictFields(op).includes(VOIDED)) ? { void: false } : {}
}

/**
 * What a repair says: all that the op it repairs and those behind it said, as it is now. Of a record that was voided only
 * what was in conflict: what was rejected would be so again.
 */
function repairValues(change: Change, changed: readonly string[], repaired: readonly OpenOp[], sealer: Sealer) {
  const told = change.after.voided ? repaired.filter((op) => op.state === 'conflict') : repaired
  return splitByReach(change, unionOfFields(changed, told), sealer)
}

function kindOf({ before, after }: Change): OpKind {
  if (!before) return 'create'
  if (before.voided !== after.voided) return after.voided ? 'void' : 'unvoid'
  return 'patch'
}

/**
 * Ops on a record that the city has not finally taken, oldest first.
 *
 * Those in conflict are among them only when this change says every field the record has in conflict: that is a person's
 * decision. Any other change leaves the conflict for somebody to look at, or half of it would be decided unseen.
 */
function openOps(tx: Tx, register: string, id: string, said: readonly string[]): OpenOp[] {
  const ops = openIn(tx, register, id, ['unsent', 'held', 'rejected', 'conflict'])
  const isDecision = ops
    .filter((op) => op.state === 'conflict')
    .every((op) => conflictFields(op).every((field) => said.includes(field)))
  return isDecision ? ops : ops.filter((op) => op.state !== 'conflict')
}

const openIn = (tx: Tx, register: string, id: string, states: readonly OpState[]): OpenOp[] =>
  tx
    .prepare(
      `select seq, state, bytes, problem from op where register = ? and record_id = ?
       and state in (select value from json_each(?)) order by seq`,
    )
    .all(register, id, JSON.stringify(states)) as OpenOp[]

function conflictFields(op: OpenOp): readonly string[] {
  const problem = op.problem === null ? null : (JSON.parse(op.problem) as { fields?: readonly string[] })
  return problem?.fields ?? []
}

function cityRevision(tx: Tx, register: string, id: string): number {
  const row = tx.prepare('select rev from city_revision where register = ? and record_id = ?').get(register, id)
  return (row as { rev: number } | undefined)?.rev ?? 0
}

function unionOfFields(changed: readonly string[], ops: readonly OpenOp[]): string[] {
  const fields = new Set(changed)
  for (const op of ops) {
    if (op.bytes === null) continue
    const line = JSON.parse(op.bytes) as OpLine
    for (const field of [...Object.keys(line.set), ...Object.keys(line.sealed)]) fields.add(field)
  }
  return [...fields]
}

/** City-reach values readable in `set` and `was`, township-reach ones sealed; a create leaves empty fields out. */
function splitByReach(
  change: Change,
  fields: readonly string[],
  sealer: Sealer,
): Pick<OpLine, 'set' | 'was' | 'sealed'> {
  const before = (change.before ?? {}) as Record<string, unknown>
  const after = change.after as unknown as Record<string, unknown>
  const set: Record<string, unknown> = {}
  const was: Record<string, unknown> = {}
  const sealed: Record<string, Sealed> = {}
  for (const field of fields) {
    const declared = change.register.fields[field]
    if (!declared) continue // `voided` is said by the kind
    const value = after[field] ?? null
    if (!change.before && value === null) continue
    if (declared.reach === 'city') {
      set[field] = value
      if (change.before) was[field] = before[field] ?? null
    } else {
      sealed[field] = sealer.seal({ register: change.register.name, id: change.id, field }, value)
    }
  }
  return { set, was, sealed }
}

/** Hybrid logical clock text, a hint for audits only; the city alone decides on order (SYNC §5.2-14). */
const hybridClock = (at: Date, counter: number): string =>
  `${at.getTime().toString(16).padStart(12, '0')}-${counter.toString(16).padStart(4, '0')}`

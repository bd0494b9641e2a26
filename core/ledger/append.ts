import { changedFields, type Change } from '../../db/put.ts'
import type { Tx } from '../../db/open.ts'
import { registerOrder } from '../../shared/domain/registers.ts'
import { localInstantOf } from '../../shared/domain/dates.ts'
import { PROTOCOL_VERSION, type OpKind, type OpLine, type Sealed } from '../../shared/sync/protocol.ts'
import type { Place, Sealer } from '../keys/seal.ts'
import { chainHash, GENESIS, hashBytes } from './chain.ts'

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
  const stamp = localInstantOf(note.at)
  const start = seq
  for (const [index, change] of inOrder(made).entries()) {
    const fields = changedFields(change.register, change.before, change.after)
    if (fields.length === 0) continue
    seq += 1
    const line = opLine(tx, change, fields, {
      identity,
      sealer,
      note,
      seq,
      hlc: hybridClock(note.at, note.earlier + index),
    })
    const bytes = JSON.stringify(line)
    const bytesHash = hashBytes(bytes)
    hash = chainHash(hash, bytesHash)
    tx.prepare(
      `insert into op (seq, epoch, register, record_id, kind, txn, by_officer, at, undoes, why, of_seq, bytes, bytes_hash, hash,
         version, changes)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      seq,
      identity.epoch,
      line.ent,
      line.id,
      line.k,
      note.txn,
      note.by,
      stamp,
      note.undoes,
      reasonOf(change, note),
      line.of ?? null,
      bytes,
      bytesHash,
      hash,
      change.after.version,
      changesText(change, fields),
    )
    // The repair stands for the rejected op from now on, so every op is unsent, answered or in need of attention, never two.
    if (line.of !== undefined) tx.prepare(`update op set state = 'superseded' where seq = ?`).run(line.of)
  }
  return seq === start ? null : { seq, hash }
}

/** Township-reach values that the ops of these changes will carry: all of a create, the changed ones of anything else. */
export function valuesToSeal(changes: readonly Change[]): { place: Place; value: unknown }[] {
  return changes.flatMap(({ register, id, before, after }) =>
    changedFields(register, before, after)
      .filter((field) => register.fields[field]?.reach === 'township')
      .map((field) => ({
        place: { register: register.name, id, field },
        value: (after as unknown as Record<string, unknown>)[field] ?? null,
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

function opLine(tx: Tx, change: Change, changed: readonly string[], context: LineContext): OpLine {
  const { identity, note, seq, hlc } = context
  const { register, id, before, after } = change
  const open = before ? openOps(tx, register.name, id, changed) : []
  const rejected = open.find((op) => op.state === 'rejected' || op.state === 'conflict')
  const base = before ? cityRevision(tx, register.name, id) : 0
  // A create that was rejected and taken back left nothing at the city: bringing the record back is a create again.
  const unknownThere = base === 0 && open.length === 0
  const values = rejected
    ? repairValues(
        change,
        changed,
        open.filter((op) => op.seq >= rejected.seq),
        context.sealer,
      )
    : splitByReach(
        unknownThere ? { ...change, before: null } : change,
        unknownThere ? Object.keys(register.fields) : changed,
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
    // Tells the city to void what an earlier revision of it holds; without one there is nothing there to void.
    ...(rejected && after.voided ? { void: true } : {}),
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

/** What a repair says: all that the rejected op and those behind it said, as it is now; nothing when the record was voided. */
function repairValues(change: Change, changed: readonly string[], repaired: readonly OpenOp[], sealer: Sealer) {
  if (change.after.voided) return { set: {}, was: {}, sealed: {} }
  return splitByReach(change, unionOfFields(changed, repaired), sealer)
}

function kindOf({ before, after }: Change): OpKind {
  if (!before) return 'create'
  if (before.voided !== after.voided) return after.voided ? 'void' : 'unvoid'
  return 'patch'
}

/**
 * Ops on a record that the city has not finally taken, oldest first.
 *
 * One in conflict is among them only when this change speaks of a field in conflict: that is a person's decision on it.
 * Any other change leaves the conflict for somebody to look at.
 */
function openOps(tx: Tx, register: string, id: string, changed: readonly string[]): OpenOp[] {
  const ops = tx
    .prepare(
      `select seq, state, bytes, problem from op where register = ? and record_id = ?
       and state in ('unsent', 'held', 'rejected', 'conflict') order by seq`,
    )
    .all(register, id) as OpenOp[]
  return ops.filter((op) => op.state !== 'conflict' || conflictFields(op).some((field) => changed.includes(field)))
}

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

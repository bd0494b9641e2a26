import { saidFields, type Change } from '../../db/put.ts'
import type { Tx } from '../../db/open.ts'
import type { OpTable } from '../../db/schema.ts'
import { Fault, type FaultParams } from '../../shared/errors.ts'
import { registerOrder } from '../../shared/domain/registers.ts'
import { localInstantOf } from '../../shared/domain/dates.ts'
import {
  MAX_OP_BYTES,
  PROTOCOL_VERSION,
  speaksOf,
  VOIDED,
  type OpKind,
  type OpLine,
  type Sealed,
} from '../../shared/sync/protocol.ts'
import type { Place, Sealer } from '../keys/seal.ts'
import { chainHash, GENESIS, hashBytes } from './chain.ts'
import { columnsOf } from './op-columns.ts'
import { cityRevision, conflictFields, openIn, openOps, unionOfFields, type OpenOp } from './open-ops.ts'

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

/** Here, where nothing is saved yet: the city would refuse it, and every repair would carry all of it again. */
const tooLarge = ({ ent, id, set }: OpLine, bytes: string): FaultParams => ({
  register: ent,
  recordId: id,
  name: typeof set['name'] === 'string' ? set['name'] : '',
  size: Math.ceil(Buffer.byteLength(bytes) / 1000),
  limit: MAX_OP_BYTES / 1000,
})

/**
 * Stores an op behind the op of hash `previous`; its own hash.
 *
 * @throws Fault `change-too-large`
 */
function insertOp(tx: Tx, line: OpLine, previous: string, told: Pick<OpTable, 'version' | 'why' | 'changes'>): string {
  const bytes = JSON.stringify(line)
  if (Buffer.byteLength(bytes) > MAX_OP_BYTES) throw new Fault('change-too-large', tooLarge(line, bytes))
  const bytesHash = hashBytes(bytes)
  const hash = chainHash(previous, bytesHash)
  tx.prepare(
    `insert into op (seq, epoch, register, record_id, kind, txn, by_officer, at, undoes, why, of_seq, bytes, bytes_hash, hash,
       version, changes)
     values (@seq, @epoch, @register, @record_id, @kind, @txn, @by_officer, @at, @undoes, @why, @of_seq, @bytes, @bytes_hash,
       @hash, @version, @changes)`,
  ).run({ ...columnsOf(line), ...told, bytes, bytes_hash: bytesHash, hash })
  return hash
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

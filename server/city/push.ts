import { randomUUID, type KeyObject } from 'node:crypto'
import { sql } from 'kysely'
import { publicKeyOf, verifiedLines } from '../../core/ledger/signature.ts'
import type { Register } from '../../shared/domain/register.ts'
import { PUSH_DOMAIN, type PushHeader } from '../../shared/sync/protocol.ts'
import { readBatch, readBody, readHeader, type Batch, type ReadOp } from './batch.ts'
import { judge, settle } from './judge.ts'
import { held, PARKED } from './judgement.ts'
import { checkSequence, ledgerFor } from './ledger-place.ts'
import { Refused } from './problem.ts'
import { findDevice, lockScope, noteContact, quarantine } from './repo/device.ts'
import { loadChangedSince, loadFor, loadHeldOn, loadRange, loadScope } from './repo/load.ts'
import { findAnswered, saveReceipt } from './repo/receipt.ts'
import { saveWorkspace, type FreshOp } from './repo/save.ts'
import { replyBytes, verdictOf } from './reply.ts'
import type { Db, LedgerRow, ScopeRow, Tx } from './schema.ts'
import {
  addOp,
  heldOn,
  ledgerKey,
  openWorkspace,
  opKey,
  record,
  viewOf,
  wasParked,
  type OpState,
  type Workspace,
} from './workspace.ts'

export interface PushDeps {
  readonly db: Db
  /** The city's private key. */
  readonly key: KeyObject
  readonly now: () => Date
  readonly registerNamed: (name: string) => Register | undefined
}

interface InTurn {
  /** Lets one push of a scope in after the other. */
  readonly inTurn: <T>(scope: string, work: () => Promise<T>) => Promise<T>
}

export interface Answered {
  readonly reply: Buffer
  readonly scope: string
  readonly device: string
  readonly ops: number
}

/**
 * Takes one push (SYNC §5.2, §5.4) and answers with the signed reply.
 *
 * Everything it does is one transaction under the scope's lock; the reply exists only once that is committed. Throws
 * {@link Refused} for a whole-batch refusal, after which nothing has been stored (but see quarantine).
 */
export async function push(deps: PushDeps & InTurn, raw: Buffer, encoding: string | undefined): Promise<Answered> {
  const signed = await readBody(raw, encoding)
  const header = readHeader(signed)
  const device = await findDevice(deps.db, header.scope, header.dev)
  if (device === undefined) throw new Refused('unknown-device')
  const lines = verifiedLines(PUSH_DOMAIN, signed, publicKeyOf(device.public_key))
  if (lines === null || !isCanonical(signed)) throw new Refused('bad-signature')
  const batch = readBatch(header, lines)
  const result = await deps.inTurn(header.scope, () => deps.db.transaction().execute((tx) => receive(deps, tx, batch)))
  if (result === 'revoked') {
    await quarantine(deps.db, batch, signed, deps.now())
    throw new Refused('device-revoked')
  }
  if (result instanceof Refused) throw result
  return { reply: result, scope: header.scope, device: header.dev, ops: batch.ops.length }
}

/** Base64 has spare bits at its end; only one spelling of a signature is taken, so that no byte can be changed. */
function isCanonical(signed: string): boolean {
  const text = /"ed25519:([^"]*)"\}\n?$/.exec(signed)?.[1] ?? ''
  return Buffer.from(text, 'base64').toString('base64') === text
}

const MOST_LOST_RECEIPTS = 10_000_000

/** A Refused that is returned, not thrown, commits what was found out on the way to it. */
async function receive(deps: PushDeps, tx: Tx, batch: Batch): Promise<Buffer | 'revoked' | Refused> {
  const { header } = batch
  await sql`set local lock_timeout = '15s'`.execute(tx)
  const scope = await lockScope(tx, header.scope)
  const device = scope && (await findDevice(tx, header.scope, header.dev))
  if (device === undefined) throw new Refused('unknown-device')
  if (device.state === 'revoked') return 'revoked'
  const answered = await findAnswered(tx, batch)
  if (answered !== undefined) {
    if (answered.bodyHash !== batch.bodyHash) throw new Refused('batch-mismatch')
    return answered.reply
  }
  const ledger = await ledgerFor(tx, device, header)
  const changed = await epochChange(tx, scope as ScopeRow, ledger, header)
  if (changed !== null) return changed
  await checkSequence(tx, ledger, batch)
  return take(deps, tx, scope as ScopeRow, ledger, batch)
}

/**
 * Tells the desk when this database is not the one it knew.
 *
 * A desk that holds a receipt we have not reached yet proves that we were restored from a backup. The scope then gets
 * a new epoch, and its receipt numbers go on behind those already given out.
 */
async function epochChange(tx: Tx, scope: ScopeRow, ledger: LedgerRow, header: PushHeader): Promise<Refused | null> {
  const { server_epoch: known, counter } = scope
  // No backup is that old: the number is nonsense, and believing it would use up the numbers there are.
  if (header.lastReceipt > counter + MOST_LOST_RECEIPTS) throw new Refused('malformed', { reason: 'receipt' })
  if (header.serverEpoch === known && header.lastReceipt <= counter) return null
  const [serverEpoch, receipt] = header.serverEpoch === known ? [randomUUID(), header.lastReceipt] : [known, counter]
  await tx
    .updateTable('scope')
    .set({ server_epoch: serverEpoch, counter: receipt })
    .where('scope', '=', scope.scope)
    .execute()
  return new Refused('server-epoch-changed', { knownThrough: ledger.accepted_through, serverEpoch, receipt })
}

async function take(deps: PushDeps, tx: Tx, scope: ScopeRow, ledger: LedgerRow, batch: Batch): Promise<Buffer> {
  const now = deps.now()
  const receipt = scope.counter + 1
  const { header } = batch
  const work = openWorkspace(scope.scope, receipt, deps.registerNamed)
  await loadScope(tx, work)
  await loadRange(tx, work, ledger, header.from, Math.min(header.to, ledger.accepted_through))
  const fresh = batch.ops
    .filter((op) => op.seq > ledger.accepted_through)
    .map((read) => ({ read, state: newState(header, read) }))
  const after = advanced(ledger, batch, fresh)
  work.ledgers.set(ledgerKey(after), after)
  await judgeFresh(tx, work, fresh)
  await judgeReleased(tx, work)
  await saveWorkspace(tx, work, fresh, now)
  const verdicts = await verdictsFor(tx, work, ledger, batch)
  const reply = replyBytes(scope, after, receipt, verdicts, { key: deps.key, now })
  await saveReceipt(tx, batch, { n: receipt, reply, quiet: verdicts.length === 0 }, now)
  await noteContact(tx, after, batch, now)
  return reply
}

function advanced(ledger: LedgerRow, batch: Batch, fresh: readonly FreshOp[]): LedgerRow {
  const last = fresh.at(-1)?.read
  const first = fresh.find(({ read }) => read.seq === 1)?.read
  const founding_txn = ledger.founding && first ? (first.line?.txn ?? null) : ledger.founding_txn
  return last === undefined ? ledger : { ...ledger, accepted_through: last.seq, head: batch.header.head, founding_txn }
}

const newState = (header: PushHeader, read: ReadOp): OpState => ({
  device: header.dev,
  epoch: header.epoch,
  seq: read.seq,
  bytesHash: read.bytesHash,
  ent: read.ent,
  recordId: read.recordId,
  of: read.line?.of ?? null,
  line: read.line,
  verdict: 'held',
  rev: null,
  revHash: null,
  merged: null,
  fields: null,
  problem: null,
  supersededBy: null,
  waitsFor: null,
  conceal: false,
  changed: null,
})

async function judgeFresh(tx: Tx, work: Workspace, fresh: readonly FreshOp[]): Promise<void> {
  const states = fresh.map(({ state }) => state)
  for (const state of states) addOp(work, state)
  await loadFor(tx, work, states)
  const view = viewOf(work)
  for (const { read, state } of fresh) {
    if (read.line !== null) record(work, state, judge(read.line, view))
    else if (read.problem === null) record(work, state, held(`${PARKED}protocol`))
    else record(work, state, { outcome: 'rejected', problem: read.problem, conceal: false })
  }
}

/** Judges what waited, again and again, until nothing more comes free. Each round gives at least one op its effect. */
async function judgeReleased(tx: Tx, work: Workspace): Promise<void> {
  const view = viewOf(work)
  while (work.touched.size > 0) {
    const keys = new Set(work.touched)
    work.touched.clear()
    await loadHeldOn(tx, work, [...keys])
    const released = heldOn(work, keys)
    await loadFor(tx, work, released)
    for (const op of released) {
      if (op.verdict !== 'held' || op.line === null) continue
      record(work, op, wasParked(op) ? judge(op.line, view) : settle(op.line, view))
    }
  }
}

async function verdictsFor(tx: Tx, work: Workspace, ledger: LedgerRow, { header, ops }: Batch) {
  const known = ledger.accepted_through
  const own = ops.map(({ seq }) => verdictOf(work.ops.get(opKey(ledger, seq)) as OpState, seq <= known))
  const changed = await loadChangedSince(tx, work, ledger, header)
  return [...own, ...changed.map((op) => verdictOf(op, false))]
}

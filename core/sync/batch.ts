import type { Db } from '../../db/schema.ts'
import { hashAt, opsAfter, type OutgoingOp, type SyncState } from '../../db/repo/sync.ts'
import { opCounts, oldestPending } from '../../db/repo/op.ts'
import { localInstantOf } from '../../shared/domain/dates.ts'
import {
  MAX_BATCH_BYTES,
  MAX_BATCH_OPS,
  PROTOCOL_VERSION,
  PUSH_DOMAIN,
  type PushHeader,
} from '../../shared/sync/protocol.ts'
import { GENESIS } from '../ledger/chain.ts'
import { privateKeyOf, signLines } from '../ledger/signature.ts'
import type { LedgerIdentity } from '../ledger/append.ts'

/** Leaves room for the header and signature lines. */
const BYTES_FOR_OPS = MAX_BATCH_BYTES - 4_000

export interface Batch {
  readonly header: PushHeader
  /** Header, op lines and signature, ready to send. */
  readonly body: string
}

export interface BatchContext {
  readonly identity: LedgerIdentity
  /** PKCS#8 DER in base64. */
  readonly privateKey: string
  readonly version: string
  readonly batchId: string
  readonly now: Date
}

/** The next ops the city does not hold, as one signed push. With none left it still reports and fetches changed verdicts. */
export async function nextBatch(db: Db, state: SyncState, context: BatchContext): Promise<Batch> {
  const ops = sendable(await opsAfter(db, state.acceptedThrough, MAX_BATCH_OPS))
  const prev = state.acceptedThrough === 0 ? GENESIS : ((await hashAt(db, state.acceptedThrough)) ?? GENESIS)
  const { pending, attention } = await opCounts(db)
  const header: PushHeader = {
    v: PROTOCOL_VERSION,
    batch: context.batchId,
    scope: context.identity.scope,
    dev: context.identity.device,
    epoch: ops[0]?.epoch ?? context.identity.epoch,
    from: state.acceptedThrough + 1,
    to: state.acceptedThrough + ops.length,
    prev,
    head: ops.at(-1)?.hash ?? prev,
    serverEpoch: state.serverEpoch,
    lastReceipt: state.lastReceipt,
    app: context.version,
    // What will still wait once these have arrived: the console shows it until the next push.
    stats: { pending: Math.max(0, pending - ops.length), attention, oldest: await oldestPending(db) },
    clock: localInstantOf(context.now),
  }
  const lines = [JSON.stringify(header), ...ops.map((op) => op.bytes)].map((line) => `${line}\n`).join('')
  return { header, body: signLines(PUSH_DOMAIN, lines, privateKeyOf(context.privateKey)) }
}

/** As many as fit one push; a restored desk first sends what its former epoch still owes. */
function sendable(ops: readonly OutgoingOp[]): OutgoingOp[] {
  let bytes = 0
  const fits: OutgoingOp[] = []
  for (const op of ops) {
    bytes += Buffer.byteLength(op.bytes) + 1
    if (fits.length > 0 && (bytes > BYTES_FOR_OPS || op.epoch !== fits[0]?.epoch)) break
    fits.push(op)
  }
  return fits
}

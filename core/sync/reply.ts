import { Fault } from '../../shared/errors.ts'
import type { Db } from '../../db/schema.ts'
import type { Tx } from '../../db/open.ts'
import { hashAt, saveSyncState, storeReceipt, storeVerdict, type SyncState } from '../../db/repo/sync.ts'
import { REPLY_DOMAIN, ReplyHeader, Verdict, type PushHeader } from '../../shared/sync/protocol.ts'
import { GENESIS } from '../ledger/chain.ts'
import { publicKeyOf, verifiedLines } from '../ledger/signature.ts'

export interface ParsedReply {
  readonly header: ReplyHeader
  /** Last op of ours that the city is now known to hold. */
  readonly through: number
  readonly verdicts: readonly Verdict[]
  readonly bytes: string
}

/**
 * A push's reply, proved: signed by the pinned key, about this ledger, at the hash we have there.
 *
 * Whatever fails here did not come from the city that this desk enrolled at (SYNC §5.2-10), and nothing is marked.
 */
export async function provedReply(
  db: Db,
  state: SyncState,
  sent: Pick<PushHeader, 'epoch' | 'to'>,
  currentEpoch: string,
  bytes: string,
): Promise<ParsedReply> {
  const lines = verifiedLines(REPLY_DOMAIN, bytes, publicKeyOf(state.cityKey))
  if (lines === null) throw new Fault('city-impostor', { status: 200 })
  const [first, ...rest] = lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown)
  const header = ReplyHeader.parse(first)
  const { accepted } = header
  const ours = accepted.through === 0 ? GENESIS : await hashAt(db, accepted.through)
  // Of a former epoch the city may hold more than a restored backup does: what was made after it and is lost here.
  const beyond = accepted.epoch !== currentEpoch && accepted.through > sent.to
  if (accepted.epoch !== sent.epoch || (accepted.head !== ours && !beyond))
    throw new Fault('sequence-fork', { seq: accepted.through })
  const through = beyond ? sent.to : accepted.through
  return { header, through, verdicts: rest.map((line) => Verdict.parse(line)), bytes }
}

/** Stores receipt, verdicts and cursor in one transaction: only after it may anything be called reported. */
export async function storeReply(tx: Tx, state: SyncState, reply: ParsedReply, at: string): Promise<SyncState> {
  for (const verdict of reply.verdicts) {
    // Of a former epoch the city may answer what only the lost install had made.
    if (verdict.seq > reply.through) continue
    if (!storeVerdict(tx, verdict, at)) throw new Fault('sequence-fork', { seq: verdict.seq })
  }
  storeReceipt(tx, reply.header.receipt, at, reply.bytes)
  const next: SyncState = {
    ...state,
    serverEpoch: reply.header.serverEpoch,
    acceptedThrough: reply.through,
    lastReceipt: reply.header.receipt,
    lastReceiptAt: at,
    attempt: 0,
    failure: null,
  }
  await saveSyncState(tx, next)
  return next
}

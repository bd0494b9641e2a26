import type { KeyObject } from 'node:crypto'
import { signLines } from '../../core/ledger/signature.ts'
import { localInstantOf } from '../../shared/domain/dates.ts'
import { REPLY_DOMAIN, type ReplyHeader, type Verdict } from '../../shared/sync/protocol.ts'
import type { LedgerRow, ScopeRow } from './schema.ts'
import type { OpState } from './workspace.ts'

/** What one op's line in the reply says. `repeated`: its bytes had been received before. */
export function verdictOf(op: OpState, repeated: boolean): Verdict {
  // Only what took effect is called a duplicate: a desk that missed the first answer must still learn of a rejection.
  const known = repeated && (op.verdict === 'applied' || op.verdict === 'merged')
  return {
    seq: op.seq,
    h: op.bytesHash,
    verdict: known ? 'duplicate' : op.verdict,
    ...(op.rev === null ? {} : { rev: op.rev }),
    ...(op.revHash === null ? {} : { revHash: op.revHash }),
    ...(op.merged === null ? {} : { merged: [...op.merged] }),
    ...(op.fields === null ? {} : { fields: [...op.fields] }),
    ...(op.problem === null ? {} : { problem: op.problem }),
    ...(op.supersededBy === null ? {} : { supersededBy: op.supersededBy }),
  }
}

/** The signed reply: header, verdicts in the order given, signature. Its bytes are the receipt. */
export function replyBytes(
  scope: ScopeRow,
  ledger: LedgerRow,
  receipt: number,
  verdicts: readonly Verdict[],
  { key, now }: { key: KeyObject; now: Date },
): Buffer {
  const header: ReplyHeader = {
    serverEpoch: scope.server_epoch,
    serverTime: localInstantOf(now),
    receipt,
    accepted: { epoch: ledger.epoch, through: ledger.accepted_through, head: ledger.head },
  }
  const lines = [header, ...verdicts].map((line) => `${JSON.stringify(line)}\n`).join('')
  return Buffer.from(signLines(REPLY_DOMAIN, lines, key))
}

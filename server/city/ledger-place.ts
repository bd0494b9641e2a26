import { GENESIS } from '../../core/ledger/chain.ts'
import type { PushHeader } from '../../shared/sync/protocol.ts'
import type { Batch } from './batch.ts'
import { Refused } from './problem.ts'
import { beginLedger, ledgersOf } from './repo/device.ts'
import type { DeviceRow, LedgerRow, Tx } from './schema.ts'

/**
 * The ledger a push belongs to.
 *
 * A new epoch begins one: at 1, or (a desk restored from a backup keeps its numbers) right behind an op that the city
 * has of an earlier epoch, proved by its chain hash. An epoch that another has taken over from may only repeat itself:
 * with new ops two installs would work on the same records unseen. Throws Refused.
 */
export async function ledgerFor(tx: Tx, device: DeviceRow, header: PushHeader): Promise<LedgerRow> {
  const ledgers = await ledgersOf(tx, header)
  const known = ledgers.find(({ epoch }) => epoch === header.epoch)
  if (known === undefined) return begin(tx, ledgers, device, header)
  const repeats = header.to >= header.from && header.to <= known.accepted_through
  if (known.epoch !== device.epoch && !repeats) throw new Refused('scope-in-use')
  return known
}

async function begin(tx: Tx, ledgers: readonly LedgerRow[], device: DeviceRow, header: PushHeader): Promise<LedgerRow> {
  const { scope, dev, epoch, from } = header
  const fresh = { scope, device: dev, epoch, founding_txn: null }
  // Only the first ledger after an enrolment is vouched for by the one-time code.
  if (from === 1) {
    const start = { accepted_through: 0, head: GENESIS, parent_epoch: null, branch: 0, founding: ledgers.length === 0 }
    return beginLedger(tx, { ...fresh, ...start })
  }
  const branch = from - 1
  const parent = await epochWith(tx, header, branch)
  if (parent === undefined) throw await lacking(tx, ledgers, device, header)
  const start = { accepted_through: branch, head: header.prev, parent_epoch: parent, branch, founding: false }
  return beginLedger(tx, { ...fresh, ...start })
}

/** The epoch of this device in which that op has the chain hash the header names. */
async function epochWith(tx: Tx, { scope, dev, prev }: PushHeader, seq: number): Promise<string | undefined> {
  const found = await tx
    .selectFrom('op')
    .select('epoch')
    .where('scope', '=', scope)
    .where('device', '=', dev)
    .where('seq', '=', seq)
    .where('chain_hash', '=', prev)
    .executeTakeFirst()
  return found?.epoch
}

/** Where a new epoch has to begin instead: behind what the city has, unless that is not what the desk has. */
async function lacking(tx: Tx, ledgers: readonly LedgerRow[], device: DeviceRow, header: PushHeader): Promise<Refused> {
  const current = ledgers.find(({ epoch }) => epoch === device.epoch)
  if (current === undefined || current.accepted_through < header.from - 1) {
    return new Refused('sequence-gap', { expected: (current?.accepted_through ?? 0) + 1 })
  }
  const ourHash = (await chainHashes(tx, current, header.from - 1, header.from - 1)).get(header.from - 1)
  return new Refused('sequence-fork', { seq: header.from - 1, ourHash })
}

/**
 * No gap before the batch, and where it overlaps with what the city has, the same bytes. Throws Refused.
 *
 * One without ops starts right behind what the city has: a desk that is further back has something to send. What comes
 * from further back is from a copy of the desk, or an old push that somebody recorded to read what becomes of later ops.
 */
export async function checkSequence(tx: Tx, ledger: LedgerRow, { header, ops }: Batch): Promise<void> {
  const known = ledger.accepted_through
  if (header.from > known + 1) throw new Refused('sequence-gap', { expected: known + 1 })
  if (ops.length === 0 && header.from <= known) throw new Refused('sequence-fork', { seq: known, ourHash: ledger.head })
  const hashes = await chainHashes(tx, ledger, header.from - 1, Math.max(header.from - 1, header.to))
  // Equal chain hashes prove equal bytes from the first op on, so the first that differs is where the ledgers part.
  const sent = [[header.from - 1, header.prev] as const, ...ops.map((op) => [op.seq, op.chainHash] as const)]
  const fork = sent.find(([seq, hash]) => hashes.has(seq) && hashes.get(seq) !== hash)
  if (fork !== undefined) throw new Refused('sequence-fork', { seq: fork[0], ourHash: hashes.get(fork[0]) })
}

/** Chain hash after each op of a ledger that the city has, from the epochs it is made of. */
async function chainHashes(tx: Tx, ledger: LedgerRow, from: number, to: number): Promise<Map<number, string>> {
  const { scope, device, epoch, branch, parent_epoch: parent } = ledger
  const rows = await tx
    .selectFrom('op')
    .select(['seq', 'chain_hash'])
    .where('scope', '=', scope)
    .where('device', '=', device)
    .where('epoch', '=', epoch)
    .where('seq', '>=', from)
    .where('seq', '<=', to)
    .execute()
  const own = rows.map((row) => [row.seq, row.chain_hash] as const)
  if (parent === null) return new Map([[0, GENESIS], ...own])
  if (from > branch) return new Map(own)
  const earlier = await tx
    .selectFrom('ledger')
    .selectAll()
    .where('scope', '=', scope)
    .where('device', '=', device)
    .where('epoch', '=', parent)
    .executeTakeFirstOrThrow()
  return new Map([...(await chainHashes(tx, earlier, from, Math.min(to, branch))), ...own])
}

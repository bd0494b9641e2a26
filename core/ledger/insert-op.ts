import type { Tx } from '../../db/open.ts'
import type { OpTable } from '../../db/schema.ts'
import { Fault, type FaultParams } from '../../shared/errors.ts'
import { MAX_OP_BYTES, type OpLine } from '../../shared/sync/protocol.ts'
import { chainHash, hashBytes } from './chain.ts'

/** Here, where nothing is saved yet: the city would refuse it, and every repair would carry all of it again. */
const tooLarge = ({ ent, id, set }: OpLine, bytes: string): FaultParams => ({
  register: ent,
  recordId: id,
  name: typeof set['name'] === 'string' ? set['name'] : '',
  size: Math.ceil(Buffer.byteLength(bytes) / 1000),
  limit: MAX_OP_BYTES / 1000,
})

/** Stores an op and the columns lists are made from, behind the op of hash `previous`; its own hash. @throws Fault `change-too-large` */
export function insertOp(
  tx: Tx,
  line: OpLine,
  previous: string,
  told: Pick<OpTable, 'version' | 'why' | 'changes'>,
): string {
  const bytes = JSON.stringify(line)
  if (Buffer.byteLength(bytes) > MAX_OP_BYTES) throw new Fault('change-too-large', tooLarge(line, bytes))
  const bytesHash = hashBytes(bytes)
  const hash = chainHash(previous, bytesHash)
  tx.prepare(
    `insert into op (seq, epoch, register, record_id, kind, txn, by_officer, at, undoes, why, of_seq, bytes, bytes_hash, hash,
       version, changes)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    line.seq,
    line.epoch,
    line.ent,
    line.id,
    line.k,
    line.txn,
    line.by,
    line.at,
    line['undoes'] ?? null,
    told.why,
    line.of ?? null,
    bytes,
    bytesHash,
    hash,
    told.version,
    told.changes,
  )
  return hash
}

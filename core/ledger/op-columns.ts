import type { OpLine } from '../../shared/sync/protocol.ts'

/** The columns of an op that lists are made from: copies of what its bytes say, written with them and held against them. */
export const columnsOf = (line: OpLine) => ({
  seq: line.seq,
  epoch: line.epoch,
  register: line.ent,
  record_id: line.id,
  kind: line.k,
  txn: line.txn,
  by_officer: line.by,
  at: line.at,
  undoes: (line['undoes'] as string | undefined) ?? null,
  of_seq: line.of ?? null,
})

import { migration } from './define.ts'

/** History moves into the op it was written with: one row and one index less for every change. */
export const oneLedger = migration(
  '0004-one-ledger',
  `alter table op add column version integer not null default 1 check (version > 0)`,
  `alter table op add column changes text`,
  `update op set version = r.version, changes = r.changes from revision r where r.seq = op.seq`,
  `drop table revision`,
  `drop index op_by_record`,
  `create unique index op_by_record on op (record_id, version, register)`,
)

import type { ColumnType, Generated, Kysely } from 'kysely'
import type * as z from 'zod'
import type { REGISTERS, RegisterName } from '../shared/domain/registers.ts'
import type { Field, Register } from '../shared/domain/register.ts'

type SnakeCase<S extends string> = S extends `${infer Head}${infer Tail}`
  ? Head extends Lowercase<Head>
    ? `${Head}${SnakeCase<Tail>}`
    : `_${Lowercase<Head>}${SnakeCase<Tail>}`
  : S
type TableName<S extends string> = S extends `${infer Head}-${infer Tail}` ? `${Head}_${TableName<Tail>}` : S

type Raw<F> =
  F extends Field<infer S, infer T>
    ? T extends 'json'
      ? string | null
      : T extends 'flag'
        ? 0 | 1 | null
        : z.output<S>
    : never

/** Readable, never insertable or updatable through a query: register tables are written by `put` alone. */
type ReadOnly<T> = ColumnType<T, never, never>

/** A value that nobody has. Read-only columns alone would leave an insert that asks for nothing and takes anything. */
interface ByPutAlone {
  readonly byPutAlone: never
}

export interface MetaColumns {
  id: ColumnType<string, ByPutAlone, never>
  version: ReadOnly<number>
  voided: ReadOnly<0 | 1>
  void_reason: ReadOnly<string | null>
  created_at: ReadOnly<string>
  updated_at: ReadOnly<string>
  /** Fields of newer versions as JSON, kept and given back untouched (SYNC §5.2-9). */
  unknown: ReadOnly<string | null>
}
type RegisterTable<R extends Register> = MetaColumns & {
  [K in keyof R['fields'] & string as SnakeCase<K>]: ReadOnly<Raw<R['fields'][K]>>
}
type RegisterTables = { [N in RegisterName as TableName<N>]: RegisterTable<(typeof REGISTERS)[N]> }

/** State of an op: where it is on its way. `duplicate` is stored as applied; `superseded` was rejected and repaired. */
export const OP_STATES = ['unsent', 'held', 'applied', 'merged', 'conflict', 'rejected', 'superseded'] as const
export type OpState = (typeof OP_STATES)[number]

export interface OpTable {
  seq: number
  epoch: string
  register: string
  record_id: string
  kind: string
  txn: string
  by_officer: string
  at: string
  /** The transaction this one undoes, if it does. */
  undoes: string | null
  /** The officer's reason; travels only where the register lets it. */
  why: string | null
  of_seq: number | null
  /** Exact bytes of the line; null once erased on instruction. */
  bytes: string | null
  bytes_hash: string
  hash: string
  state: OpState
  rev: number | null
  problem: string | null
  answered_at: string | null
  /** Of the record, as this op left it. */
  version: number
  /** `{ field: [was, now] }`, `voided` among them; see `changesOf` in repo/history. Null once erased on instruction. */
  changes: string | null
}
export interface CityRevisionTable {
  register: string
  record_id: string
  rev: number
  rev_hash: string | null
  seq: number
}
export interface ReceiptTable {
  n: number
  at: string
  bytes: string
}
export interface AccessLogTable {
  n: Generated<number>
  at: string
  by_officer: string
  by_name: string
  action: string
  register: string | null
  record_id: string | null
  detail: string | null
  hash: string
}
export interface DraftTable {
  officer_id: string
  key: string
  content: string
  updated_at: string
}
export interface LocalSettingTable {
  key: string
  value: string
}
/** Derived from cadre names for search and order; rebuilt from them, never synced. */
export interface CadreNameTable {
  cadre_id: string
  pinyin: string
  /** All readings' full pinyin and initials, space-separated, for search. */
  search: string
}

export interface BlobTable {
  sha256: string
  kind: 'image/jpeg' | 'image/png'
  bytes: Buffer
  created_at: string
}

export interface Schema extends RegisterTables {
  op: OpTable
  city_revision: CityRevisionTable
  receipt: ReceiptTable
  access_log: AccessLogTable
  draft: DraftTable
  local_setting: LocalSettingTable
  cadre_name: CadreNameTable
  blob: BlobTable
  migration: { name: string; at: string }
}

/** May read: the read-only connection, or the open transaction's own view. */
export type Db = Kysely<Schema>

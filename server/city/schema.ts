import type { ColumnType, Generated, Kysely, Selectable, Transaction } from 'kysely'
import type { NODE_KINDS } from '../../shared/contract/city.ts'
import type { ConflictField, Problem, Sealed } from '../../shared/sync/protocol.ts'

/** Written as JSON text, read as what it stands for. */
type Json<T> = ColumnType<T, string, string>
type JsonOrNull<T> = ColumnType<T | null, string | null, string | null>

export type NodeKind = (typeof NODE_KINDS)[number]

/** One row: who this server is. `server_epoch` is what a new scope starts with. */
interface ServerStateTable {
  one: true
  server_id: string
  server_epoch: string
  /** The city's public key; its private half is a file beside the data, never in the database. */
  city_key: string
}

/** 市 → 区市/开发区 → 镇街. */
interface NodeTable {
  code: string
  name: string
  parent: string | null
  kind: NodeKind
  created_at: Date
}

/** The row every writing transaction of a scope locks first: it orders them, and numbers their receipts. */
interface ScopeTable {
  scope: string
  counter: number
  /** Changes when the database turns out to be an older copy of itself (SYNC §5.2-16). */
  server_epoch: string
}

interface EnrolCodeTable {
  scope: string
  code_hash: string
  expires_at: Date
  used_at: Date | null
  used_by: string | null
}

interface DeviceTable {
  scope: string
  device: string
  public_key: string
  state: 'active' | 'revoked'
  /** The install that reports now. */
  epoch: string
  enrolled_at: Date
  last_contact: Date | null
  app_version: string
  pending: number | null
  oldest: string | null
  attention: number | null
}

/** One install's ledger, as far as the city has it. */
interface LedgerTable {
  scope: string
  device: string
  epoch: string
  accepted_through: number
  head: string
  /** A restored desk goes on from its backup: up to `branch` its ledger is that of the epoch before. */
  parent_epoch: string | null
  branch: number
  /** The transaction that founded the ledger of an enrolled device; null for a restored one. */
  founding_txn: string | null
  founding: boolean
}

export type StoredVerdict = 'applied' | 'merged' | 'conflict' | 'held' | 'rejected'

interface OpTable {
  scope: string
  device: string
  epoch: string
  seq: number
  /** The exact line. Null when it held content that must not be here; hash and chain still prove it. */
  bytes: Buffer | null
  bytes_hash: string
  chain_hash: string
  ent: string | null
  record_id: string | null
  kind: string | null
  of_seq: number | null
  verdict: StoredVerdict
  rev: number | null
  rev_hash: string | null
  merged: JsonOrNull<string[]>
  fields: JsonOrNull<ConflictField[]>
  problem: JsonOrNull<Problem>
  superseded_by: number | null
  /** While held: `op:…`, `rec:…`, `by:…` or `parked:…`. */
  waits_for: string | null
  /** Receipt in which the verdict last changed. */
  verdict_in: number
  received_at: Date
}

interface RecordTable {
  scope: string
  id: string
  ent: string
  rev: number
  data: Json<Record<string, unknown>>
  sealed: Json<Record<string, Sealed>>
  voided: boolean
  why: string | null
  rev_hash: string
}

interface RevisionTable extends RecordTable {
  device: string
  epoch: string
  seq: number
  receipt: number
}

/** The losing value of a conflict, kept until a person decides. */
interface ProposalTable {
  scope: string
  proposal: string
  ent: string
  record_id: string
  field: string
  value: JsonOrNull<unknown>
  sealed: JsonOrNull<Sealed>
  against_rev: number
  device: string
  epoch: string
  seq: number
  state: 'open' | 'replaced'
}

interface ReceiptTable {
  scope: string
  n: number
  device: string
  epoch: string
  bytes: Buffer
  made_at: Date
  /** It brought no verdict. */
  quiet: Generated<boolean>
}

interface BatchTable {
  scope: string
  batch: string
  body_hash: string
  receipt: number
}

interface QuarantineTable {
  scope: string
  device: string
  body_hash: string
  batch: string
  bytes: Buffer
  received_at: Date
}

interface AccountTable {
  name: string
  node: string
  role: string
  password_hash: string
  created_at: Date
}

interface SessionTable {
  token_hash: string
  account: string
  expires_at: Date
}

interface SignInFailureTable {
  name: string
  failures: number
  until: Date | null
}

export interface Schema {
  server_state: ServerStateTable
  node: NodeTable
  scope: ScopeTable
  enrol_code: EnrolCodeTable
  device: DeviceTable
  ledger: LedgerTable
  op: OpTable
  record: RecordTable
  revision: RevisionTable
  proposal: ProposalTable
  receipt: ReceiptTable
  batch: BatchTable
  quarantine: QuarantineTable
  account: AccountTable
  session: SessionTable
  sign_in_failure: SignInFailureTable
}

/** May read; a {@link Tx} is one too. */
export type Db = Kysely<Schema>
/** May write. */
export type Tx = Transaction<Schema>

export type DeviceRow = Selectable<DeviceTable>
export type LedgerRow = Selectable<LedgerTable>
export type OpRow = Selectable<OpTable>
export type RecordRow = Selectable<RecordTable>
export type NodeRow = Selectable<NodeTable>
export type ScopeRow = Selectable<ScopeTable>

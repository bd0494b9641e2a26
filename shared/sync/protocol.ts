import * as z from 'zod'

export const PROTOCOL_VERSION = 1
/** Limits of one push (SYNC §5.4). */
export const MAX_BATCH_OPS = 500
export const MAX_BATCH_BYTES = 2_000_000
export const MAX_OP_BYTES = 256_000
/** What a batch and its reply are signed over: this line, then every byte before the signature line. */
export const PUSH_DOMAIN = 'zgt-push-v1\n'
export const REPLY_DOMAIN = 'zgt-reply-v1\n'
export const NDJSON = 'application/x-ndjson'

export const OP_KINDS = [
  'create',
  'patch',
  'void',
  'unvoid',
  'correct',
  'attach',
  'add',
  'remove',
  'resolve',
  'supersede',
  'report',
  'purge',
] as const
export type OpKind = (typeof OP_KINDS)[number]

/** A sealed value: AES-256-GCM text and an HMAC of the plain value, both base64, so that equality can be judged unread. */
export const Sealed = z.strictObject({ c: z.string(), m: z.string() })
export type Sealed = z.infer<typeof Sealed>

/** One op line: one changed record in one command. Stored and sent as the exact bytes; `loose` keeps what we do not know. */
export const OpLine = z.looseObject({
  v: z.literal(PROTOCOL_VERSION),
  scope: z.string().regex(/^\d{6,12}$/),
  dev: z.string().max(60),
  epoch: z.string().max(60),
  seq: z.int().positive(),
  ent: z.string().max(60),
  id: z.uuid(),
  k: z.string().max(30),
  /** Last city revision of the record stored here; 0 if none. */
  base: z.int().nonnegative(),
  /** Seq of this desk's latest unanswered op on the record, or null. */
  after: z.int().positive().nullable(),
  /** For `supersede`: the rejected seq; this op replaces it and everything held behind it on the same record. */
  of: z.int().positive().optional(),
  /** For `supersede`: whether the record is void from then on. Left out, that stays as it is at the city. */
  void: z.boolean().optional(),
  set: z.record(z.string(), z.unknown()),
  was: z.record(z.string(), z.unknown()),
  sealed: z.record(z.string(), Sealed),
  txn: z.uuid(),
  by: z.uuid(),
  at: z.string(),
  hlc: z.string(),
  sch: z.int().positive(),
  why: z.string().nullable(),
  blobs: z.array(z.string()),
})
export type OpLine = z.infer<typeof OpLine>

/** First line of a push. `to` is `from - 1` when it carries no op (a report of liveness that fetches changed verdicts). */
export const PushHeader = z.looseObject({
  v: z.literal(PROTOCOL_VERSION),
  batch: z.uuid(),
  scope: z.string().regex(/^\d{6,12}$/),
  dev: z.string().max(60),
  epoch: z.string().max(60),
  from: z.int().positive(),
  to: z.int().nonnegative(),
  /** Chain hash before the first and after the last op of this batch. */
  prev: z.string(),
  head: z.string(),
  /** The server epoch the desk knows. */
  serverEpoch: z.string(),
  lastReceipt: z.int().nonnegative(),
  app: z.string().max(30),
  stats: z.object({ pending: z.int(), oldest: z.string().nullable(), attention: z.int() }),
  clock: z.string(),
})
export type PushHeader = z.infer<typeof PushHeader>

export const SignatureLine = z.strictObject({ sig: z.string().startsWith('ed25519:') })

export const VERDICTS = ['applied', 'merged', 'conflict', 'held', 'rejected', 'duplicate'] as const
export type VerdictKind = (typeof VERDICTS)[number]
/** Why an op may be rejected; a rule's finding never is a reason (SYNC §5.2-6). */
export const REJECTIONS = ['schema-invalid', 'not-unique', 'not-owner', 'not-permitted', 'too-large'] as const
export type Rejection = (typeof REJECTIONS)[number]

/** RFC 9457 problem; `type` ends in a {@link Rejection} or a whole-batch refusal. `pointer` names the field, `/set/name`. */
export const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  pointer: z.string().optional(),
  fix: z.string().optional(),
})
export type Problem = z.infer<typeof Problem>

/**
 * What the city holds of a field in conflict, at the verdict's `rev`: readable, or sealed as some desk of the township
 * sent it, so that only the township can read it. Of the field `voided` the value is a boolean.
 */
export const CityValue = z.union([z.strictObject({ sealed: Sealed }), z.strictObject({ value: z.unknown() })])
export type CityValue = z.infer<typeof CityValue>

/** One field of a conflict. `city` is not said by verdicts that were given before it existed. */
export const ConflictField = z.object({ f: z.string(), proposal: z.string(), city: CityValue.optional() })
export type ConflictField = z.infer<typeof ConflictField>

/** The name a conflict about voiding goes by, among those of fields. */
export const VOIDED = 'voided'

/** The city's answer to one op. `rev` and `revHash` once it took effect. */
export const Verdict = z.looseObject({
  seq: z.int().positive(),
  /** Hash of the op's bytes. */
  h: z.string(),
  verdict: z.enum(VERDICTS),
  rev: z.int().positive().optional(),
  revHash: z.string().optional(),
  merged: z.array(z.string()).optional(),
  fields: z.array(ConflictField).optional(),
  problem: Problem.optional(),
  /** Seq of the op that repaired this one, or decided its conflict. */
  supersededBy: z.int().positive().optional(),
})
export type Verdict = z.infer<typeof Verdict>

/**
 * True when an op speaks of all those fields of its record, so that with a `supersede` it decides an earlier conflict on
 * them. Desk and city ask the same, or one of them would wait for a decision the other has closed.
 */
export const speaksOf = (line: Pick<OpLine, 'set' | 'sealed' | 'void'>, fields: readonly string[]): boolean =>
  fields.length > 0 &&
  fields.every((field) =>
    field === VOIDED ? line.void !== undefined : Object.hasOwn(line.set, field) || Object.hasOwn(line.sealed, field),
  )

/** First line of a reply. Verdict lines follow: of this batch, then those changed since `lastReceipt`; then the signature. */
export const ReplyHeader = z.looseObject({
  serverEpoch: z.string(),
  serverTime: z.string(),
  receipt: z.int().positive(),
  /** What the city now holds of this device's ledger; `head` must equal the desk's own chain hash there. */
  accepted: z.object({ epoch: z.string(), through: z.int().nonnegative(), head: z.string() }),
})
export type ReplyHeader = z.infer<typeof ReplyHeader>

/** Whole-batch refusals: HTTP status and the last part of the problem's type. */
export const REFUSALS = {
  'malformed': 400,
  'bad-signature': 401,
  'unknown-device': 401,
  'device-revoked': 403,
  'sequence-gap': 409,
  'sequence-fork': 409,
  'server-epoch-changed': 409,
  'scope-in-use': 409,
  'batch-mismatch': 422,
  'too-large': 413,
  'busy': 503,
} as const
export type Refusal = keyof typeof REFUSALS
export const problemType = (code: string): string => `urn:zugongtai:problem:${code}`
export const problemCode = (type: string): string => type.slice(type.lastIndexOf(':') + 1)

/** POST /v1/enrol. The device id is made on the PC from its key, because ops written before enrolment already carry it. */
export const EnrolRequest = z.object({
  code: z.string().max(60),
  scope: z.string().regex(/^\d{6,12}$/),
  dev: z.string().max(60),
  /** Ed25519 public key, SPKI DER in base64. */
  publicKey: z.string().max(200),
  epoch: z.string().max(60),
  unitName: z.string().max(60),
  app: z.string().max(30),
})
export type EnrolRequest = z.infer<typeof EnrolRequest>

export const EnrolReply = z.object({
  dev: z.string(),
  serverId: z.string(),
  serverEpoch: z.string(),
  /** The city's Ed25519 public key, SPKI DER in base64: pinned from now on. */
  cityKey: z.string(),
  /** The township's name at the city. */
  nodeName: z.string(),
})
export type EnrolReply = z.infer<typeof EnrolReply>

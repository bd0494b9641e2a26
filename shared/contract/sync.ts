import * as z from 'zod'
import { action, command, query } from './define.ts'
import { ROLES } from '../permissions.ts'
import { entries, FieldName, Page, Saved } from './record.ts'

export const SyncStatus = z.object({
  /** Changes the city has not finally answered (unsent, or held behind another). */
  pending: z.int(),
  /** Rejected or in conflict: a person must look. */
  attention: z.int(),
  /** Finally answered and stored at the city, or superseded by a repair. */
  answered: z.int(),
  lastReceiptAt: z.string().nullable(),
  /** Number of the last stored receipt. */
  lastReceipt: z.int().nullable(),
  enrolled: z.boolean(),
  cityUrl: z.string().nullable(),
  /** idle · waiting (back-off) · running */
  activity: z.enum(['idle', 'waiting', 'running']),
  /** While running: ops sent of ops to send. */
  sent: z.int(),
  toSend: z.int(),
  nextAttemptAt: z.string().nullable(),
  /** The last failure, a fault code; null after a success. */
  failure: z.object({ code: z.string(), params: z.record(z.string(), z.unknown()), at: z.string() }).nullable(),
  /** Since when the oldest pending change waits. */
  oldestPendingAt: z.string().nullable(),
  /** When it reports by itself; `everyMinutes: 0` is by the button only. */
  schedule: z.object({ everyMinutes: z.int(), atExit: z.boolean() }),
})
export type SyncStatus = z.infer<typeof SyncStatus>

/** A change as the sync page shows it. */
export const SyncRow = z.object({
  seq: z.int(),
  register: z.string(),
  recordId: z.uuid(),
  /** Name of the cadre, unit or officer the change is about. */
  label: z.string(),
  kind: z.string(),
  fields: z.array(z.string()),
  at: z.string(),
  byName: z.string(),
  state: z.enum(['unsent', 'held', 'applied', 'merged', 'conflict', 'rejected', 'superseded']),
  problem: z
    .object({
      code: z.string(),
      detail: z.string().nullable(),
      field: z.string().nullable(),
      /** Of a conflict, all that is in it. */
      fields: z.array(z.string()),
    })
    .nullable(),
  answeredAt: z.string().nullable(),
})
export type SyncRow = z.infer<typeof SyncRow>

/** One field of a conflict: what the township says, and what the city holds. */
export const ConflictRow = z.object({
  /** Its name, or `voided`. */
  field: z.string(),
  /** Null as well where `hidden`. */
  ours: z.unknown(),
  theirs: z.unknown(),
  /** False when the city did not say its value: an older verdict, or one sealed by another township. */
  known: z.boolean(),
  /** `masked` shown in part · `hidden` not at all until `sync.reveal` · `open` as it is */
  shown: z.enum(['open', 'masked', 'hidden']),
  /** Who saved the township's value, when, and the reason given. */
  byName: z.string(),
  at: z.string(),
  why: z.string().nullable(),
})
export type ConflictRow = z.infer<typeof ConflictRow>

/** All that is in conflict on one record; it is decided at once. */
export const Conflict = z.object({
  seq: z.int(),
  register: z.string(),
  recordId: z.uuid(),
  label: z.string(),
  version: z.int(),
  /** True when the record is void in the township. */
  voided: z.boolean(),
  answeredAt: z.string().nullable(),
  fields: z.array(ConflictRow),
  mayReveal: z.boolean(),
  maySettle: z.boolean(),
  /** Roles that may decide this one, for the sentence of those who may not. */
  deciders: z.array(z.enum(ROLES)),
})
export type Conflict = z.infer<typeof Conflict>

/** Whose value a field of a conflict takes. */
export const Choice = z.discriminatedUnion('take', [
  z.object({ take: z.literal('ours') }),
  z.object({ take: z.literal('theirs') }),
  z.object({ take: z.literal('value'), value: z.unknown() }),
])
export type Choice = z.infer<typeof Choice>

export const syncContract = {
  'sync.status': query({ can: 'signed-in', passive: true, input: z.object({}), output: SyncStatus }),
  'sync.list': query({
    can: 'sync:read',
    input: z.object({ state: z.enum(['pending', 'attention', 'answered']), ...Page }),
    output: z.object({ total: z.int(), rows: z.array(SyncRow) }),
  }),
  /** Sends what is due and waits for the end of it; the answer is the status afterwards. Bypasses the back-off. */
  'sync.run': action({ can: 'sync:run', input: z.object({}), output: SyncStatus }),
  /** Registers this PC at the city by one-time code and pins the city's key. */
  'sync.enrol': action({
    can: 'sync:enrol',
    input: z.object({
      city: z.url().max(2_000),
      code: z.string().trim().min(4).max(60),
      allowHttp: z.boolean().default(false),
    }),
    output: SyncStatus,
  }),
  /** What is in conflict on the record of that change, both sides. Values follow the register's own get and reveal. */
  'sync.conflict': query({ can: 'sync:read', input: z.object({ seq: z.int().min(1) }), output: Conflict }),
  /** Both sides of masked and hidden values. Writes the access log before it answers. */
  'sync.reveal': command({
    can: 'sync:read',
    input: z.object({ seq: z.int().min(1), fields: z.array(FieldName).min(1).max(60) }),
    output: z.object({ values: z.record(z.string(), z.object({ ours: z.unknown(), theirs: z.unknown() })) }),
  }),
  /**
   * Decides a conflict: one choice for every field of it. A field whose own value stays is reported again all the same.
   * `version` is the record's as read; `why` is asked for when the record becomes void.
   */
  'sync.settle': command({
    can: 'sync:read',
    input: z.object({
      seq: z.int().min(1),
      version: z.int().nonnegative(),
      choose: entries(Choice, 60),
      why: z.string().trim().min(1).max(200).optional(),
    }),
    output: Saved,
  }),
  'sync.schedule': command({
    can: 'sync:run',
    /** Minutes between automatic reports; 0 switches the schedule off. `atExit` reports once more when the desk closes. */
    input: z.object({ everyMinutes: z.int().min(0).max(1440), atExit: z.boolean() }),
    output: z.object({}),
  }),
}

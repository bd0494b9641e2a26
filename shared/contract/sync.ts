import * as z from 'zod'
import { action, command, query } from './define.ts'
import { Page } from './record.ts'

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
      params: z.record(z.string(), z.unknown()),
    })
    .nullable(),
  answeredAt: z.string().nullable(),
})
export type SyncRow = z.infer<typeof SyncRow>

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
    input: z.object({ city: z.url(), code: z.string().trim().min(4).max(60), allowHttp: z.boolean().default(false) }),
    output: SyncStatus,
  }),
  'sync.schedule': command({
    can: 'sync:run',
    /** Minutes between automatic reports; 0 switches the schedule off. `atExit` reports once more when the desk closes. */
    input: z.object({ everyMinutes: z.int().min(0).max(1440), atExit: z.boolean() }),
    output: z.object({}),
  }),
}

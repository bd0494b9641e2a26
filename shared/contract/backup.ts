import * as z from 'zod'
import { action, command, query } from './define.ts'

export const BackupRow = z.object({
  folder: z.string(),
  at: z.string(),
  bytes: z.int(),
  ops: z.int(),
  /** Changes that were not yet reported when it was made. */
  unreported: z.int(),
})
export type BackupRow = z.infer<typeof BackupRow>

/** Backups: daily and on demand, to a chosen folder, verified by opening; restoring is the desk's own life (`desk.restore`). */
export const backupContract = {
  'backup.list': query({
    can: 'backup:run',
    input: z.object({}),
    output: z.object({
      folder: z.string(),
      keep: z.int(),
      daily: z.boolean(),
      /** The last failure of a daily backup, a fault code; null after a success. */
      failure: z.object({ code: z.string(), at: z.string() }).nullable(),
      rows: z.array(BackupRow),
    }),
  }),
  'backup.make': action({ can: 'backup:run', input: z.object({ folder: z.string().max(1_000).optional() }), output: BackupRow }),
  'backup.schedule': command({
    can: 'backup:run',
    /** `folder: null` is the `backup` folder beside the database; another disk is safer. */
    input: z.object({ folder: z.string().max(1_000).nullable(), keep: z.int().min(1).max(365), daily: z.boolean() }),
    output: z.object({}),
  }),
}

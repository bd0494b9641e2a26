import * as z from 'zod'
import { action, command, query } from './define.ts'

export const BackupRow = z.object({
  folder: z.string(),
  /** Code of the township it belongs to. */
  scope: z.string(),
  at: z.string(),
  bytes: z.int(),
  ops: z.int(),
  /** Changes that were not yet reported when it was made. */
  unreported: z.int(),
  /** Changes saved on this PC after it was made; null when that cannot be told. */
  since: z.int().nullable(),
  /** Whether its files are what its manifest says; not every one is read through when they are only listed. */
  state: z.enum(['whole', 'damaged', 'unchecked']),
})
export type BackupRow = z.infer<typeof BackupRow>

/** What the desk was restored from, told once to whoever works on it next. */
export const RestoredNote = z.object({
  /** When the backup was made; null when it was no backup of ours but a copied file, or what a damaged log had left. */
  backupAt: z.string().nullable(),
  restoredAt: z.string(),
  unreported: z.int().nullable(),
  /** Changes that had been saved after it and are not here; null when that cannot be told. */
  lost: z.int().nullable(),
  /** Where the files are that were there before. */
  kept: z.string().nullable(),
})
export type RestoredNote = z.infer<typeof RestoredNote>

/** Reading every page of the database: weekly, or by button. */
export const PageCheck = z.object({ at: z.string(), ok: z.boolean() })
export type PageCheck = z.infer<typeof PageCheck>

/** Backups: daily and on demand, to a chosen folder, verified by opening; restoring is the desk's own life (`desk.restore`). */
export const backupContract = {
  'backup.list': query({
    can: 'backup:run',
    input: z.object({}),
    output: z.object({
      folder: z.string(),
      keep: z.int(),
      daily: z.boolean(),
      /** The folder is there; a stick that is not plugged in is not. */
      reachable: z.boolean(),
      /** On the same disk as the data: one failure would take both. Null when that cannot be told. */
      sameDisk: z.boolean().nullable(),
      /** The last failure of a daily backup, a fault code; null after a success. */
      failure: z.object({ code: z.string(), at: z.string() }).nullable(),
      check: PageCheck.nullable(),
      rows: z.array(BackupRow),
    }),
  }),
  'backup.make': action({
    can: 'backup:run',
    input: z.object({ folder: z.string().max(1_000).optional() }),
    output: BackupRow,
  }),
  'backup.schedule': action({
    can: 'backup:run',
    /** `folder: null` is the `backup` folder beside the database; another disk is safer. */
    input: z.object({ folder: z.string().max(1_000).nullable(), keep: z.int().min(1).max(365), daily: z.boolean() }),
    output: z.object({}),
  }),
  /** Reads every page of the database now, in the background. */
  'backup.check': action({ can: 'backup:run', input: z.object({}), output: PageCheck }),
  /** What was restored, until somebody has read it. */
  'backup.restored': query({
    can: 'backup:run',
    input: z.object({}),
    output: z.object({ note: RestoredNote.nullable() }),
  }),
  'backup.dismissRestored': command({ can: 'backup:run', input: z.object({}), output: z.object({}) }),
}

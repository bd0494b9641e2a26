import * as z from 'zod'
import { command, query } from './define.ts'
import { Page } from './record.ts'

/** One change of a record: who, when, why, and each field's before and after. Restricted values are left out. */
export const ChangeEntry = z.object({
  seq: z.int(),
  txn: z.uuid(),
  register: z.string(),
  recordId: z.uuid(),
  kind: z.string(),
  at: z.string(),
  byName: z.string(),
  why: z.string().nullable(),
  fields: z.array(z.object({ field: z.string(), was: z.unknown(), now: z.unknown(), hidden: z.boolean() })),
  /** pending · held · applied · merged · conflict · rejected · superseded */
  state: z.string(),
})

/** History and undo; drafts, which are local and never synced. */
export const changeContract = {
  'change.list': query({
    can: 'signed-in',
    input: z.object({ register: z.string().max(60), recordId: z.uuid(), ...Page }),
    output: z.object({ total: z.int(), rows: z.array(ChangeEntry) }),
  }),
  /** Appends the inverse of every change of one transaction. What was edited or referenced since is kept and listed. */
  'change.undo': command({
    can: 'cadre:write',
    input: z.object({ txn: z.uuid() }),
    output: z.object({
      txn: z.uuid(),
      undone: z.int(),
      kept: z.array(
        z.object({
          register: z.string(),
          recordId: z.uuid(),
          label: z.string(),
          reason: z.enum(['edited', 'referenced']),
        }),
      ),
    }),
  }),
  'draft.list': query({
    can: 'signed-in',
    input: z.object({}),
    output: z.object({ rows: z.array(z.object({ key: z.string(), updatedAt: z.string(), content: z.unknown() })) }),
  }),
  'draft.save': command({
    can: 'signed-in',
    /** `content: null` throws the draft away. Keys are the form's: `talk`, `cadre:<id>`. Drafts are private to the officer. */
    input: z.object({ key: z.string().min(1).max(80), content: z.unknown() }),
    output: z.object({}),
  }),
  'access-log.list': query({
    can: 'access-log:read',
    input: z.object({ ...Page }),
    output: z.object({
      total: z.int(),
      rows: z.array(
        z.object({
          n: z.int(),
          at: z.string(),
          byName: z.string(),
          action: z.string(),
          register: z.string().nullable(),
          recordId: z.string().nullable(),
          detail: z.string().nullable(),
        }),
      ),
    }),
  }),
}

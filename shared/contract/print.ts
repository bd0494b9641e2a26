import * as z from 'zod'
import type { Capability } from '../permissions.ts'
import { command } from './define.ts'

/** A list of so many `rows`, or one record, of which the restricted `fields` are open on the screen and printed too. */
const Paper = z
  .object({
    rows: z.int().nonnegative().optional(),
    recordId: z.uuid().optional(),
    fields: z.array(z.string()).max(60).default([]),
  })
  .refine(({ rows, recordId }) => (rows === undefined) !== (recordId === undefined), 'either rows or recordId')

const printOf = (can: Capability) => command({ can, input: Paper, output: z.object({}) })

/** Writes to the access log what goes on paper, before it does. Whoever may see it on the screen may print it. */
export const printContract = {
  'print.cadre': printOf('cadre:read'),
  'print.talk': printOf('talk:read'),
}

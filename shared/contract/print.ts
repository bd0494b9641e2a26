import * as z from 'zod'
import type { Capability } from '../permissions.ts'
import { command } from './define.ts'

/** A list of so many `rows`, or one record, of which the restricted `fields` are open on the screen and printed too. */
const Paper = z.union([
  z.object({ rows: z.int().nonnegative() }),
  z.object({ recordId: z.uuid(), fields: z.array(z.string()).max(60) }),
])

const printOf = (can: Capability) => command({ can, input: Paper, output: z.object({}) })

/** Writes to the access log what goes on paper, before it does. Whoever may see it on the screen may print it. */
export const printContract = {
  'print.cadre': printOf('cadre:read'),
  'print.talk': printOf('talk:read'),
}

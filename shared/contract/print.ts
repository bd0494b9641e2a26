import * as z from 'zod'
import type { Capability } from '../permissions.ts'
import { command } from './define.ts'

const listOf = (can: Capability) =>
  command({ can, input: z.object({ rows: z.int().nonnegative() }), output: z.object({}) })

/** Writes to the access log what goes on paper, before it does. Whoever may see it on the screen may print it. */
export const printContract = {
  /** A list of so many `rows`. */
  'print.cadreList': listOf('cadre:read'),
  'print.talkList': listOf('talk:read'),
  /** One talk; `fields` are the restricted ones that are open on the screen and printed too. */
  'print.talk': command({
    can: 'talk:read',
    input: z.object({ recordId: z.uuid(), fields: z.array(z.string()).max(60) }),
    output: z.object({}),
  }),
}

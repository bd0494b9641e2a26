import * as z from 'zod'
import { flag, json, register, text, whole } from '../../shared/domain/register.ts'

// Compiled by `npm run check`, never run.

const line = z.string().nullable()

/** A field says how it merges, who sees it and how far it travels, or it does not compile: there is no default. */
export const undeclared = [
  // @ts-expect-error nothing declared
  text(line),
  // @ts-expect-error reach left out: it could leave the township unnoticed
  text(line, { merge: 'B', sensitivity: 'personal' }),
  // @ts-expect-error sensitivity left out
  text(line, { merge: 'B', reach: 'city' }),
  // @ts-expect-error merge class left out
  text(line, { sensitivity: 'personal', reach: 'city' }),
  // @ts-expect-error a reach that is not one
  text(line, { merge: 'B', sensitivity: 'personal', reach: 'province' }),
  // @ts-expect-error a sensitivity that is not one
  whole(z.int(), { merge: 'B', sensitivity: 'secret', reach: 'city' }),
  // @ts-expect-error a merge class that is not one
  flag(z.boolean(), { merge: 'F', sensitivity: 'plain', reach: 'city' }),
  // @ts-expect-error no schema
  json(undefined, { merge: 'B', sensitivity: 'plain', reach: 'city' }),
]

/** A register's references name its own fields. */
export const misreferred = register('made-up', {
  schemaVersion: 1,
  reasonReach: 'city',
  // @ts-expect-error no such field
  references: { nobodyId: 'cadre' },
  fields: { name: text(line, { merge: 'B', sensitivity: 'plain', reach: 'city' }) },
})

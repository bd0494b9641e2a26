import * as z from 'zod'
import { patchSchema, viewSchema, type Register } from '../domain/register.ts'
import type { Capability } from '../permissions.ts'
import { Finding } from '../rules/finding.ts'
import { command, query } from './define.ts'

export const Page = { limit: z.int().min(1).max(500).default(100), offset: z.int().nonnegative().default(0) }
/** The name of a field. */
export const FieldName = z.string().max(60)

/** An object of at most so many entries, for which zod has no word of its own. */
export const entries = <V extends z.ZodType>(value: V, most: number) =>
  z
    .record(FieldName, value)
    .refine((object) => Object.keys(object).length <= most)
    .meta({ maxProperties: most })

export const Saved = z.object({ id: z.uuid(), version: z.int(), findings: z.array(Finding) })

/** `save {id?, version?, set}`: a patch. Without id it creates; with one, `version` must be the version that was read. */
export const saveInput = <R extends Register>(reg: R) =>
  z.object({
    id: z.uuid().optional(),
    version: z.int().nonnegative().optional(),
    set: patchSchema(reg),
    /** Why, for the history; shown beside the change. */
    why: z.string().max(200).nullable().optional(),
  })

export const voidInput = z.object({
  id: z.uuid(),
  version: z.int().nonnegative(),
  reason: z.string().trim().min(1).max(200),
})

export const saveOf = <R extends Register>(reg: R, can: Capability) =>
  command({ can, input: saveInput(reg), output: Saved })
export const voidOf = (can: Capability) =>
  command({ can, input: voidInput, output: z.object({ id: z.uuid(), version: z.int() }) })
export const getOf = <R extends Register>(reg: R, can: Capability) =>
  query({ can, input: z.object({ id: z.uuid() }), output: z.object({ record: viewSchema(reg) }) })

/** `reveal {id, fields}` writes the access log before it answers. */
export const revealOf = (can: Capability) =>
  command({
    can,
    input: z.object({ id: z.uuid(), fields: z.array(FieldName).min(1).max(60) }),
    output: z.object({ values: z.record(z.string(), z.unknown()) }),
  })

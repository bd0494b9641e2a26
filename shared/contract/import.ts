import * as z from 'zod'
import { ROLL_GROUPS } from '../domain/cadre.ts'
import { action, query } from './define.ts'
import { entries } from './record.ts'

/**
 * What the imports of rosters and of forms share: a dry run that gives every row or file a verdict, what a person decides
 * about it, and one transaction that can be watched and ended before its time.
 */

/** Verdicts, in the order they are looked through: what would be written first, what would not last. */
export const IMPORT_STATES = ['added', 'changed', 'confirm', 'problem', 'unchanged'] as const
export const ImportState = z.enum(IMPORT_STATES)
export type ImportState = z.infer<typeof ImportState>

export const ImportCounts = z.object({
  added: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  problem: z.int(),
  confirm: z.int(),
  total: z.int(),
})
export type ImportCounts = z.infer<typeof ImportCounts>

/** Whom a row was matched with, by which key. `confirm` rows wait for a person to say whether it is the same one. */
export const ImportMatch = z.object({
  id: z.uuid(),
  name: z.string(),
  by: z.enum(['identity', 'name-birth', 'name']),
})

/** A field as it is on record and as the file has it. */
export const ImportChange = z.object({ field: z.string(), was: z.unknown(), now: z.unknown() })

/** Of every problem; its code is from the register's own list, and so is the sentence `<register>:problem.<code>`. */
export const ImportProblem = z.object({
  /** `error` keeps the row or file out; `warn` lets it in. */
  severity: z.enum(['error', 'warn']),
  field: z.string().nullable(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})

export const ImportId = z.object({ importId: z.uuid() })

/** As many as a roster is read to. */
const MOST_ROWS = 100_000

/** What a person decided while checking. */
export const ImportInput = ImportId.extend({
  /** What happens to people found on the roll already. */
  existing: z.enum(['update', 'skip']).default('update'),
  /** Row or file number → `same` (update that person), `new` (somebody else of that name and month) or `skip`. */
  confirmations: entries(z.enum(['same', 'new', 'skip']), MOST_ROWS).default({}),
  /** For people without unit and roll group: rows that name none, and forms, which never do. */
  defaults: z.object({ unitId: z.uuid().optional(), rollGroup: z.enum(ROLL_GROUPS).optional() }).default({}),
})

export const IMPORT_STAGES = ['reading', 'checking', 'ready', 'importing', 'done'] as const

export const importProgress = query({
  can: 'cadre:import',
  passive: true,
  input: ImportId,
  output: z.object({ stage: z.enum(IMPORT_STAGES), done: z.int(), total: z.int() }),
})

/** Forgets the dry run; an import under way ends with `cancelled` and leaves nothing behind. */
export const importCancel = action({ can: 'cadre:import', input: ImportId, output: z.object({}) })

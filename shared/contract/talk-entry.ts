import * as z from 'zod'
import { patchSchema } from '../domain/register.ts'
import { talk, TALK_TYPES, TalkPerson } from '../domain/talk.ts'
import { Finding } from '../rules/finding.ts'
import { command, query } from './define.ts'

/** Rows of one entry table, and talks of one save: a township's whole year, and still one quick transaction. */
export const ENTRY_ROWS = 500

/**
 * What cannot be saved as it is written in a cell. The page says it in a sentence (`talk:entry.problem.<code>`).
 *
 * `cadre-several` comes with the people of that name to choose among.
 */
export const ENTRY_PROBLEMS = [
  'cadre-missing',
  'cadre-unknown',
  'cadre-several',
  'date-missing',
  'date-no-day',
  'date-unreadable',
  'talker-missing',
  'talker-unreadable',
  'type-unknown',
] as const
export type EntryProblem = (typeof ENTRY_PROBLEMS)[number]

/**
 * What is worth a look and keeps nobody from saving: a talk that is already there or stands twice in the table, a cadre
 * who has left, a day without a year that can only have been last year's.
 */
export const ENTRY_NOTES = ['exists', 'twice', 'cadre-left', 'year-guessed'] as const

const cell = z.string().max(200)

/** The cells of one row that have to be understood, as they were typed or pasted; the other cells are plain text. */
export const EntryCells = z.object({
  cadre: cell,
  /** 单位, where the pasted table had such a column: tells two people of one name apart. */
  unit: cell.default(''),
  /** Chosen among several of that name. */
  cadreId: z.uuid().nullable().default(null),
  heldOn: cell,
  talker: cell,
  /** Chosen from the list; a name alone may be several people. */
  talkerChosen: TalkPerson.nullable().default(null),
  talkType: cell,
})
export type EntryCells = z.input<typeof EntryCells>

/** Somebody a name may mean, as much as is needed to tell them apart. */
export const EntryCadre = z.object({
  id: z.uuid(),
  name: z.string(),
  unitName: z.string().nullable(),
  postTitle: z.string().nullable(),
})
export type EntryCadre = z.infer<typeof EntryCadre>

/** What a row means: values where they are understood, and what is to be said about the others. */
export const EntryReading = z.object({
  cadre: EntryCadre.nullable(),
  /** Several of that name, when nobody was chosen yet. */
  cadres: z.array(EntryCadre),
  heldOn: z.string().nullable(),
  talker: TalkPerson.nullable(),
  talkerName: z.string().nullable(),
  talkType: z.enum(TALK_TYPES).nullable(),
  problems: z.array(z.enum(ENTRY_PROBLEMS)),
  notes: z.array(z.object({ code: z.enum(ENTRY_NOTES), params: z.record(z.string(), z.string()) })),
  findings: z.array(Finding),
})
export type EntryReading = z.infer<typeof EntryReading>

/** 批量补录: talks by the table, read first and saved together. */
export const talkEntryContract = {
  /**
   * Reads the cells of an entry table as offices write them; writes nothing and logs nothing.
   *
   * One answer per row, in the order of the rows. What was said in a talk is never asked for here.
   */
  'talk.readRows': query({
    can: 'talk:write',
    input: z.object({ rows: z.array(EntryCells).max(ENTRY_ROWS) }),
    output: z.object({ rows: z.array(EntryReading) }),
  }),
  /**
   * Saves new talks, all of them or none, in one transaction, so that one undo takes all of them back.
   *
   * Each row is the `set` of `talk.save` and held to the same rules. A fault names its `row`, counted from 0.
   */
  'talk.saveMany': command({
    can: 'talk:write',
    input: z.object({
      rows: z
        .array(z.object({ set: patchSchema(talk) }))
        .min(1)
        .max(ENTRY_ROWS),
    }),
    output: z.object({ txn: z.uuid(), ids: z.array(z.uuid()) }),
  }),
}

import * as z from 'zod'
import { ROLL_GROUPS } from '../domain/cadre.ts'
import { valuesSchema, viewSchema } from '../domain/register.ts'
import { talk, talkAssignment, TALK_FORMATS, TALK_OWN, TALK_TYPES } from '../domain/talk.ts'
import { command, query } from './define.ts'
import { getOf, Page, revealOf, Saved, saveInput, saveOf, voidOf } from './record.ts'

/** One row of the talk list: facts only, never what was said. */
export const TalkRow = z.object({
  id: z.uuid(),
  actId: z.uuid(),
  cadreId: z.uuid(),
  cadreName: z.string(),
  unitName: z.string().nullable(),
  heldOn: z.string(),
  recordedAt: z.string(),
  talkType: z.enum(TALK_TYPES),
  format: z.enum(TALK_FORMATS),
  talkerName: z.string(),
  principalName: z.string().nullable(),
  /** How many cadres sat together. */
  inAct: z.int(),
  hasContent: z.boolean(),
  followUp: z.enum(['none', 'open', 'overdue', 'closed']),
  followUpOwner: z.string().nullable(),
  followUpDue: z.string().nullable(),
  voided: z.boolean(),
  version: z.int(),
})
export type TalkRow = z.infer<typeof TalkRow>

export const CoverageRow = z.object({
  cadreId: z.uuid(),
  name: z.string(),
  unitId: z.uuid().nullable(),
  unitName: z.string().nullable(),
  postTitle: z.string().nullable(),
  /** Who is to talk to this person (谈话分工), if assigned. */
  talkerName: z.string().nullable(),
  lastTalkOn: z.string().nullable(),
})

const Tally = z.object({ onRoll: z.int(), talked: z.int(), rate: z.number().nullable() })

/** What each person of a sitting may have to themselves; left out, there is none. */
const ownValues = valuesSchema(talk)
  .pick(Object.fromEntries(TALK_OWN.map((field) => [field, true])) as Record<(typeof TALK_OWN)[number], true>)
  .partial().shape

export const talkContract = {
  'talk.list': query({
    can: 'talk:read',
    input: z.object({
      year: z.int().min(1949).max(2100).optional(),
      cadreId: z.uuid().optional(),
      /** Cadre's name or pinyin, or talker's name. */
      text: z.string().max(60).optional(),
      talkType: z.enum(TALK_TYPES).optional(),
      followUp: z.enum(['open', 'overdue', 'closed']).optional(),
      withVoided: z.boolean().default(false),
      ...Page,
    }),
    output: z.object({ total: z.int(), rows: z.array(TalkRow) }),
  }),
  'talk.get': getOf(talk, 'talk:read'),
  /**
   * Saves one talk; `others` creates the further records of the same sitting, each with what is that person's own
   * (TALK_OWN). On an existing talk `wholeAct` applies the common facts to every record of the sitting.
   *
   * Left out on create: `recorder` (the officer), `recordedAt` (now), `actId`, `talkType` (谈心谈话), `format`, `direction`.
   */
  'talk.save': command({
    can: 'talk:write',
    input: saveInput(talk).extend({
      others: z
        .array(z.object({ cadreId: z.uuid(), ...ownValues }))
        .max(200)
        .optional(),
      wholeAct: z.boolean().optional(),
    }),
    output: Saved.extend({ ids: z.array(z.uuid()) }),
  }),
  'talk.void': voidOf('talk:write'),
  'talk.reveal': revealOf('talk:content'),
  'talk.coverage': query({
    can: 'talk:read',
    input: z.object({ year: z.int().min(1949).max(2100) }),
    output: z.object({
      year: z.int(),
      asOf: z.string(),
      ...Tally.shape,
      missing: z.array(CoverageRow),
      byUnit: z.array(Tally.extend({ unitId: z.uuid().nullable(), unitName: z.string().nullable() })),
      byTalker: z.array(Tally.extend({ talkerName: z.string().nullable() })),
      /** 口径: what was counted, since when and on which document (null: 本软件设定). */
      basis: z.object({
        rollGroups: z.array(z.enum(ROLL_GROUPS)),
        talkTypes: z.array(z.enum(TALK_TYPES)),
        talkFormats: z.array(z.enum(TALK_FORMATS)),
        since: z.string().nullable(),
        document: z.string().nullable(),
      }),
    }),
  }),
  'talk-assignment.list': query({
    can: 'talk:read',
    input: z.object({ cadreId: z.uuid().optional() }),
    output: z.object({
      rows: z.array(z.object({ record: viewSchema(talkAssignment), cadreName: z.string(), talkerName: z.string() })),
    }),
  }),
  'talk-assignment.save': saveOf(talkAssignment, 'talk:write'),
  'talk-assignment.void': voidOf('talk:write'),
}

import * as z from 'zod'
import { cadre, ROLL_GROUPS, SEXES } from '../domain/cadre.ts'
import { viewSchema } from '../domain/register.ts'
import { Finding } from '../rules/finding.ts'
import { command, query } from './define.ts'
import { Page, revealOf, saveOf, voidOf } from './record.ts'

/** One row of the cadre list; identity numbers masked. */
export const CadreRow = z.object({
  id: z.uuid(),
  name: z.string(),
  sex: z.enum(SEXES).nullable(),
  birthMonth: z.string().nullable(),
  /** Full years today; null without a birth month. */
  age: z.int().nullable(),
  identityNumber: z.string().nullable(),
  unitId: z.uuid().nullable(),
  unitName: z.string().nullable(),
  postTitle: z.string().nullable(),
  rank: z.string().nullable(),
  rollGroup: z.enum(ROLL_GROUPS),
  politicalStatus: z.string().nullable(),
  fullTimeEducation: z.string().nullable(),
  inServiceEducation: z.string().nullable(),
  onRoll: z.boolean(),
  /** A countable talk was held this calendar year. */
  talkedThisYear: z.boolean(),
  lastTalkOn: z.string().nullable(),
  /** The city has answered every change of this record; false while one is pending or needs attention. */
  reported: z.boolean(),
  version: z.int(),
})
export type CadreRow = z.infer<typeof CadreRow>

export const CadreFilter = z.object({
  /** Name, full pinyin, initials, or the first or last digits of the identity number. */
  text: z.string().max(60).optional(),
  /** That unit and everything below it. */
  unitId: z.uuid().optional(),
  rollGroup: z.array(z.enum(ROLL_GROUPS)).max(ROLL_GROUPS.length).optional(),
  sex: z.enum(SEXES).optional(),
  /** `here` on the roll today (default) · `left` no longer · `all` */
  presence: z.enum(['here', 'left', 'all']).default('here'),
  /** `yes` talked to this year · `no` on the W18 list of those not yet talked to */
  talked: z.enum(['yes', 'no']).optional(),
})

/** A photo as the form's own crop gives it; imported ones may be larger. */
export const MAX_CROPPED_PHOTO_BYTES = 1024 * 1024

export const cadreContract = {
  'cadre.list': query({
    can: 'cadre:read',
    input: CadreFilter.extend({
      ...Page,
      sort: z.enum(['order', 'name', 'birthMonth', 'lastTalkOn']).default('order'),
    }),
    output: z.object({ total: z.int(), rows: z.array(CadreRow) }),
  }),
  'cadre.get': query({
    can: 'cadre:read',
    input: z.object({ id: z.uuid() }),
    output: z.object({
      record: viewSchema(cadre),
      unitName: z.string().nullable(),
      age: z.int().nullable(),
      onRoll: z.boolean(),
      talkedThisYear: z.boolean(),
      lastTalkOn: z.string().nullable(),
      findings: z.array(Finding),
      /** How the city has answered the changes of this record. */
      report: z.object({ pending: z.int(), attention: z.int(), answered: z.int() }),
    }),
  }),
  'cadre.save': saveOf(cadre, 'cadre:write'),
  'cadre.void': voidOf('cadre:write'),
  'cadre.reveal': revealOf('cadre:reveal'),
  /** JPEG or PNG by content; null where there is none, or where only another PC of the township has it. */
  'cadre.photo': query({
    can: 'cadre:read',
    input: z.object({ id: z.uuid() }),
    output: z.object({
      kind: z.enum(['image/jpeg', 'image/png']).nullable(),
      /** Base64. */ content: z.string().nullable(),
    }),
  }),
  'cadre.setPhoto': command({
    can: 'cadre:write',
    input: z.object({
      id: z.uuid(),
      version: z.int().nonnegative(),
      /** Base64 of a JPEG or PNG of at most 1 MB; null takes the photo away. */
      content: z.string().max(1_900_000).nullable(),
    }),
    output: z.object({ id: z.uuid(), version: z.int() }),
  }),
}

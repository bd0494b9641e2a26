import * as z from 'zod'
import { cadre, type Cadre } from '../domain/cadre.ts'
import { LocalDate } from '../domain/dates.ts'
import type { Capability } from '../permissions.ts'
import { command } from './define.ts'
import { FieldName } from './record.ts'

const listOf = (can: Capability) =>
  command({ can, input: z.object({ rows: z.int().nonnegative() }), output: z.object({}) })

/** What the 任免审批表 says of a person, in its own order (DOMAIN §1.3). The identity number is not on it. */
export const PRINTED_FIELDS = [
  'name', 'sex', 'birthMonth', 'ethnicity', 'nativePlace', 'birthPlace', 'partyJoined', 'workStartedOn', 'healthStatus',
  'technicalTitle', 'specialty', 'fullTimeEducation', 'fullTimeDegree', 'fullTimeSchool', 'fullTimeDegreeSchool',
  'inServiceEducation', 'inServiceDegree', 'inServiceSchool', 'inServiceDegreeSchool', 'postTitle', 'proposedPost',
  'proposedRemoval', 'resume', 'awardsAndPenalties', 'annualAppraisals', 'appointmentReason', 'family', 'reportingUnit',
  'formFilledBy',
] as const // prettier-ignore
export type PrintedValues = Pick<Cadre, (typeof PRINTED_FIELDS)[number]>

const values = z.object(
  Object.fromEntries(PRINTED_FIELDS.map((field) => [field, cadre.fields[field].schema])),
) as unknown as z.ZodType<PrintedValues>

/** Writes to the access log what goes on paper, before it does. Whoever may see it on the screen may print it. */
export const printContract = {
  /** A list of so many `rows`. */
  'print.cadreList': listOf('cadre:read'),
  'print.talkList': listOf('talk:read'),
  /** One talk; `fields` are the restricted ones that are open on the screen and printed too. */
  'print.talk': command({
    can: 'talk:read',
    input: z.object({ recordId: z.uuid(), fields: z.array(FieldName).max(60) }),
    output: z.object({}),
  }),
  /** The 任免审批表 of one person: what is on it, restricted values too, is handed out by the call that logs it. */
  'print.cadreForm': command({
    can: 'cadre:export',
    input: z.object({ recordId: z.uuid() }),
    output: z.object({
      values,
      /** The day ages are counted to: 计算年龄时间, else 填表时间, else today. */
      agesOn: LocalDate,
      /** Base64. */
      photo: z.object({ kind: z.string(), content: z.string() }).nullable(),
    }),
  }),
}

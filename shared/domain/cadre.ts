import * as z from 'zod'
import { LocalDate, Month } from './dates.ts'
import { json, register, text, whole, type Declaration, type RecordOf } from './register.ts'

/** 人员归口; the first two are the default denominator of the W18 rate (本软件设定). */
export const ROLL_GROUPS = ['in-post', 'staffed-away', 'received', 'village', 'auxiliary'] as const
export type RollGroup = (typeof ROLL_GROUPS)[number]
export const SEXES = ['male', 'female'] as const

/** One line of 家庭主要成员及重要社会关系. The list is ordered as printed. */
export const FamilyMember = z.strictObject({
  relation: z.string().max(18),
  name: z.string().max(18),
  /** As written in the file: `1965-03`, or text where the file has text. */
  birthMonth: z.string().max(18).nullable(),
  politicalStatus: z.string().max(18).nullable(),
  /** 工作单位及职务; a member who died has 已去世 here. */
  post: z.string().max(124).nullable(),
})
export type FamilyMember = z.infer<typeof FamilyMember>

const line = (max: number) => z.string().max(max).nullable()
const basic: Declaration = { merge: 'B', sensitivity: 'personal', reach: 'city' }
const local: Declaration = { merge: 'B', sensitivity: 'personal', reach: 'township' }
const education = (kind: string): Declaration => ({ merge: 'C', group: kind, sensitivity: 'personal', reach: 'city' })

/**
 * 干部: a person on the roll. Fields of the 花名册, the 任免审批表 (.lrmx, DOMAIN §1.1) and what the rules need.
 *
 * Lengths are the editor's own limits. Coded sets (人员类别, 编制类型 …) are kept as their Chinese names, because the
 * same concept has different codes in every product it is exchanged with (DOMAIN §2).
 */
export const cadre = register('cadre', {
  schemaVersion: 1,
  reasonReach: 'city',
  references: { unitId: 'unit' },
  fields: {
    name: text(z.string().trim().min(1).max(18), basic),
    sex: text(z.enum(SEXES).nullable(), basic),
    /** As the archive says; may differ from the identity number (三龄认定). */
    birthMonth: text(Month.nullable(), basic),
    identityNumber: text(
      z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^\d{17}[\dX]$/)
        .nullable(),
      { ...basic, sensitivity: 'masked' },
    ),
    ethnicity: text(line(18), basic),
    nativePlace: text(line(18), basic),
    birthPlace: text(line(18), basic),
    politicalStatus: text(line(18), basic),
    /** 入党时间 is text: a month, a party, 无党派, or `200108；民建`. */
    partyJoined: text(line(18), basic),
    workStartedOn: text(Month.nullable(), basic),
    healthStatus: text(line(18), { ...local, sensitivity: 'restricted' }),
    technicalTitle: text(line(90), basic),
    specialty: text(line(110), basic),

    fullTimeEducation: text(line(54), education('full-time')),
    fullTimeDegree: text(line(54), education('full-time')),
    fullTimeSchool: text(line(90), education('full-time')),
    fullTimeDegreeSchool: text(line(90), education('full-time')),
    inServiceEducation: text(line(54), education('in-service')),
    inServiceDegree: text(line(54), education('in-service')),
    inServiceSchool: text(line(90), education('in-service')),
    inServiceDegreeSchool: text(line(90), education('in-service')),

    unitId: text(z.uuid().nullable(), basic),
    rollGroup: text(z.enum(ROLL_GROUPS), basic),
    cadreCategory: text(line(30), basic),
    staffing: text(line(30), basic),
    rollState: text(line(30), basic),
    postTitle: text(line(324), basic),
    postSince: text(Month.nullable(), basic),
    leadershipLevel: text(line(30), basic),
    leadershipLevelSince: text(Month.nullable(), basic),
    rank: text(line(30), basic),
    rankSince: text(Month.nullable(), basic),
    /** First and last day on this township's roll; null means before records began, and still here. */
    joinedOn: text(LocalDate.nullable(), basic),
    leftOn: text(LocalDate.nullable(), basic),
    leftReason: text(line(60), basic),
    /** Leader order inside the unit, 1 first; null sorts behind, by pinyin. */
    sortOrder: whole(z.int().nonnegative().nullable(), basic),
    tags: json(z.array(z.string().max(18)).max(20).nullable(), { ...basic, merge: 'E' }),

    phone: text(line(30), { ...local, sensitivity: 'masked' }),
    address: text(line(120), { ...local, sensitivity: 'restricted' }),
    resume: text(z.string().max(20_000).nullable(), local),
    awardsAndPenalties: text(line(2_000), local),
    annualAppraisals: text(line(2_000), local),
    family: json(z.array(FamilyMember).max(60).nullable(), local),
    note: text(line(2_000), local),

    proposedPost: text(line(324), local),
    proposedRemoval: text(line(324), local),
    appointmentReason: text(line(552), local),
    reportingUnit: text(line(252), local),
    ageCalculatedOn: text(LocalDate.nullable(), local),
    formFilledOn: text(LocalDate.nullable(), local),
    formFilledBy: text(line(18), local),
    retirementMonth: text(Month.nullable(), basic),
    retirementAgeBoundary: text(line(30), basic),

    /** SHA-256 of the photo among the blobs, hex; JPEG or PNG, 4:5. */
    photo: text(
      z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .nullable(),
      local,
    ),
    /** Elements of a .lrmx or .lrm file we have no field for, or whose text says more than the field can: name → text. */
    formExtras: json(z.record(z.string(), z.string()).nullable(), { ...local, sensitivity: 'restricted' }),
    /** Columns of a roster nobody mapped, header → text. Not shown as fields, never lost. */
    imported: json(z.record(z.string(), z.string()).nullable(), { ...local, sensitivity: 'restricted' }),
  },
})
export type Cadre = RecordOf<typeof cadre>
export type CadreField = keyof typeof cadre.fields

/** True when the person was on the roll on that day. The day of leaving is the first one away. */
export const onRollAt = (person: Pick<Cadre, 'joinedOn' | 'leftOn' | 'voided'>, day: string): boolean =>
  !person.voided &&
  (person.joinedOn === null || person.joinedOn <= day) &&
  (person.leftOn === null || person.leftOn > day)

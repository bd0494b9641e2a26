import * as z from 'zod'
import { Instant, LocalDate } from './dates.ts'
import { json, register, text, type Declaration, type RecordOf } from './register.ts'

export const TALK_TYPES = ['heart-to-heart', 'appointment', 'reminder', 'admonition', 'assessment', 'other'] as const
/** The five 重点对象 of W18. */
export const KEY_GROUPS = [
  'warning-signs',
  'held-accountable',
  'falsely-accused',
  'hardship',
  'promoted-or-moved',
] as const
/** Why a talk was held: the key groups, the two campaigns of W18, the yearly talk, or something else. */
export const TALK_REASONS = ['yearly', ...KEY_GROUPS, 'institutional-reform', 'term-change', 'other'] as const
export const TALK_DIRECTIONS = ['arranged', 'requested'] as const
/** 个别谈话 or 集体谈话; the latter does not count to the yearly rate by default. */
export const TALK_FORMATS = ['individual', 'collective'] as const

/** 谈话人 or 委托人: an officer, a cadre, or a plain name; never assumed to be the signed-in officer. */
export const TalkPerson = z.union([
  z.strictObject({ officerId: z.uuid() }),
  z.strictObject({ cadreId: z.uuid() }),
  z.strictObject({ name: z.string().trim().min(1).max(30) }),
])
export type TalkPerson = z.infer<typeof TalkPerson>

/** 另有纸质记录: where the content is kept instead of here. */
export const PaperRecord = z.strictObject({ number: z.string().max(60), custodian: z.string().max(30).nullable() })

const fact: Declaration = { merge: 'B', sensitivity: 'personal', reach: 'city' }
const local: Declaration = { merge: 'B', sensitivity: 'personal', reach: 'township' }
/** What was said: least reach, own permission (`talk:content`), every view logged. */
const content: Declaration = { merge: 'B', sensitivity: 'restricted', reach: 'township' }
const words = (max: number) => z.string().max(max).nullable()

/**
 * 谈心谈话: one record per cadre and sitting. Several cadres in one sitting share `actId`; each keeps a private line.
 *
 * Only cadre, date, type, format and talker travel readable; the rest is sealed (PRODUCT, Always true 4).
 */
export const talk = register('talk', {
  schemaVersion: 1,
  reasonReach: 'township',
  references: { cadreId: 'cadre' },
  fields: {
    actId: text(z.uuid(), fact),
    cadreId: text(z.uuid(), fact),
    talkType: text(z.enum(TALK_TYPES), fact),
    format: text(z.enum(TALK_FORMATS), fact),
    direction: text(z.enum(TALK_DIRECTIONS), fact),
    heldOn: text(LocalDate, fact),
    talker: json(TalkPerson, fact),
    /** 受托代谈: on whose behalf. */
    principal: json(TalkPerson.nullable(), fact),
    /** 记录人; set to the signed-in officer unless another is named. */
    recorder: json(TalkPerson, fact),
    /** When it was entered here; late entry is normal and never marked. */
    recordedAt: text(Instant, fact),

    place: text(words(60), local),
    reason: text(z.enum(TALK_REASONS).nullable(), content),
    summary: text(words(8_000), content),
    paperRecord: json(PaperRecord.nullable(), local),
    stateOfMind: text(words(2_000), content),
    needs: text(words(2_000), content),
    measures: text(words(2_000), content),
    /** What belongs to this cadre alone when several sat together. */
    privateLine: text(words(2_000), content),

    followUpOwner: text(words(30), local),
    followUpDue: text(LocalDate.nullable(), local),
    followUpReply: text(words(2_000), content),
    followUpClosedOn: text(LocalDate.nullable(), local),
  },
})
export type Talk = RecordOf<typeof talk>
/** What belongs to one person of a sitting alone: never copied from one to another. */
export const TALK_OWN = [
  'privateLine', 'stateOfMind', 'needs', 'measures', 'followUpOwner', 'followUpDue',
] as const satisfies readonly (keyof Talk)[] // prettier-ignore
export type TalkType = (typeof TALK_TYPES)[number]

/** 谈话分工: who talks to whom, from a day on. */
export const talkAssignment = register('talk-assignment', {
  schemaVersion: 1,
  reasonReach: 'township',
  references: { cadreId: 'cadre' },
  fields: {
    cadreId: text(z.uuid(), fact),
    talker: json(TalkPerson, fact),
    since: text(LocalDate, fact),
    until: text(LocalDate.nullable(), fact),
  },
})
export type TalkAssignment = RecordOf<typeof talkAssignment>

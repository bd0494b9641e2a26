import * as z from 'zod'
import { ROLL_GROUPS } from './cadre.ts'
import { LocalDate } from './dates.ts'
import { json, register, text, type RecordOf } from './register.ts'
import { TALK_FORMATS, TALK_TYPES } from './talk.ts'

/**
 * Figures and choices a clause leaves open, each with a start date, so that past years keep their counting.
 *
 * They travel to the city: both ends must count the same way.
 */
export const SETTINGS = {
  /** 口径: which roll groups count to the W18 rate. 本软件设定: 公务员、参公、事业编, including those away. */
  'countable-roll-groups': { schema: z.array(z.enum(ROLL_GROUPS)).min(1), initial: ['in-post', 'staffed-away'] },
  /** Which talk types count to the W18 rate. 本软件设定. */
  'countable-talk-types': { schema: z.array(z.enum(TALK_TYPES)).min(1), initial: ['heart-to-heart'] },
  /** Whether 集体谈话 counts. 本软件设定: no. */
  'countable-talk-formats': { schema: z.array(z.enum(TALK_FORMATS)).min(1), initial: ['individual'] },
} as const
export type SettingKey = keyof typeof SETTINGS
export type SettingValue<K extends SettingKey> = z.output<(typeof SETTINGS)[K]['schema']>

const open = { merge: 'B', sensitivity: 'plain', reach: 'city' } as const

export const setting = register('setting', {
  schemaVersion: 1,
  reasonReach: 'city',
  references: {},
  fields: {
    key: text(z.enum(Object.keys(SETTINGS) as [SettingKey, ...SettingKey[]]), open),
    value: json(z.array(z.string()).min(1), open),
    since: text(LocalDate, open),
    /** The document the choice rests on; null prints as 本软件设定 or 本单位设定. */
    basis: text(z.string().max(120).nullable(), open),
  },
})
export type Setting = RecordOf<typeof setting>

/**
 * The order in which values of one key take precedence: the later start first, of one day the later id.
 *
 * A desk refuses a second value for a day, but an undone void, an older desk or a second PC can still leave two. The id is
 * the only other thing that desk and city hold alike: the moments of saving stay on the desk. It is a UUIDv7, so the later
 * one is the one entered later. Compared as bytes: a collation may differ from one machine to the next.
 */
export const newestFirst = (a: Pick<Setting, 'since' | 'id'>, b: Pick<Setting, 'since' | 'id'>): number =>
  descending(a.since, b.since) || descending(a.id, b.id)

const descending = (a: string, b: string): number => (a === b ? 0 : a < b ? 1 : -1)

/** The value in force on a day: the latest one that had started, or the initial one. */
export function settingAt<K extends SettingKey>(
  all: readonly Pick<Setting, 'id' | 'key' | 'value' | 'since' | 'basis' | 'voided'>[],
  key: K,
  day: LocalDate,
): { value: SettingValue<K>; since: LocalDate | null; basis: string | null } {
  const inForce = all.filter((s) => s.key === key && !s.voided && s.since <= day).sort(newestFirst)[0]
  const parsed = inForce && SETTINGS[key].schema.safeParse(inForce.value)
  return parsed?.success
    ? { value: parsed.data as SettingValue<K>, since: inForce!.since, basis: inForce!.basis }
    : { value: [...SETTINGS[key].initial] as SettingValue<K>, since: null, basis: null }
}

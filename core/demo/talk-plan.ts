import { onRollAt } from '../../shared/domain/cadre.ts'
import { asOfDate, yearOf, type LocalDate } from '../../shared/domain/dates.ts'
import type { Talk, TalkPerson } from '../../shared/domain/talk.ts'
import { addDays, daysBetween, earlier, later, someWorkday, workdayFrom } from './calendar.ts'
import { DISTRICT, talkerOf, talkerOn, type Cast, type Member } from './cast.ts'
import { createRandom } from './random.ts'
import { ASSESSED, COLLECTIVES, ENTRUSTED, KEY_TALKS, SITTINGS, SKIPPED } from './talk-events.ts'

/** A talk before it has words. */
export interface PlannedTalk extends Pick<
  Talk,
  'talkType' | 'format' | 'direction' | 'heldOn' | 'talker' | 'principal'
> {
  readonly key: string
  /** Talks with one act are one sitting. */
  readonly act: string
  readonly member: Member
  readonly reason: NonNullable<Talk['reason']>
}

const YEARS_BACK = 2
/** The part of the roll talked to by late October; earlier in the year it is less. */
const SHARE_BY_AUTUMN = 0.7
const SHARE_OF_OTHERS = 0.6

/** The first day talks are made for. */
export const planBegins = (today: LocalDate): LocalDate => `${yearOf(today) - YEARS_BACK}-01-01`

/** All talks of this year and two before, in the order they were held. */
export function planTalks(cast: Cast): PlannedTalk[] {
  const year = yearOf(cast.today)
  const years = [year - 2, year - 1, year]
  const planned = [
    ...years.flatMap((each) => [...yearlyTalks(cast, each), ...collectiveTalks(cast, each)]),
    ...keyTalks(cast),
    ...appointmentTalks(cast),
    ...assessments(cast),
  ]
  return planned.sort((a, b) => a.heldOn.localeCompare(b.heldOn) || a.key.localeCompare(b.key))
}

/** First and last day one could have talked to this member in a year; null when there is none. Nothing is dated today. */
function spanOf(cast: Cast, { values }: Member, year: number): readonly [LocalDate, LocalDate] | null {
  const from = later(`${year}-01-06`, values.joinedOn ?? '')
  const to = earlier(
    earlier(`${year}-12-28`, addDays(cast.today, -1)),
    values.leftOn ? addDays(values.leftOn, -1) : '9999',
  )
  return from <= to ? [from, to] : null
}

function talk(
  cast: Cast,
  member: Member,
  heldOn: LocalDate,
  over: Partial<PlannedTalk> & { key: string },
): PlannedTalk {
  return {
    act: over.key,
    member,
    heldOn,
    talkType: 'heart-to-heart',
    format: 'individual',
    direction: 'arranged',
    reason: 'yearly',
    talker: talkerOn(cast, member, planBegins(cast.today), heldOn),
    principal: null,
    ...over,
  }
}

function yearlyTalks(cast: Cast, year: number): PlannedTalk[] {
  return cast.members.flatMap((member) => {
    const { key, rollGroup } = member.person.place
    const random = createRandom(`yearly:${key}:${yearOf(cast.today) - year}`)
    const span = spanOf(cast, member, year)
    const counts = rollGroup === 'in-post' || rollGroup === 'staffed-away'
    if (!span || !random.chance(counts ? shareOf(cast, member, year) : SHARE_OF_OTHERS)) return []
    const sitting = SITTINGS.find((s) => s.keys.includes(key))
    // Those who sit together share the day by sharing its chance, which none of them may then have had before joining.
    const day = someWorkday(sitting ? createRandom(`sitting:${sitting.key}:${year}`) : random, ...span)
    const requested = random.chance(0.07)
    return [
      talk(cast, member, day, {
        key: `yearly:${year}:${key}`,
        ...(sitting ? { act: `sitting:${year}:${sitting.key}` } : {}),
        ...(requested && !sitting
          ? { direction: 'requested', reason: 'other' }
          : { reason: reasonOf(cast, member, year) }),
        ...entrusted(cast, key),
      }),
    ]
  })
}

/** The chance of a yearly talk. Past years are complete but for one person, so that 未谈 has something to show there too. */
function shareOf(cast: Cast, member: Member, year: number): number {
  const ago = yearOf(cast.today) - year
  const { key } = member.person.place
  if (ago === 0) {
    const gone = daysBetween(`${year}-01-01`, cast.today) / 300
    return SITTINGS.some((s) => s.keys.includes(key)) ? Math.ceil(gone - 0.3) : SHARE_BY_AUTUMN * Math.min(1, gone)
  }
  if (ago === SKIPPED.yearsAgo && key === SKIPPED.key) return 0
  return onRollAt({ ...member.values, voided: false }, asOfDate(year, cast.today)) ? 1 : 0.5
}

function reasonOf(cast: Cast, { person }: Member, year: number): PlannedTalk['reason'] {
  const ago = yearOf(cast.today) - year
  if (ago === 2 && person.place.key.endsWith('-head')) return 'institutional-reform'
  return ago === 1 && person.place.kind === 'leader' ? 'term-change' : 'yearly'
}

/** 受托代谈: the deputy secretary on behalf of the secretary. */
const entrusted = (cast: Cast, key: string): { talker?: TalkPerson; principal?: TalkPerson } =>
  ENTRUSTED.includes(key) ? { talker: talkerOf(cast, 'deputy-secretary'), principal: talkerOf(cast, 'secretary') } : {}

function collectiveTalks(cast: Cast, year: number): PlannedTalk[] {
  const plan = COLLECTIVES[yearOf(cast.today) - year]!
  const members = cast.members.filter((m) => plan.keys.includes(m.person.place.key) && spanOf(cast, m, year))
  const spans = members.map((m) => spanOf(cast, m, year)!)
  if (members.length < 2) return []
  const day = someWorkday(
    createRandom(`collective:${plan.key}`),
    spans
      .map(([from]) => from)
      .sort()
      .at(-1)!,
    spans[0]![1],
  )
  const act = `collective:${year}`
  const over = { act, format: 'collective', reason: 'other', talker: talkerOf(cast, plan.talker) } as const
  return members.map((m) => talk(cast, m, day, { ...over, key: `${act}:${m.person.place.key}` }))
}

/** The 重点对象 of W18, each with the talk that their case calls for. */
function keyTalks(cast: Cast): PlannedTalk[] {
  return KEY_TALKS.flatMap(({ key, yearsAgo, reason, first }) => {
    const member = cast.byKey(key)
    const year = yearOf(cast.today) - yearsAgo
    const span = spanOf(cast, member, year)
    if (!span) return []
    const day = someWorkday(createRandom(`key:${key}:${reason}`), ...span)
    const before = first && {
      ...talk(cast, member, day, { key: `first:${year}:${key}`, reason, talkType: first.talkType }),
      talker: talkerOf(cast, first.talker),
    }
    const heldOn = before ? workdayFrom(addDays(day, 12)) : day
    const after = heldOn <= span[1] ? [talk(cast, member, heldOn, { key: `key:${year}:${key}`, reason })] : []
    return before ? [before, ...after] : after
  })
}

/** 任职谈话 on the day, a heart-to-heart talk once the new post has become a habit. */
function appointmentTalks(cast: Cast): PlannedTalk[] {
  return cast.members.flatMap((member) => {
    const day = member.person.special.appointed
    const { key, level } = member.person.place
    if (!day || member.person.special.recruited || day >= cast.today || day < planBegins(cast.today)) return []
    const over = { reason: 'promoted-or-moved' } as const
    const settled = workdayFrom(addDays(day, 35))
    return [
      talk(cast, member, day, {
        ...over,
        key: `appointment:${key}`,
        talkType: 'appointment',
        talker: level ? DISTRICT : talkerOf(cast, 'secretary'),
      }),
      ...(settled < cast.today ? [talk(cast, member, settled, { ...over, key: `settled:${key}` })] : []),
    ]
  })
}

function assessments(cast: Cast): PlannedTalk[] {
  const year = yearOf(cast.today) - 1
  return ASSESSED.map((key, index) => {
    const talker = { name: '演示区委组织部考察组' }
    const over = {
      key: `assessment:${key}`,
      act: `assessment:${key}`,
      talkType: 'assessment',
      reason: 'other',
      talker,
    } as const
    return talk(cast, cast.byKey(key), `${year}-10-${20 + index}`, over)
  })
}

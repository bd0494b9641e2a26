import { localInstantOf, yearOf, type LocalDate } from '../../shared/domain/dates.ts'
import type { ValuesOf } from '../../shared/domain/register.ts'
import { KEY_GROUPS, type talk as talkRegister, type TalkPerson } from '../../shared/domain/talk.ts'
import { addDays, earlier, later, workdayFrom } from './calendar.ts'
import { DISTRICT, type Cast } from './cast.ts'
import { createRandom, type Random } from './random.ts'
import { planTalks, type PlannedTalk } from './talk-plan.ts'
import { OFFICES, unitName, type OfficeKey } from './units.ts'
import { NEEDS, VILLAGE_NEEDS, type Need, type Owner } from './words/needs.ts'
import {
  CLOSINGS,
  COLLECTIVE,
  MIDDLES,
  OCCASIONS,
  OPENINGS,
  PLACES,
  PRIVATE_LINES,
  STATES_OF_MIND,
  STERN,
  SUPPORTING_CLOSINGS,
  VILLAGE_MIDDLES,
  WORK,
} from './words/talks.ts'

type KeyGroup = (typeof KEY_GROUPS)[number]
export type TalkValues = ValuesOf<typeof talkRegister>
type FollowUp = Pick<
  TalkValues,
  'needs' | 'measures' | 'followUpOwner' | 'followUpDue' | 'followUpReply' | 'followUpClosedOn'
>
type Content = Pick<TalkValues, 'summary' | 'paperRecord' | 'stateOfMind' | 'privateLine'>

const NO_FOLLOW_UP: FollowUp = {
  needs: null,
  measures: null,
  followUpOwner: null,
  followUpDue: null,
  followUpReply: null,
  followUpClosedOn: null,
}

/** All talks with their words, in the order they were held. */
export function demoTalks(cast: Cast, idOf: (key: string) => string): { id: string; values: TalkValues }[] {
  const followUp = followUps(cast)
  const write = writer()
  return planTalks(cast).map((plan) => {
    const random = createRandom(`talk:${plan.key}`)
    const { talkType, format, direction, heldOn, talker, principal, reason } = plan
    const values: TalkValues = {
      actId: idOf(`act:${plan.act}`),
      cadreId: plan.member.id,
      talkType,
      format,
      direction,
      heldOn,
      talker,
      principal,
      recorder: recorderOf(cast, talker, random),
      recordedAt: recordedAt(cast, heldOn, random),
      place: placeOf(plan, random),
      reason,
      ...write(plan, random),
      ...followUp(plan, random),
    }
    return { id: idOf(`talk:${plan.key}`), values }
  })
}

const recorderOf = (cast: Cast, talker: TalkPerson, random: Random): TalkPerson =>
  talker !== cast.commissioner && random.chance(0.2) ? cast.commissioner : cast.clerk

/** Mostly within days, now and then weeks later from notes, never after yesterday evening. */
function recordedAt(cast: Cast, heldOn: LocalDate, random: Random): string {
  const days = random.chance(0.15) ? random.int(10, 40) : random.int(0, 4)
  const day = later(heldOn, earlier(workdayFrom(addDays(heldOn, days)), addDays(cast.today, -1)))
  const minutes = random.int(15 * 60, 17 * 60 + 50)
  return localInstantOf(new Date(Date.parse(`${day}T00:00:00+08:00`) + minutes * 60_000))
}

function placeOf({ member, talker }: PlannedTalk, random: Random): string | null {
  if (random.chance(0.12)) return null
  if (talker === DISTRICT) return '演示区委组织部'
  const { unit, kind } = member.person.place
  return kind === 'village' ? `${unitName(unit)}党群服务中心` : random.pick(PLACES)
}

/** Words are put together once: no text stands in the records of two people, unless they sat together. */
function writer(): (plan: PlannedTalk, random: Random) => Content {
  const used = new Map<string, string>()
  let papers = 0
  const fresh = (plan: PlannedTalk, random: Random): string => {
    let text = summaryOf(plan, random)
    for (let attempt = 0; attempt < 50 && (used.get(text) ?? plan.act) !== plan.act; attempt += 1)
      text = summaryOf(plan, random)
    used.set(text, plan.act)
    return text
  }
  const shared = new Map<string, string>()
  return (plan, random) => {
    const summary = shared.get(plan.act) ?? fresh(plan, random)
    shared.set(plan.act, summary)
    const alone = plan.act === plan.key
    const onPaper = alone && plan.reason === 'yearly' && random.chance(0.12)
    if (onPaper) papers += 1
    return {
      summary: onPaper ? null : summary,
      paperRecord: onPaper
        ? { number: `演组谈〔${yearOf(plan.heldOn)}〕${papers}号`, custodian: '党建工作办公室' }
        : null,
      stateOfMind: !onPaper && alone && random.chance(0.7) ? random.pick(STATES_OF_MIND) : null,
      privateLine: !alone && plan.format === 'individual' ? random.pick(PRIVATE_LINES) : null,
    }
  }
}

/** Promotion is one of the five kinds as well, but ends like any other talk. */
const isKeyGroup = (reason: PlannedTalk['reason']): reason is Exclude<KeyGroup, 'promoted-or-moved'> =>
  reason !== 'promoted-or-moved' && (KEY_GROUPS as readonly string[]).includes(reason)

function summaryOf({ member, reason, format, talkType }: PlannedTalk, random: Random): string {
  if (format === 'collective') return COLLECTIVE
  if (talkType === 'reminder' || talkType === 'admonition') return STERN[talkType]
  if (isKeyGroup(reason)) return `${OCCASIONS[reason]}${random.pick(SUPPORTING_CLOSINGS)}`
  const { unit, kind } = member.person.place
  const work = random.pick(WORK[Object.hasOwn(OFFICES, unit) ? (unit as OfficeKey) : 'village'])
  const opening = random.pick(OPENINGS).replace('{work}', work)
  const middles = kind === 'village' ? VILLAGE_MIDDLES : MIDDLES
  const middle = reason === 'yearly' ? random.pick<string>(middles) : OCCASIONS[reason]
  return `${opening}${middle}${random.pick(CLOSINGS)}`
}

const OWNERS: Readonly<Record<Owner, string>> = {
  party: 'party-head',
  general: 'general-head',
  affairs: 'affairs-head',
  service: 'service-head',
}

function needOf({ member, reason }: PlannedTalk, random: Random): Need {
  if (reason === 'hardship') return random.pick(NEEDS.filter((need) => need.family))
  return random.pick(member.person.place.kind === 'village' ? VILLAGE_NEEDS : NEEDS)
}

/** True where the talk brought up a need; with hardship it always does. */
const bringsNeed = ({ reason, format, talkType }: PlannedTalk, random: Random): boolean =>
  format === 'individual' &&
  talkType === 'heart-to-heart' &&
  (reason === 'hardship' || ((reason === 'yearly' || reason === 'other') && random.chance(0.22)))

/** Needs and what became of them: earlier years nearly all closed, this year by turns closed, open and overdue. */
function followUps(cast: Cast): (plan: PlannedTalk, random: Random) => FollowUp {
  const counted = { now: 0, before: 0 }
  const yesterday = addDays(cast.today, -1)
  return (plan, random) => {
    if (!bringsNeed(plan, random)) return NO_FOLLOW_UP
    const { heldOn } = plan
    const thisYear = yearOf(heldOn) === yearOf(cast.today)
    const turn = thisYear ? counted.now++ : counted.before++
    const { need, measure, reply, owner } = needOf(plan, random)
    const due = addDays(heldOn, random.pick([20, 30, 45]))
    const common = { needs: need, measures: measure, followUpOwner: cast.byKey(OWNERS[owner]).values.name }
    const closedOn = workdayFrom(addDays(heldOn, random.int(8, 26)))
    const closes = thisYear ? turn % 3 === 0 : turn % 12 !== 11
    if (closes && closedOn <= yesterday) {
      return { ...common, followUpDue: due, followUpReply: reply, followUpClosedOn: closedOn }
    }
    const open = thisYear && turn % 3 === 1
    const dueOn = open ? later(due, addDays(cast.today, random.int(5, 40))) : due
    return { ...common, followUpDue: dueOn, followUpReply: null, followUpClosedOn: null }
  }
}

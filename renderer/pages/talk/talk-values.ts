import type { CadreRow } from '../../../shared/contract/cadre.ts'
import type { Input } from '../../../shared/contract/index.ts'
import type { LocalDate } from '../../../shared/domain/dates.ts'
import type { ValuesOf, ViewOf } from '../../../shared/domain/register.ts'
import { TALK_OWN, type talk, type Talk, type TalkPerson } from '../../../shared/domain/talk.ts'

export type TalkView = ViewOf<typeof talk>

/** What one person said and wants, and what is done about it. */
export type Own = Pick<Talk, (typeof TALK_OWN)[number]>
export const NOTHING_OWN: Own = {
  privateLine: null,
  stateOfMind: null,
  needs: null,
  measures: null,
  followUpOwner: null,
  followUpDue: null,
}

/** Somebody who sat there, as much as the form shows; with several, each has what is their own. */
export type Sitter = Pick<
  CadreRow,
  'id' | 'name' | 'unitName' | 'postTitle' | 'talkedThisYear' | 'lastTalkOn' | 'rollGroup' | 'onRoll'
> &
  Readonly<Own>

/**
 * What the talk form holds. A name stands beside each id, so that a draft can be shown without asking anybody.
 *
 * With one person, their state of mind and needs are fields of the form; with several, each has their own ({@link Own}),
 * and those of the form are empty. {@link withPeople} moves them.
 */
export interface TalkValues {
  people: Sitter[]
  heldOn: LocalDate | null
  talker: TalkPerson | null
  talkerName: string | null
  principal: TalkPerson | null
  principalName: string | null
  talkType: Talk['talkType']
  format: Talk['format']
  direction: Talk['direction']
  reason: Talk['reason']
  place: string | null
  /** The content is kept on paper, and here only where. */
  onPaper: boolean
  paperNumber: string | null
  paperCustodian: string | null
  summary: string | null
  stateOfMind: string | null
  needs: string | null
  measures: string | null
  followUpOwner: string | null
  followUpDue: LocalDate | null
}

/** What the last talk leaves behind for the next one: facts of the occasion, never a word of what was said. */
export type Carried = Pick<TalkValues, 'talker' | 'talkerName'> &
  Partial<Pick<TalkValues, 'heldOn' | 'principal' | 'principalName' | 'place' | 'talkType' | 'direction'>>

export const newTalk = (people: Sitter[], today: LocalDate, carried: Carried): TalkValues => ({
  people,
  heldOn: today,
  principal: null,
  principalName: null,
  talkType: 'heart-to-heart',
  format: 'individual',
  direction: 'arranged',
  reason: 'yearly',
  place: null,
  onPaper: false,
  paperNumber: null,
  paperCustodian: null,
  summary: null,
  stateOfMind: null,
  needs: null,
  measures: null,
  followUpOwner: null,
  followUpDue: null,
  ...carried,
})

/** Draft under which the talker of the last talk is remembered; encrypted like every draft, because it is a name. */
export const LAST_TALKER = 'talk-last'

/** 无: asked, and there was none. A word of the record itself, so it is not translated. */
export const NO_NEEDS = '无'
export const hasNeeds = (needs: string | null): boolean =>
  needs !== null && needs.trim() !== '' && needs.trim() !== NO_NEEDS

/** A saved talk as the form edits it; hidden values are null until they are revealed. */
export const valuesOf = (
  record: TalkView,
  sitter: Sitter,
  names: { talker: string; principal: string | null },
): TalkValues => ({
  people: [{ ...sitter, privateLine: record.privateLine }],
  heldOn: record.heldOn,
  talker: record.talker,
  talkerName: names.talker,
  principal: record.principal,
  principalName: names.principal,
  talkType: record.talkType,
  format: record.format,
  direction: record.direction,
  reason: record.reason,
  place: record.place,
  onPaper: record.paperRecord !== null,
  paperNumber: record.paperRecord?.number ?? null,
  paperCustodian: record.paperRecord?.custodian ?? null,
  summary: record.summary,
  stateOfMind: record.stateOfMind,
  needs: record.needs,
  measures: record.measures,
  followUpOwner: record.followUpOwner,
  followUpDue: record.followUpDue,
})

type TalkSet = Partial<ValuesOf<typeof talk>>

/** The fields of the form that are one person's own. Their private line stands with the person also when alone. */
const OWN_IN_FORM = TALK_OWN.filter((name) => name !== 'privateLine')
type OwnInForm = Omit<Own, 'privateLine'>

const ownOf = (person: Sitter): Own =>
  Object.fromEntries(TALK_OWN.map((name) => [name, person[name] ?? null])) as unknown as Own
const inForm = (from: OwnInForm): OwnInForm =>
  Object.fromEntries(OWN_IN_FORM.map((name) => [name, from[name] ?? null])) as unknown as OwnInForm

/** Other people in the same talk. What one of them said stays with that person, and goes when that person goes. */
export function withPeople(
  values: TalkValues,
  people: readonly Sitter[],
): Pick<TalkValues, 'people'> & Partial<OwnInForm> {
  const before = values.people
  const alone = before.length < 2
  // What was written before anybody was chosen is meant for the first one.
  const owner = before[0]?.id ?? people[0]?.id
  const settled = people.map((person) => (alone && person.id === owner ? { ...person, ...inForm(values) } : person))
  if (people.length > 1) return { people: settled, ...inForm(NOTHING_OWN) }
  return alone ? { people: [...people] } : { people: settled, ...inForm(settled[0] ?? NOTHING_OWN) }
}

/** The whole talk, for a first save: what belongs to the first person, and the others with what is theirs. */
export function toNewTalk(values: TalkValues): { set: TalkSet; others?: NonNullable<Input<'talk.save'>['others']> } {
  const [first, ...others] = values.people
  const set: TalkSet = { ...toSet(values, values), cadreId: first?.id ?? '' }
  if (first === undefined || others.length === 0) return { set }
  return {
    set: { ...set, ...ownOf(first) },
    others: others.map((person) => ({ cadreId: person.id, ...ownOf(person) })),
  }
}

const SAME = [
  'heldOn', 'talker', 'principal', 'talkType', 'format', 'direction', 'reason', 'place',
  'stateOfMind', 'needs', 'measures', 'followUpOwner', 'followUpDue',
] as const // prettier-ignore

/** The fields of the register that a change of these form values means. Keeping the content on paper empties the text here. */
export function toSet(changed: Partial<Record<keyof TalkValues, unknown>>, values: TalkValues): TalkSet {
  const set: Record<string, unknown> = {}
  for (const name of SAME) if (name in changed) set[name] = values[name]
  if ('people' in changed) set['privateLine'] = values.people[0]?.privateLine ?? null
  if ('summary' in changed || 'onPaper' in changed) set['summary'] = values.onPaper ? null : values.summary
  if ('onPaper' in changed || 'paperNumber' in changed || 'paperCustodian' in changed) {
    set['paperRecord'] = values.onPaper ? { number: values.paperNumber ?? '', custodian: values.paperCustodian } : null
  }
  return set as TalkSet
}

import type { CadreRow } from '../../../shared/contract/cadre.ts'
import type { Input } from '../../../shared/contract/index.ts'
import type { LocalDate } from '../../../shared/domain/dates.ts'
import type { ValuesOf, ViewOf } from '../../../shared/domain/register.ts'
import type { talk, Talk, TalkPerson } from '../../../shared/domain/talk.ts'

export type TalkView = ViewOf<typeof talk>

/** Somebody who sat there, as much as the form shows. */
export type Sitter = Pick<
  CadreRow,
  'id' | 'name' | 'unitName' | 'postTitle' | 'talkedThisYear' | 'lastTalkOn' | 'rollGroup' | 'onRoll'
> & {
  readonly privateLine: string | null
}

/** What the talk form holds. A name stands beside each id, so that a draft can be shown without asking anybody. */
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

/** The whole talk, for a first save: what belongs to the first person, and the others with their private line. */
export function toNewTalk(values: TalkValues): { set: TalkSet; others?: NonNullable<Input<'talk.save'>['others']> } {
  const [first, ...others] = values.people
  const set: TalkSet = { ...toSet(values, values), cadreId: first?.id ?? '' }
  return others.length === 0
    ? { set }
    : { set, others: others.map(({ id, privateLine }) => ({ cadreId: id, privateLine })) }
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

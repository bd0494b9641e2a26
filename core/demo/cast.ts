import type { LocalDate } from '../../shared/domain/dates.ts'
import type { TalkPerson } from '../../shared/domain/talk.ts'
import { addDays } from './calendar.ts'
import type { CadreValues, Person } from './person.ts'
import type { OfficeKey, UnitKey } from './units.ts'

/** A person with the file and id made for them. */
export interface Member {
  readonly person: Person
  readonly id: string
  readonly values: CadreValues
}

/** Everybody by the key of their place, and the officers who sign in. */
export interface Cast {
  readonly today: LocalDate
  readonly members: readonly Member[]
  readonly byKey: (key: string) => Member
  readonly commissioner: TalkPerson
  readonly clerk: TalkPerson
}

/** One stretch of 谈话分工; `until` is its last day. */
export interface Stint {
  readonly talker: TalkPerson
  readonly since: LocalDate
  readonly until: LocalDate | null
}

export const DISTRICT: TalkPerson = { name: '演示区委组织部' }

/** Which leader talks to the people of which office (分管), and who did before this year's change. */
const IN_CHARGE: Readonly<Record<Exclude<OfficeKey, 'leaders'>, readonly [now: string, before: string]>> = {
  general: ['congress', 'congress'],
  party: ['commissioner', 'commissioner'],
  economy: ['executive', 'executive'],
  affairs: ['youth-mayor', 'deputy-secretary'],
  safety: ['deputy-secretary', 'deputy-secretary'],
  emergency: ['armed', 'deputy-mayor'],
  service: ['youth-mayor', 'deputy-secretary'],
  farming: ['deputy-mayor', 'deputy-mayor'],
  grid: ['deputy-secretary', 'deputy-secretary'],
}

const isOffice = (unit: UnitKey): unit is Exclude<OfficeKey, 'leaders'> => Object.hasOwn(IN_CHARGE, unit)

/** A cadre as a talker; the 组织委员 talks as the officer who signs in. */
export const talkerOf = (cast: Cast, key: string): TalkPerson =>
  key === 'commissioner' ? cast.commissioner : { cadreId: cast.byKey(key).id }

/** Who talks to this member, from when to when. Empty for villages and auxiliaries: nobody is assigned to them. */
export function stintsOf(cast: Cast, { person, values }: Member, from: LocalDate): Stint[] {
  const since = values.joinedOn && values.joinedOn > from ? values.joinedOn : from
  const until = values.leftOn && addDays(values.leftOn, -1)
  const { unit, key, rollGroup } = person.place
  if (rollGroup === 'received' || (until !== null && until < since)) return []
  if (unit === 'leaders') {
    const talker = key === 'secretary' || key === 'mayor' ? DISTRICT : talkerOf(cast, 'secretary')
    return [{ talker, since, until }]
  }
  if (!isOffice(unit) || rollGroup === 'auxiliary') return []
  const [now, before] = IN_CHARGE[unit]
  const changed = cast.byKey('youth-mayor').person.special.appointed!
  if (now === before || (until !== null && until < changed)) return [{ talker: talkerOf(cast, before), since, until }]
  if (since >= changed) return [{ talker: talkerOf(cast, now), since, until }]
  return [
    { talker: talkerOf(cast, before), since, until: addDays(changed, -1) },
    { talker: talkerOf(cast, now), since: changed, until },
  ]
}

/** Who is to talk to this member on a day; whoever nobody is assigned to is for the 组织委员. */
export function talkerOn(cast: Cast, member: Member, from: LocalDate, day: LocalDate): TalkPerson {
  const stint = stintsOf(cast, member, from).find((s) => s.since <= day && (s.until === null || day <= s.until))
  return stint?.talker ?? cast.commissioner
}

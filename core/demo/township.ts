import type { LocalDate } from '../../shared/domain/dates.ts'
import type { officer } from '../../shared/domain/officer.ts'
import type { ValuesOf } from '../../shared/domain/register.ts'
import type { setting } from '../../shared/domain/setting.ts'
import type { talk, talkAssignment } from '../../shared/domain/talk.ts'
import type { unit } from '../../shared/domain/unit.ts'
import { cadreValues } from './cadres.ts'
import { stintsOf, type Cast, type Member } from './cast.ts'
import { demoPeople, type CadreValues } from './person.ts'
import { demoPlaces } from './places.ts'
import { recordId } from './record-id.ts'
import { specials } from './special.ts'
import { planBegins } from './talk-plan.ts'
import { demoTalks } from './talks.ts'
import { demoUnits, type UnitKey } from './units.ts'

export interface DemoRecord<V> {
  readonly id: string
  readonly values: V
}

/**
 * A made-up township in records, parents before children.
 *
 * The root unit and the officer who signs in first are not among them: every desk makes those two itself.
 */
export interface DemoTownship {
  readonly units: readonly DemoRecord<ValuesOf<typeof unit>>[]
  readonly officers: readonly DemoRecord<ValuesOf<typeof officer>>[]
  readonly settings: readonly DemoRecord<ValuesOf<typeof setting>>[]
  readonly cadres: readonly DemoRecord<CadreValues>[]
  readonly assignments: readonly DemoRecord<ValuesOf<typeof talkAssignment>>[]
  readonly talks: readonly DemoRecord<ValuesOf<typeof talk>>[]
}

export interface DemoInput {
  /** Files, talks and due dates are made around this day; nothing but due dates lies after it. */
  readonly today: LocalDate
  /** Id of the root unit; all other ids follow from it. */
  readonly rootUnitId: string
  /** Id of the officer who signs in first, the 组织委员. */
  readonly officerId: string
}

/**
 * 演示镇: ~120 made-up cadres with whole files, and three years of talks.
 *
 * The same input gives the same records, ids included. Nobody in it exists: names are made up, identity numbers carry an
 * area code and phones an exchange that were never given out.
 */
export function demoTownship({ today, rootUnitId, officerId }: DemoInput): DemoTownship {
  const idOf = (key: string): string => recordId(rootUnitId, key)
  const unitIdOf = (key: UnitKey): string => idOf(`unit:${key}`)
  const members = demoPeople(demoPlaces(), specials(today), today).map((person, index): Member => ({
    person,
    id: idOf(`cadre:${person.place.key}`),
    values: cadreValues(person, index, today, unitIdOf),
  }))
  const keyed = new Map(members.map((member) => [member.person.place.key, member]))
  const cast: Cast = {
    today,
    members,
    byKey: (key) => keyed.get(key)!,
    commissioner: { officerId },
    clerk: { officerId: idOf('officer:operator') },
  }
  return {
    units: demoUnits(today, rootUnitId, unitIdOf),
    officers: officersOf(idOf),
    settings: [countableGroups(today, idOf)],
    cadres: members.map(({ id, values }) => ({ id, values })),
    assignments: assignmentsOf(cast, idOf),
    talks: demoTalks(cast, idOf),
  }
}

/** Named by what they do, as the first one is, so that whoever tries the demo knows whom to sign in as. */
const OFFICERS = [
  { role: 'operator', name: '演示组织干事' },
  { role: 'viewer', name: '演示党委书记' },
  { role: 'sysAdmin', name: '演示系统管理员' },
] as const

const officersOf = (idOf: (key: string) => string): DemoTownship['officers'] =>
  OFFICERS.map(({ role, name }) => ({ id: idOf(`officer:${role}`), values: { name, role, state: 'active' } }))

/** What counts is written down once as the township's own decision, and left to the software twice, so that both are seen. */
const countableGroups = (today: LocalDate, idOf: (key: string) => string): DemoTownship['settings'][number] => ({
  id: idOf('setting:countable-roll-groups'),
  values: {
    key: 'countable-roll-groups',
    value: ['in-post', 'staffed-away'],
    since: planBegins(today),
    basis: '演示镇谈心谈话工作安排（演示数据）',
  },
})

function assignmentsOf(cast: Cast, idOf: (key: string) => string): DemoTownship['assignments'] {
  return cast.members.flatMap((member) =>
    stintsOf(cast, member, planBegins(cast.today)).map(({ talker, since, until }) => ({
      id: idOf(`assignment:${member.person.place.key}:${since}`),
      values: { cadreId: member.id, talker, since, until },
    })),
  )
}

import type { Cadre } from '../../shared/domain/cadre.ts'
import type { Unit } from '../../shared/domain/unit.ts'
import { birthMonthOfIdentityNumber } from '../../shared/rules/identity-number.ts'

/** The people and units that rows are compared with, as plain lookups. */
export interface Known {
  readonly byIdentity: (number: string) => readonly Cadre[]
  readonly byName: (name: string) => readonly Cadre[]
  /** Id of a unit by its name or short name, with or without the township's name in front. */
  readonly unitIdOf: (name: string) => string | null
  readonly unitNameOf: (id: string) => string | null
  /** Lets further people be found; those known already stay as they are. */
  readonly add: (cadres: readonly Cadre[]) => void
}

/** Spaces and case do not tell names apart: `张 三` is 张三. */
export const nameKey = (name: string): string => name.replace(/\s/g, '').toUpperCase()

/** Builds the lookups; voided people and units are no match for anybody. */
export function knownOf(cadres: readonly Cadre[], units: readonly Unit[]): Known {
  const byIdentity = new Map<string, Cadre[]>()
  const byName = new Map<string, Cadre[]>()
  const ids = new Set<string>()
  const addAll = (people: readonly Cadre[]): void => {
    for (const person of people) {
      if (person.voided || ids.has(person.id)) continue
      ids.add(person.id)
      if (person.identityNumber !== null) add(byIdentity, person.identityNumber, person)
      add(byName, nameKey(person.name), person)
    }
  }
  addAll(cadres)
  const none: readonly Cadre[] = []
  const { idOf, nameOf } = unitLookup(units)
  return {
    byIdentity: (number) => byIdentity.get(number) ?? none,
    byName: (name) => byName.get(nameKey(name)) ?? none,
    unitIdOf: idOf,
    unitNameOf: nameOf,
    add: addAll,
  }
}

function add(map: Map<string, Cadre[]>, key: string, person: Cadre): void {
  const held = map.get(key)
  if (held) held.push(person)
  else map.set(key, [person])
}

function unitLookup(units: readonly Unit[]) {
  const ids = new Map<string, string>()
  const names = new Map<string, string>()
  const roots = units.filter((unit) => unit.parentId === null && !unit.voided)
  const ahead = roots
    .flatMap((root) => [root.name, root.shortName ?? ''])
    .filter((name) => name !== '')
    .map(nameKey)
  for (const unit of units) {
    names.set(unit.id, unit.name)
    if (unit.voided) continue
    for (const name of [unit.name, unit.shortName])
      if (name !== null && !ids.has(nameKey(name))) ids.set(nameKey(name), unit.id)
  }
  const idOf = (name: string): string | null => {
    const key = nameKey(name)
    const direct = ids.get(key)
    if (direct !== undefined) return direct
    const root = ahead.find((head) => key.startsWith(head) && key.length > head.length)
    return (root === undefined ? undefined : ids.get(key.slice(root.length))) ?? null
  }
  return { idOf, nameOf: (id: string): string | null => names.get(id) ?? null }
}

/** The birth month to match people by: the archive's, else the number's. */
export const birthOf = (person: { birthMonth: string | null; identityNumber: string | null }): string | null =>
  person.birthMonth ?? (person.identityNumber === null ? null : birthMonthOfIdentityNumber(person.identityNumber))

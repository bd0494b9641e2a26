import type { RosterProblem } from '../../shared/contract/roster.ts'
import { birthOf, nameKey } from './known.ts'
import type { ParsedRow } from './parse-row.ts'

/** Rows of one file that may be one person: by number, and by name and birth month where there is no number. */
export interface Doubles {
  readonly byNumber: Map<string, Set<number>>
  readonly byName: Map<string, Set<number>>
}

export const noDoubles = (): Doubles => ({ byNumber: new Map(), byName: new Map() })

const numberOf = (row: ParsedRow): string | null => row.set.identityNumber ?? null

function nameAndMonth(row: ParsedRow): string | null {
  if (row.set.name === undefined) return null
  const birth = birthOf({ birthMonth: row.set.birthMonth ?? null, identityNumber: numberOf(row) })
  return `${nameKey(row.set.name)} ${birth ?? ''}`
}

/** Notes a row (by its place in the list) under its keys. */
export function noteRow(doubles: Doubles, at: number, row: ParsedRow): void {
  const number = numberOf(row)
  if (number !== null) put(doubles.byNumber, number, at)
  const name = nameAndMonth(row)
  if (name !== null) put(doubles.byName, name, at)
}

/** Takes a row out before it is read again; says which other rows that may concern. */
export function forgetRow(doubles: Doubles, at: number, row: ParsedRow): number[] {
  const number = numberOf(row)
  const name = nameAndMonth(row)
  const held = [
    number === null ? undefined : doubles.byNumber.get(number),
    name === null ? undefined : doubles.byName.get(name),
  ]
  for (const set of held) set?.delete(at)
  return held.flatMap((set) => [...(set ?? [])])
}

/** The other rows under the keys of a row. */
export function sharing(doubles: Doubles, at: number, row: ParsedRow): number[] {
  const number = numberOf(row)
  const name = nameAndMonth(row)
  const held = [
    ...(number === null ? [] : (doubles.byNumber.get(number) ?? [])),
    ...(name === null ? [] : (doubles.byName.get(name) ?? [])),
  ]
  return held.filter((other) => other !== at)
}

function put(map: Map<string, Set<number>>, key: string, at: number): void {
  const held = map.get(key)
  if (held) held.add(at)
  else map.set(key, new Set([at]))
}

const NONE: readonly RosterProblem[] = []

/**
 * Problems of a row with other rows of the file.
 *
 * One number on two people is refused on both, for only people know whose it is; the same person written twice is taken
 * once, from the first row. Namesakes born in one month without a number are let in with a word about it.
 */
export function doubleProblems(
  doubles: Doubles,
  rows: readonly ParsedRow[],
  at: number,
  cellOf: (field: 'identityNumber' | 'name') => string | null,
): readonly RosterProblem[] {
  const row = rows[at]!
  const number = numberOf(row)
  const same = number === null ? undefined : doubles.byNumber.get(number)
  if (same !== undefined && same.size > 1) {
    const others = [...same].filter((other) => other !== at).map((other) => rows[other]!)
    const earlier = [...same].some((other) => other < at)
    const onePerson = others.every((other) => nameKey(other.set.name ?? '') === nameKey(row.set.name ?? ''))
    if (onePerson && !earlier) return NONE
    const params = { other: others[0]!.row, name: others[0]!.set.name ?? '' }
    return [
      { code: 'identity-twice', severity: 'error', cell: cellOf('identityNumber'), field: 'identityNumber', params },
    ]
  }
  const name = nameAndMonth(row)
  const namesakes = name === null ? undefined : doubles.byName.get(name)
  if (namesakes === undefined || namesakes.size < 2) return NONE
  const other = [...namesakes].find(
    (candidate) => candidate !== at && (number === null || numberOf(rows[candidate]!) === null),
  )
  if (other === undefined) return NONE
  const params = { other: rows[other]!.row, name: row.set.name ?? '' }
  return [{ code: 'name-twice', severity: 'warn', cell: cellOf('name'), field: 'name', params }]
}

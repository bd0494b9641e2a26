import type { RosterRow } from '../../shared/contract/roster.ts'
import { cadre, type Cadre, type CadreField } from '../../shared/domain/cadre.ts'
import { IMPORTED_LIMITS, importedExcess } from '../../shared/domain/imported-texts.ts'
import { mask } from '../../shared/domain/register.ts'
import { birthOf, nameKey, type Known } from './known.ts'
import type { ParsedRow } from './parse-row.ts'

type State = RosterRow['state']
type Problem = RosterRow['problems'][number]

/** What becomes of a row, and why. */
export interface Verdict {
  readonly state: State
  readonly match: { readonly cadre: Cadre; readonly by: 'identity' | 'name-birth' | 'name' } | null
  /** Problems that only show beside other rows and records. */
  readonly problems: readonly Problem[]
}

type Candidates = { readonly found: readonly Cadre[]; readonly by: 'identity' | 'name-birth' | 'name' }

/** Judges one row against the roll. `doubles` are problems with other rows of the same file. */
export function judge(row: ParsedRow, known: Known, doubles: readonly Problem[]): Verdict {
  const { found, by } = candidatesOf(row, known)
  const match = found.length === 1 ? { cadre: found[0]!, by } : null
  const problems = [
    ...doubles,
    ...(found.length > 1 ? [ambiguous(row, found.length)] : []),
    ...tooMuchKept(importedAfter(row, match?.cadre ?? null)),
  ]
  const refused = [...row.problems, ...problems].some((problem) => problem.severity === 'error')
  if (refused) return { state: 'problem', match, problems }
  if (match === null) return { state: 'added', match, problems }
  const certain = by === 'identity' && nameKey(match.cadre.name) === nameKey(row.set.name ?? '')
  if (!certain) return { state: 'confirm', match, problems }
  return { state: changesAnything(row, match.cadre, known) ? 'changed' : 'unchanged', match, problems }
}

/** What `cadre.save` would refuse by hand and the city by size is not let in from a file either. */
function tooMuchKept(imported: Readonly<Record<string, string>> | null): Problem[] {
  if (imported === null || importedExcess(imported) === null) return []
  return [{ code: 'imported-too-much', severity: 'error', cell: null, field: null, params: { ...IMPORTED_LIMITS } }]
}

const ambiguous = (row: ParsedRow, count: number): Problem => ({
  code: 'ambiguous',
  severity: 'error',
  cell: null,
  field: 'name',
  params: { name: row.set.name ?? '', count },
})

/**
 * Whom a row may be: by identity number; else by name and birth month; else by name where one side has too little to tell.
 *
 * Different numbers do not rule a person out when name and month agree: one of the two may be mistyped, and a person asked
 * is cheaper than a person twice on the roll.
 */
function candidatesOf(row: ParsedRow, known: Known): Candidates {
  const number = row.set.identityNumber
  if (number !== undefined) {
    const byNumber = known.byIdentity(number)
    if (byNumber.length > 0) return { found: byNumber, by: 'identity' }
  }
  if (row.set.name === undefined) return { found: [], by: 'name' }
  const birth = birthOf({ birthMonth: row.set.birthMonth ?? null, identityNumber: number ?? null })
  const namesakes = known.byName(row.set.name)
  const sameMonth = namesakes.filter((person) => birth !== null && birthOf(person) === birth)
  if (sameMonth.length > 0) return { found: sameMonth, by: 'name-birth' }
  return { found: namesakes.filter((person) => birth === null || birthOf(person) === null), by: 'name' }
}

/** The fields a row would change on a record, with both values; a new record starts from nothing. */
export function changesOf(row: ParsedRow, before: Cadre | null, known: Known): RosterRow['changes'] {
  const changes: RosterRow['changes'] = []
  for (const field of Object.keys(row.set) as CadreField[]) {
    const was = before?.[field] ?? null
    const now = row.set[field]!
    if (was !== now)
      changes.push({ field, was: hasRestricted(field) ? null : shown(field, was), now: shown(field, now) })
  }
  const unit = unitChange(row, before, known)
  if (unit) changes.push(unit)
  const imported = importedAfter(row, before)
  if (imported !== null) changes.push({ field: 'imported', was: before?.imported ?? null, now: imported })
  return changes
}

/** Pages never get a masked value in clear, nor a restricted one of the record; what the file says they have in hand. */
function shown(field: CadreField, value: unknown): unknown {
  if (typeof value !== 'string') return null
  return cadre.fields[field].sensitivity === 'masked' ? mask(value) : value
}

const hasRestricted = (field: CadreField): boolean => cadre.fields[field].sensitivity === 'restricted'

function unitChange(row: ParsedRow, before: Cadre | null, known: Known): RosterRow['changes'][number] | null {
  if (row.unitName === null) return null
  const id = known.unitIdOf(row.unitName)
  if (id !== null && id === (before?.unitId ?? null)) return null
  const was = before?.unitId ? known.unitNameOf(before.unitId) : null
  return { field: 'unitId', was, now: id === null ? row.unitName : known.unitNameOf(id) }
}

/** The record's `imported` with the row's texts in it; null when they are there already. */
export function importedAfter(row: ParsedRow, before: Cadre | null): Record<string, string> | null {
  const held = before?.imported ?? {}
  const headers = Object.keys(row.imported)
  if (headers.every((header) => held[header] === row.imported[header])) return null
  return { ...held, ...row.imported }
}

function changesAnything(row: ParsedRow, before: Cadre, known: Known): boolean {
  for (const field of Object.keys(row.set) as CadreField[]) if (before[field] !== row.set[field]) return true
  return unitChange(row, before, known) !== null || importedAfter(row, before) !== null
}

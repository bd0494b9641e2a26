import { cadre, type CadreField } from '../../shared/domain/cadre.ts'
import { mask } from '../../shared/domain/register.ts'
import type { PseudoField, RosterField } from './aliases.ts'
import { letterOf, textOf, type Cell, type Sheet } from './cell.ts'
import { widthOf, type Header } from './find-header.ts'
import { guessField, normalizeHeader } from './header-field.ts'
import { ethnicityOf } from './words.ts'

/** A column with our guess, as the contract shows it. */
export interface Column {
  readonly index: number
  readonly letter: string
  readonly header: string
  readonly field: RosterField | null
  readonly confidence: number
  readonly samples: readonly string[]
}

/** Corrections officers made before: normalised heading → field, or null for "keep in imported". */
export type Corrections = Readonly<Record<string, string | null>>

/** Fields that have no one-cell spelling: the family is a list, `imported` is the rest itself. */
const NOT_FROM_A_CELL = new Set<string>(['family', 'imported', 'tags', 'unitId', 'sortOrder', 'photo', 'formExtras'])
const PSEUDO: readonly PseudoField[] = ['unitName', 'age', 'sequence']

/** Every field a column can be mapped to. */
export const ROSTER_FIELDS: readonly RosterField[] = [
  ...PSEUDO,
  ...(Object.keys(cadre.fields) as CadreField[]).filter((field) => !NOT_FROM_A_CELL.has(field)),
]
const KNOWN = new Set<string>(ROSTER_FIELDS)
export const isRosterField = (field: string): field is RosterField => KNOWN.has(field)

/** Fields by what their schema takes, so that a new date field of the register is read as one without a word here. */
const fieldsTaking = (value: string): ReadonlySet<string> => {
  const takes = (field: string, text: string): boolean =>
    Object.hasOwn(cadre.fields, field) && cadre.fields[field as CadreField].schema.safeParse(text).success
  return new Set(ROSTER_FIELDS.filter((field) => takes(field, value) && !takes(field, '—')))
}
export const MONTH_FIELDS = fieldsTaking('1990-01')
export const DAY_FIELDS = fieldsTaking('1990-01-05')

/** The heading of a column as a person reads it, levels joined with `/`; line breaks inside a cell are layout. */
export const headerOf = (levels: readonly string[]): string =>
  levels.map((level) => level.replace(/\s*[\r\n]+\s*/g, '').trim()).join('/')

/** What a correction is remembered by. */
export const correctionKey = (header: string): string => header.split('/').map(normalizeHeader).join('/')

const MAX_SAMPLES = 3
const SAMPLE_ROWS = 60

/** All columns that have a heading or a value below it, each with a guess; a field is given to one column only. */
export function guessColumns(sheet: Sheet, header: Header, corrections: Corrections): Column[] {
  const first = header.rows.at(-1)! + 1
  const columns: Column[] = []
  for (let index = 0; index < widthOf(sheet.rows); index += 1) {
    const levels = header.levels[index] ?? []
    const values = valuesOf(sheet, first, index)
    if (levels.length === 0 && values.length === 0) continue
    const guess = guessOne(levels, values, corrections)
    const samples = [...new Set(values)].slice(0, MAX_SAMPLES).map((text) => sampleOf(text))
    columns.push({ index, letter: letterOf(index), header: headerOf(levels), ...guess, samples })
  }
  return onePerField(columns)
}

function valuesOf(sheet: Sheet, first: number, column: number): string[] {
  const values: string[] = []
  for (let row = first; row < sheet.rows.length && values.length < SAMPLE_ROWS; row += 1) {
    const cell: Cell | undefined = sheet.rows[row]![column]
    if (cell !== null && cell !== undefined && textOf(cell) !== '') values.push(textOf(cell))
  }
  return values
}

/** Identity numbers and phones are masked even as samples: the wizard is a screen like any other. */
const sampleOf = (text: string): string => (/^\d{11,18}[xX]?$/.test(text) ? mask(text) : text.slice(0, 40))

function guessOne(
  levels: readonly string[],
  values: readonly string[],
  corrections: Corrections,
): { field: RosterField | null; confidence: number } {
  const remembered = corrections[correctionKey(headerOf(levels))]
  if (remembered === null) return { field: null, confidence: 1 }
  if (remembered !== undefined && isRosterField(remembered)) return { field: remembered, confidence: 1 }
  return guessField(levels) ?? guessByValues(levels, values) ?? { field: null, confidence: 0 }
}

const SHARE = 0.8
const share = (values: readonly string[], is: (value: string) => boolean): number =>
  values.length === 0 ? 0 : values.filter(is).length / values.length

/** Values that can be only one thing, under a heading nobody foresaw. */
function guessByValues(
  levels: readonly string[],
  values: readonly string[],
): { field: RosterField; confidence: number } | null {
  if (share(values, (value) => /^[1-9]\d{16}[\dxX]$/.test(value)) >= SHARE)
    return { field: 'identityNumber', confidence: 0.6 }
  if (levels.length > 0) return null
  if (share(values, (value) => value === '男' || value === '女') >= SHARE) return { field: 'sex', confidence: 0.6 }
  if (share(values, (value) => value.endsWith('族') && ethnicityOf(value) !== null) >= SHARE) {
    return { field: 'ethnicity', confidence: 0.6 }
  }
  const counted = values.length > 1 && values.every((value, index) => Number(value) === Number(values[0]) + index)
  return counted ? { field: 'sequence', confidence: 0.6 } : null
}

/** The surest column keeps a field, the leftmost of equals; the others stay unmapped and go to `imported`. */
function onePerField(columns: readonly Column[]): Column[] {
  const keeper = new Map<RosterField, Column>()
  for (const column of columns) {
    if (column.field === null) continue
    const held = keeper.get(column.field)
    if (held === undefined || column.confidence > held.confidence) keeper.set(column.field, column)
  }
  return columns.map((column) =>
    column.field === null || keeper.get(column.field) === column ? column : { ...column, field: null, confidence: 0 },
  )
}

/** Columns with a person's mapping applied; a field chosen by hand leaves the column that was guessed for it. */
export function applyMapping(columns: readonly Column[], mapping: Readonly<Record<string, string | null>>): Column[] {
  const taken = new Set(Object.values(mapping).filter((field) => field !== null))
  return columns.map((column) => {
    const chosen = mapping[String(column.index)]
    if (chosen !== undefined) {
      return { ...column, field: chosen !== null && isRosterField(chosen) ? chosen : null, confidence: 1 }
    }
    return column.field !== null && taken.has(column.field) ? { ...column, field: null, confidence: 0 } : column
  })
}

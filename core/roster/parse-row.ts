import type { RosterProblem } from '../../shared/contract/roster.ts'
import { type CadreField } from '../../shared/domain/cadre.ts'
import { identityNumberFindings } from '../../shared/rules/identity-number.ts'
import type { RosterField } from './aliases.ts'
import { addressOf, textOf, type Cell, type Sheet } from './cell.ts'
import { MONTH_FIELDS, type Column } from './columns.ts'
import type { PersonRow } from './person-rows.ts'
import { cleanLine, evidenceOf, readCell, readerOf, type ColumnEvidence, type Reading } from './read-value.ts'

/** One row with every cell read. */
export interface ParsedRow {
  /** Row number as Excel shows it. */
  readonly row: number
  /** Values for the record's text fields, only those the row has: an empty cell never erases anything. */
  readonly set: Readonly<Partial<Record<CadreField, string>>>
  /** Texts of unmapped columns and of what no field can hold, by heading. */
  readonly imported: Readonly<Record<string, string>>
  readonly unitName: string | null
  readonly problems: readonly RosterProblem[]
}

/** A column made ready: its reader, what its cells prove together, and the readings of cells seen before. */
interface Plan {
  readonly index: number
  readonly field: RosterField | null
  /** Key in `imported`. */
  readonly header: string
  readonly read: ReturnType<typeof readerOf> | null
  readonly evidence: ColumnEvidence
  /** Most cells of a roster repeat (民族, 学历, months); numbers and résumés do not and would only fill memory. */
  readonly seen: Map<Cell, Reading> | null
}

export interface RowReader {
  readonly plans: readonly Plan[]
  readonly sheet: Sheet
  readonly today: string
}

const UNREPEATED = new Set<string>(['identityNumber', 'resume', 'phone', 'name'])
/** A month that is meant to lie ahead. */
const AHEAD = new Set<string>(['retirementMonth', 'leftOn'])

/** Prepares the columns for the rows of one sheet. */
export function rowReader(
  sheet: Sheet,
  columns: readonly Column[],
  people: readonly PersonRow[],
  today: string,
): RowReader {
  const headers = uniqueHeaders(columns)
  const plans = columns.map((column, at) => ({
    index: column.index,
    field: column.field,
    header: headers[at]!,
    read: column.field === null ? null : readerOf(column.field),
    evidence: evidenceFor(column, people, sheet),
    seen: column.field === null || UNREPEATED.has(column.field) ? null : new Map<Cell, Reading>(),
  }))
  return { plans, sheet, today }
}

function evidenceFor(column: Column, people: readonly PersonRow[], sheet: Sheet): ColumnEvidence {
  const cells = column.field === null ? [] : people.map((person) => person.cells[column.index])
  return evidenceOf(cells, column.field, sheet.date1904)
}

/** Two columns with one heading must not overwrite each other in `imported`. */
function uniqueHeaders(columns: readonly Column[]): string[] {
  const used = new Set<string>()
  return columns.map((column) => {
    const name = column.header === '' ? `未命名列${column.letter}` : column.header
    const unique = used.has(name) ? `${name}（${column.letter}）` : name
    used.add(unique)
    return unique
  })
}

/** Corrections of single cells, by field. */
export type Fixes = ReadonlyMap<string, string>

interface Draft {
  set: Partial<Record<CadreField, string>>
  imported: Record<string, string>
  unitName: string | null
  problems: RosterProblem[]
  hints: NonNullable<Reading['hints']>[]
}

/** Reads all cells of one person. Never throws. */
export function parseRow(reader: RowReader, person: PersonRow, fixes?: Fixes): ParsedRow {
  const row = person.index + 1
  const draft: Draft = { set: {}, imported: {}, unitName: null, problems: [], hints: [] }
  for (const plan of reader.plans) {
    const fixed = plan.field === null ? undefined : fixes?.get(plan.field)
    const cell = fixed ?? person.cells[plan.index]
    if (cell !== null && cell !== undefined) take(reader, plan, cell, row, draft)
  }
  if (fixes) takeFixesWithoutColumn(reader, fixes, row, draft)
  for (const more of person.more) keepMore(reader, more, draft)
  draft.unitName ??= person.unitAbove
  applyHints(draft)
  return { row, ...finished(draft, reader, row) }
}

function take(reader: RowReader, plan: Plan, cell: Cell, row: number, draft: Draft): void {
  const { field } = plan
  if (field === 'age' || field === 'sequence') return
  if (field === null || plan.read === null) {
    const text = typeof cell === 'string' ? cleanLine(cell) : textOf(cell)
    if (text !== '') draft.imported[plan.header] = text
    return
  }
  const reading = readWith(reader, plan, cell, row)
  if (reading.value !== null) {
    if (field === 'unitName') draft.unitName = reading.value
    else draft.set[field] = reading.value
  }
  if (reading.kept !== null) draft.imported[plan.header] = reading.kept
  if (reading.hints !== null) draft.hints.push(reading.hints)
  if (reading.trouble !== null) {
    draft.problems.push({
      ...reading.trouble,
      params: { ...reading.trouble.params },
      cell: addressOf(plan.index, row),
      field,
    })
  }
}

function readWith(reader: RowReader, plan: Plan, cell: Cell, row: number): Reading {
  const held = plan.seen?.get(cell)
  if (held !== undefined) return held
  const shown = typeof cell === 'number' ? reader.sheet.shown[addressOf(plan.index, row)] : undefined
  const reading = readCell(plan.read!, cell, plan.evidence, shown)
  if (shown === undefined) plan.seen?.set(cell, reading)
  return reading
}

/** A field the sheet has no column for can be given by hand all the same. */
function takeFixesWithoutColumn(reader: RowReader, fixes: Fixes, row: number, draft: Draft): void {
  for (const [field, text] of fixes) {
    if (reader.plans.some((plan) => plan.field === field)) continue
    const read = readerOf(field as RosterField)
    const evidence = { twoDigitMonths: false, date1904: false, allCut: false }
    const plan: Plan = { index: 0, field: field as RosterField, header: field, read, evidence, seen: null }
    const before = draft.problems.length
    take(reader, plan, text, row, draft)
    for (const problem of draft.problems.slice(before)) problem.cell = null
  }
}

/** Rows below a name that is merged downwards: a second degree, a second post. Kept under their heading and row. */
function keepMore(reader: RowReader, more: PersonRow['more'][number], draft: Draft): void {
  for (const plan of reader.plans) {
    if (plan.field === 'age' || plan.field === 'sequence' || plan.field === 'unitName') continue
    const text = cleanLine(textOf(more.cells[plan.index]))
    if (text !== '') draft.imported[`${plan.header}（第${more.index + 1}行）`] = text
  }
}

/** What one column says about another holds only where that other is silent. */
function applyHints(draft: Draft): void {
  for (const hints of draft.hints) {
    draft.set.rollGroup ??= hints.rollGroup as string
    draft.set.sex ??= hints.sex as string
    draft.set.ethnicity ??= hints.ethnicity as string
  }
  for (const field of ['rollGroup', 'sex', 'ethnicity'] as const)
    if (draft.set[field] === undefined) delete draft.set[field]
}

function finished(draft: Draft, reader: RowReader, row: number): Omit<ParsedRow, 'row'> {
  const { set, imported, unitName, problems } = draft
  if (set.name === undefined && !problems.some((problem) => problem.field === 'name')) {
    problems.push(problemAt(reader, row, 'name', 'no-name', 'error'))
  }
  settleMonth(draft)
  addIdentityFindings(draft, reader, row)
  addFutureDates(set, reader, row, problems)
  return { set, imported, unitName, problems }
}

function problemAt(
  reader: RowReader,
  row: number,
  field: RosterField,
  code: RosterProblem['code'],
  severity: RosterProblem['severity'],
  params: RosterProblem['params'] = {},
): RosterProblem {
  const plan = reader.plans.find((candidate) => candidate.field === field)
  return { code, severity, cell: plan ? addressOf(plan.index, row) : null, field, params }
}

/** 1990.1 that may be January or October: the person's own identity number settles it, when it says one of the two. */
function settleMonth(draft: Draft): void {
  const at = draft.problems.findIndex((problem) => problem.code === 'month-unclear' && problem.field === 'birthMonth')
  const number = draft.set.identityNumber
  if (at < 0 || number === undefined) return
  const byNumber = `${number.slice(6, 10)}-${number.slice(10, 12)}`
  const { read, other } = draft.problems[at]!.params
  if (byNumber !== String(read).replace('.', '-') && byNumber !== String(other).replace('.', '-')) return
  draft.set.birthMonth = byNumber
  draft.problems.splice(at, 1)
}

/** R-1 was said when the number was read. */
function addIdentityFindings(draft: Draft, reader: RowReader, row: number): void {
  const { identityNumber, birthMonth, sex } = draft.set
  if (identityNumber === undefined) return
  if (birthMonth === undefined && sex === undefined) return
  const person = { identityNumber, birthMonth: birthMonth ?? null, sex: (sex as 'male' | 'female' | undefined) ?? null }
  for (const { outcome, params } of identityNumberFindings(person)) {
    if (outcome === 'birth-differs')
      draft.problems.push(problemAt(reader, row, 'birthMonth', 'birth-differs', 'warn', params))
    if (outcome === 'sex-differs') draft.problems.push(problemAt(reader, row, 'sex', 'sex-differs', 'warn'))
  }
}

const PAST_MONTHS = [...MONTH_FIELDS].filter((field) => !AHEAD.has(field)) as CadreField[]

function addFutureDates(set: ParsedRow['set'], reader: RowReader, row: number, problems: RosterProblem[]): void {
  const month = reader.today.slice(0, 7)
  for (const field of PAST_MONTHS) {
    const value = set[field]
    if (value === undefined || value <= month) continue
    problems.push(problemAt(reader, row, field, 'future-date', 'warn', { value: value.replace('-', '.') }))
  }
  if (set.joinedOn !== undefined && set.joinedOn > reader.today) {
    problems.push(problemAt(reader, row, 'joinedOn', 'future-date', 'warn', { value: set.joinedOn }))
  }
}

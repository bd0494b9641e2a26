import { Fault } from '../../shared/errors.ts'
import type { RosterCounts, RosterFile, RosterRow } from '../../shared/contract/roster.ts'
import { letterOf, type Sheet } from './cell.ts'
import { applyMapping, guessColumns, isRosterField, type Column, type Corrections } from './columns.ts'
import { doubleProblems, forgetRow, noDoubles, noteRow, sharing, type Doubles } from './doubles.ts'
import { findHeader, type Header } from './find-header.ts'
import { changesOf, judge, type Verdict } from './judge.ts'
import type { Known } from './known.ts'
import { parseRow, rowReader, type ParsedRow, type RowReader } from './parse-row.ts'
import { personRows, type PersonRow } from './person-rows.ts'

/** A sheet with its header and columns understood: what step 2 of the wizard shows. */
export interface Layout {
  readonly sheetIndex: number
  readonly sheet: Sheet
  readonly header: Header
  readonly columns: readonly Column[]
  readonly people: readonly PersonRow[]
}

/** The sheet that reads most like a roster; a hidden one only when it is the only one. */
export function rosterSheet(sheets: readonly Sheet[]): number {
  const scores = sheets.map((sheet) => {
    if (sheet.rows.length === 0) return -1
    try {
      const { score } = findHeader(sheet)
      return sheet.hidden ? score / 100 : score
    } catch (cause) {
      if (cause instanceof Fault) return -1
      throw cause
    }
  })
  return Math.max(0, scores.indexOf(Math.max(...scores)))
}

/**
 * Understands one sheet.
 *
 * @throws Fault `file-empty` or `file-no-header`
 */
export function layoutOf(sheets: readonly Sheet[], index: number, corrections: Corrections): Layout {
  const sheet = sheets[index]
  if (!sheet || sheet.rows.length === 0) throw new Fault('file-empty', { sheet: sheet?.name ?? '' })
  const header = findHeader(sheet)
  return withColumns({ sheetIndex: index, sheet, header }, guessColumns(sheet, header, corrections))
}

/** The same sheet with a person's mapping of columns. */
export function remapped(layout: Layout, mapping: Readonly<Record<string, string | null>>): Layout {
  const bad = Object.values(mapping).find((field) => field !== null && !isRosterField(field))
  if (bad !== undefined) throw new Fault('invalid-input', { issues: String(bad) })
  const columns = applyMapping(layout.columns, mapping)
  const fields = columns.flatMap(({ field }) => (field === null ? [] : [field]))
  const twice = fields.find((field, at) => fields.indexOf(field) !== at)
  if (twice !== undefined) throw new Fault('invalid-input', { issues: twice })
  return withColumns(layout, columns)
}

function withColumns(base: Pick<Layout, 'sheetIndex' | 'sheet' | 'header'>, columns: readonly Column[]): Layout {
  const indexesOf = (...fields: string[]): number[] =>
    columns.filter(({ field }) => field !== null && fields.includes(field)).map(({ index }) => index)
  const people = personRows(base.sheet, base.header, {
    name: indexesOf('name')[0] ?? columns.find(({ field }) => field !== 'sequence')?.index ?? 0,
    prefilled: new Set(indexesOf('sequence', 'age', 'unitName')),
    mapped: new Set(columns.filter(({ field }) => field !== null).map(({ index }) => index)),
  })
  const { sheetIndex, sheet, header } = base
  return { sheetIndex, sheet, header, columns, people }
}

/** What the contract tells of an opened file. */
export function fileOf(importId: string, fileName: string, sheets: readonly Sheet[], layout: Layout): RosterFile {
  return {
    importId,
    fileName,
    sheets: sheets.map((sheet) => ({ name: sheet.name, rows: sheet.rows.length })),
    sheet: layout.sheetIndex,
    headerRows: layout.header.rows.map((row) => row + 1),
    columns: layout.columns.map((column) => ({ ...column, samples: [...column.samples] })),
    dataRows: layout.people.length,
  }
}

/** The dry run of one sheet: every row read and judged; nothing is written by it. */
export interface DryRun {
  readonly layout: Layout
  /** Needed for judging only: whom the file may mean is known once its rows are read. */
  known: Known
  readonly reader: RowReader
  readonly rows: ParsedRow[]
  readonly verdicts: Verdict[]
  readonly fixes: Map<number, Map<string, string>>
  readonly doubles: Doubles
}

/**
 * Starts a dry run; {@link readRows} and {@link judgeRows} then go through it in slices, so that screens stay alive.
 *
 * `fixes` are those of an earlier dry run of the same sheet: going back to the columns must not lose them.
 *
 * @throws Fault `import-unmapped` when no column is the name
 */
export function startDryRun(layout: Layout, known: Known, today: string, fixes: DryRun['fixes'] = new Map()): DryRun {
  if (!layout.columns.some(({ field }) => field === 'name')) throw new Fault('import-unmapped', { field: 'name' })
  const reader = rowReader(layout.sheet, layout.columns, layout.people, today)
  return { layout, known, reader, rows: [], verdicts: [], fixes, doubles: noDoubles() }
}

/** Reads the next rows; true while there are more. */
export function readRows(run: DryRun, count: number): boolean {
  const { people } = run.layout
  const end = Math.min(people.length, run.rows.length + count)
  for (let at = run.rows.length; at < end; at += 1) {
    const row = parseRow(run.reader, people[at]!, run.fixes.get(people[at]!.index + 1))
    run.rows.push(row)
    noteRow(run.doubles, at, row)
  }
  return end < people.length
}

/** Judges the next rows, all of which must have been read; true while there are more. */
export function judgeRows(run: DryRun, count: number): boolean {
  const end = Math.min(run.rows.length, run.verdicts.length + count)
  for (let at = run.verdicts.length; at < end; at += 1) run.verdicts.push(verdictOf(run, at))
  return end < run.rows.length
}

/** Reads and judges everything at once: for tests and the command line. */
export function completed(run: DryRun): DryRun {
  while (readRows(run, run.layout.people.length + 1));
  while (judgeRows(run, run.rows.length + 1));
  return run
}

function verdictOf(run: DryRun, at: number): Verdict {
  const cellOf = (field: string): string | null => {
    const column = run.layout.columns.find((candidate) => candidate.field === field)
    return column ? `${letterOf(column.index)}${run.rows[at]!.row}` : null
  }
  return judge(run.rows[at]!, run.known, doubleProblems(run.doubles, run.rows, at, cellOf))
}

/** One row as pages see it; identity numbers masked. */
export function rowView(run: DryRun, at: number): RosterRow {
  const row = run.rows[at]!
  const { state, match, problems } = run.verdicts[at]!
  return {
    row: row.row,
    name: row.set.name ?? null,
    unitName: row.unitName,
    state,
    match: match && { id: match.cadre.id, name: match.cadre.name, by: match.by },
    changes: changesOf(row, match?.cadre ?? null, run.known),
    // The sentence names its place, so that it can stand alone in a report or on a terminal.
    problems: [...row.problems, ...problems].map((problem) => ({
      ...problem,
      params: { ...problem.params, row: row.row, cell: problem.cell ?? String(row.row) },
    })),
  }
}

/** A page of rows, all or those of one state. */
export function rowsView(
  run: DryRun,
  page: { state?: RosterRow['state'] | undefined; offset: number; limit: number },
): { total: number; rows: RosterRow[] } {
  const places = run.verdicts.flatMap(({ state }, at) => (page.state === undefined || state === page.state ? [at] : []))
  return {
    total: places.length,
    rows: places.slice(page.offset, page.offset + page.limit).map((at) => rowView(run, at)),
  }
}

export function countsOf(run: DryRun): RosterCounts {
  const counts = { added: 0, changed: 0, unchanged: 0, problem: 0, confirm: 0, total: run.verdicts.length }
  for (const { state } of run.verdicts) counts[state] += 1
  return counts
}

/**
 * Corrects one cell and judges again what that concerns: the row, and rows that shared or now share its number or name.
 *
 * @throws Fault `not-found` for a row that is no person, `invalid-input` for a field no cell can give
 */
export function fixCell(run: DryRun, excelRow: number, field: string, value: string): RosterRow {
  if (!isRosterField(field)) throw new Fault('invalid-input', { issues: field })
  const at = run.rows.findIndex(({ row }) => row === excelRow)
  if (at < 0) throw new Fault('not-found', { row: excelRow })
  const fixes = run.fixes.get(excelRow) ?? new Map<string, string>()
  run.fixes.set(excelRow, fixes.set(field, value))
  const concerned = new Set(forgetRow(run.doubles, at, run.rows[at]!))
  run.rows[at] = parseRow(run.reader, run.layout.people[at]!, fixes)
  noteRow(run.doubles, at, run.rows[at])
  for (const other of sharing(run.doubles, at, run.rows[at])) concerned.add(other)
  for (const place of [at, ...concerned]) run.verdicts[place] = verdictOf(run, place)
  return rowView(run, at)
}

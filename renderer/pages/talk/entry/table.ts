import { ENTRY_ROWS, type EntryCadre } from '../../../../shared/contract/talk-entry.ts'
import type { TalkPerson } from '../../../../shared/domain/talk.ts'
import { FACTS, shownColumns, type ColumnId } from './columns.ts'
import type { Place } from './paste.ts'
import { emptyRow, withCadre, withCell, withCellOf, withEmptyEnd, withTalker, type EntryRow } from './rows.ts'

/** The entry table as a spreadsheet knows it: rows, one cell that has the cursor, steps to go back. */
export interface Table {
  readonly rows: readonly EntryRow[]
  readonly at: Place
  /** Counts the moves, so that the cursor goes to the cell even when it is the same one. */
  readonly moves: number
  /** `no`: arrows move. `caret`: the text is being changed (F2). `typed`: it has been. */
  readonly editing: 'no' | 'caret' | 'typed'
  /** Where Enter goes back to after a row was filled with Tab. */
  readonly home: ColumnId
  readonly past: readonly (readonly EntryRow[])[]
}

export type Step =
  | { readonly kind: 'go'; readonly to: Place; readonly byTab?: boolean }
  | { readonly kind: 'edit' }
  | { readonly kind: 'type'; readonly text: string }
  /** Takes back what was typed into the cell. */
  | { readonly kind: 'cancel' }
  | { readonly kind: 'clear' }
  | { readonly kind: 'sameAsAbove' }
  | { readonly kind: 'remove'; readonly row: number }
  | { readonly kind: 'choose'; readonly row: number; readonly choice: Choice }
  /** Several cells at once: pasted, filled, emptied. */
  | { readonly kind: 'put'; readonly rows: readonly EntryRow[] }
  | { readonly kind: 'undo' }
  /** What a draft holds; the cursor goes to the end, where one left off. */
  | { readonly kind: 'restore'; readonly rows: readonly EntryRow[] }
  /** These are talks now. What was changed meanwhile is another row and stays. */
  | { readonly kind: 'saved'; readonly rows: ReadonlySet<EntryRow> }
  /** The save was undone: its rows come back, to be put right. */
  | { readonly kind: 'back'; readonly rows: readonly EntryRow[] }

export type Choice =
  | { readonly cadre: Pick<EntryCadre, 'id' | 'name'> }
  | { readonly talker: TalkPerson; readonly name: string }
  | { readonly talkType: string }

/** Enough to take back a wrong paste and what followed it. */
const MOST_STEPS = 50

export const newTable = (): Table => ({
  rows: [emptyRow()],
  at: { row: 0, column: 'cadre' },
  moves: 0,
  editing: 'no',
  home: 'cadre',
  past: [],
})

/** One step of the table; no clock, no core, so that every key can be tested without a page. */
export function stepped(table: Table, step: Step): Table {
  switch (step.kind) {
    case 'go':
      return moved(table, step.to, step.byTab === true)
    case 'edit':
      return table.editing === 'no' ? { ...table, editing: 'caret' } : table
    case 'type':
      return typed(table, step.text)
    case 'cancel':
      return table.editing === 'typed' ? { ...undone(table), editing: 'no' } : { ...table, editing: 'no' }
    case 'clear':
      return changed(
        table,
        atRow(table, (row) => withCell(row, table.at.column, '')),
      )
    case 'sameAsAbove':
      return sameAsAbove(table)
    case 'remove':
      return changed(table, without(table.rows, step.row))
    case 'choose':
      return chosen(table, step.row, step.choice)
    case 'put':
      return changed(table, step.rows)
    case 'undo':
      return undone(table)
    case 'restore':
      return startedAnew(table, step.rows, 'last')
    case 'saved':
      return startedAnew(
        table,
        table.rows.filter((row) => !step.rows.has(row)),
        'first',
      )
    case 'back':
      return startedAnew(table, [...step.rows, ...table.rows].slice(0, ENTRY_ROWS), 'first')
  }
}

function moved(table: Table, to: Place, byTab: boolean): Table {
  const row = Math.max(0, Math.min(table.rows.length - 1, to.row))
  const at = { row, column: to.column }
  return { ...table, at, editing: 'no', moves: table.moves + 1, home: byTab ? table.home : to.column }
}

function typed(table: Table, text: string): Table {
  const rows = withEmptyEnd(atRow(table, (row) => withCell(row, table.at.column, text)))
  // One step back takes away all that was typed into the cell, not its last letter.
  const past = table.editing === 'typed' ? table.past : pushed(table)
  return { ...table, rows, past, editing: 'typed' }
}

function sameAsAbove(table: Table): Table {
  const { column, row } = table.at
  const above = table.rows[row - 1]
  if (above === undefined || !FACTS.includes(column)) return table
  return changed(
    table,
    atRow(table, (own) => withCellOf(own, column, above)),
  )
}

function chosen(table: Table, at: number, choice: Choice): Table {
  const put = (row: EntryRow): EntryRow => {
    if ('cadre' in choice) return withCadre(row, choice.cadre)
    if ('talker' in choice) return withTalker(row, choice.talker, choice.name)
    return withCell(row, 'talkType', choice.talkType)
  }
  const rows = table.rows.map((row, index) => (index === at ? put(row) : row))
  // What was typed to find it is part of the same step.
  return table.editing === 'typed'
    ? { ...table, rows: withEmptyEnd(rows), editing: 'no', moves: table.moves + 1 }
    : changed(table, rows)
}

const atRow = ({ rows, at }: Table, change: (row: EntryRow) => EntryRow): readonly EntryRow[] =>
  rows.map((row, index) => (index === at.row ? change(row) : row))

const without = (rows: readonly EntryRow[], at: number): readonly EntryRow[] => rows.filter((_, index) => index !== at)

const changed = (table: Table, rows: readonly EntryRow[]): Table =>
  settled({ ...table, rows: withEmptyEnd(rows), past: pushed(table), editing: 'no', moves: table.moves + 1 })

const pushed = ({ past, rows }: Table): Table['past'] => [...past.slice(1 - MOST_STEPS), rows]

/** Going back any further would bring what is saved into the table a second time. */
function startedAnew(table: Table, given: readonly EntryRow[], cursor: 'first' | 'last'): Table {
  const rows = withEmptyEnd(given)
  const at: Place = { row: cursor === 'first' ? 0 : rows.length - 1, column: 'cadre' }
  return { ...table, rows, at, past: [], editing: 'no', home: 'cadre', moves: table.moves + 1 }
}

function undone(table: Table): Table {
  const rows = table.past.at(-1)
  if (rows === undefined) return table
  return settled({ ...table, rows, past: table.past.slice(0, -1), editing: 'no', moves: table.moves + 1 })
}

/** The cursor stays where there still is a cell. */
function settled(table: Table): Table {
  const { row, column } = table.at
  const shown = shownColumns(table.rows)
  const at = {
    row: Math.max(0, Math.min(row, table.rows.length - 1)),
    column: shown.includes(column) ? column : shown[0]!,
  }
  return { ...table, at }
}

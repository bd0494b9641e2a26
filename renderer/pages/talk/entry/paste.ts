import { ENTRY_ROWS } from '../../../../shared/contract/talk-entry.ts'
import { columnOfHead, shownColumns, type ColumnId, type PastedColumn } from './columns.ts'
import { emptyRow, isEmpty, withCell, withCellOf, withEmptyEnd, type EntryRow } from './rows.ts'

export interface Pasted {
  readonly rows: readonly EntryRow[]
  /** How many rows were filled. */
  readonly count: number
  /** Headings that mean no column here; what stood under them was not taken. */
  readonly unused: readonly string[]
  /** Rows for which there was no room. */
  readonly beyond: number
}

export interface Place {
  readonly row: number
  readonly column: ColumnId
}

/** A title and a line of notes may stand above the headings. */
const HEAD_WITHIN = 3
const RUNNING_NUMBER = /^\d{1,4}$/

/**
 * Puts copied cells into the table from a cell on.
 *
 * With a row of headings they go where the headings say; without one, to the right of the cell, as in a spreadsheet. A
 * running number before the names is left out, because nobody is called 12.
 */
export function pasteInto(
  rows: readonly EntryRow[],
  at: Place,
  copied: readonly (readonly string[])[],
  onScreen: Readonly<Record<ColumnId, string>>,
): Pasted {
  const head = headOf(copied, onScreen)
  const columns = head?.columns ?? columnsFrom(rows, at.column, copied)
  const lines = (head ? copied.slice(head.row + 1) : copied).filter((line) => line.some((cell) => cell.trim() !== ''))
  const room = Math.max(0, ENTRY_ROWS - at.row)
  const next = [...rows]
  for (const [offset, line] of lines.slice(0, room).entries()) {
    const row = at.row + offset
    next[row] = filled(next[row] ?? emptyRow(), columns, line)
  }
  return {
    rows: withEmptyEnd(next),
    count: Math.min(lines.length, room),
    unused: head?.unused ?? [],
    beyond: Math.max(0, lines.length - room),
  }
}

interface Head {
  readonly row: number
  readonly columns: readonly (PastedColumn | null)[]
  readonly unused: readonly string[]
}

function headOf(
  copied: readonly (readonly string[])[],
  onScreen: Readonly<Record<ColumnId, string>>,
): Head | undefined {
  for (const [row, line] of copied.slice(0, HEAD_WITHIN).entries()) {
    const columns = line.map((cell) => columnOfHead(cell, onScreen)).map(firstOnly)
    const found = columns.filter((column) => column !== null)
    if (!found.includes('cadre') || found.length < 2) continue
    const unused = line.filter((cell, index) => columns[index] === null && !/^(?:\s*|序号|编号|#)$/.test(cell))
    return { row, columns, unused: unused.map((cell) => cell.trim()) }
  }
  return undefined
}

/** Of two columns with one meaning the first one counts. */
const firstOnly = (
  column: PastedColumn | null,
  index: number,
  all: readonly (PastedColumn | null)[],
): PastedColumn | null => (all.indexOf(column) === index ? column : null)

function columnsFrom(
  rows: readonly EntryRow[],
  column: ColumnId,
  copied: readonly (readonly string[])[],
): (PastedColumn | null)[] {
  const shown = shownColumns(rows)
  const columns = shown.slice(Math.max(0, shown.indexOf(column)))
  const numbered = column === 'cadre' && copied.every(([first = '']) => RUNNING_NUMBER.test(first.trim()))
  return numbered ? [null, ...columns] : columns
}

function filled(row: EntryRow, columns: readonly (PastedColumn | null)[], line: readonly string[]): EntryRow {
  let next = row
  let unit = ''
  for (const [index, cell] of line.entries()) {
    const column = columns[index]
    if (column === 'unit') unit = cell.trim()
    else if (column) next = withCell(next, column, cell.trim())
  }
  return unit === '' ? next : { ...next, unit }
}

/** Merged cells of a spreadsheet are written once, and empty in every row below the first. */
const REPEATED: readonly ColumnId[] = ['heldOn', 'talker', 'talkType']

/** True when a row has somebody but no day or talker, below one that has. */
export const hasGaps = (rows: readonly EntryRow[]): boolean =>
  rows.some((row, at) => {
    const above = rows[at - 1]
    if (above === undefined || isEmpty(row)) return false
    return (['heldOn', 'talker'] as const).some((id) => row.cells[id] === '' && above.cells[id] !== '')
  })

/** Day, talker and type taken from the row above, wherever they are empty. */
export function withoutGaps(rows: readonly EntryRow[]): readonly EntryRow[] {
  const next: EntryRow[] = []
  for (const row of rows) {
    const above = next.at(-1)
    const empty = above === undefined || isEmpty(row) ? [] : REPEATED.filter((id) => row.cells[id] === '')
    next.push(empty.reduce((filling, id) => withCellOf(filling, id, above!), row))
  }
  return next
}

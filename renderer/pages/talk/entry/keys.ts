import { TEXT_COLUMNS, type ColumnId } from './columns.ts'
import type { Place } from './paste.ts'
import type { Step, Table } from './table.ts'

interface Pressed {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

const PAGE = 12
const ROW_STEPS: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1, PageUp: -PAGE, PageDown: PAGE }
const COLUMN_STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 }

/** What a key means in the table, as in a spreadsheet; null leaves it to the browser. */
export function stepOf(event: Pressed, table: Table, columns: readonly ColumnId[]): Step | null {
  const { at, editing } = table
  if (event.altKey) return null
  if (event.key === 'Tab') return tabbed(event.shiftKey, table, columns)
  // With Ctrl or Alt, Enter is a line break in the text.
  if (event.key === 'Enter' && !event.ctrlKey) {
    return { kind: 'go', to: { row: at.row + (event.shiftKey ? -1 : 1), column: table.home }, byTab: true }
  }
  if (event.key === 'Escape') return editing === 'no' ? null : { kind: 'cancel' }
  if (event.ctrlKey || event.metaKey) return withControl(event, table, columns)
  // While a text is being changed the arrows are the caret's; a word just typed is left by ↑↓.
  const down = ROW_STEPS[event.key]
  if (editing === 'typed' && down !== undefined && !isLong(at.column)) return downBy(at, down)
  if (editing !== 'no' || event.shiftKey) return null
  return plain(event.key, at, columns)
}

function plain(key: string, at: Place, columns: readonly ColumnId[]): Step | null {
  if (key === 'F2') return { kind: 'edit' }
  if (key === 'Delete' || key === 'Backspace') return { kind: 'clear' }
  if (key === 'Home') return { kind: 'go', to: { ...at, column: columns[0]! } }
  if (key === 'End') return { kind: 'go', to: { ...at, column: columns.at(-1)! } }
  const down = ROW_STEPS[key]
  if (down !== undefined) return downBy(at, down)
  const right = COLUMN_STEPS[key]
  if (right === undefined) return null
  const column = columns[columns.indexOf(at.column) + right]
  return { kind: 'go', to: { ...at, column: column ?? at.column } }
}

const downBy = (at: Place, rows: number): Step => ({ kind: 'go', to: { ...at, row: at.row + rows } })
const isLong = (column: ColumnId): boolean => (TEXT_COLUMNS as readonly ColumnId[]).includes(column)

function withControl(event: Pressed, { at, editing, rows }: Table, columns: readonly ColumnId[]): Step | null {
  // With Caps Lock on, the key is D; with Shift it is another command.
  const key = event.shiftKey ? event.key : event.key.toLowerCase()
  if (key === 'd') return { kind: 'sameAsAbove' }
  if (editing !== 'no') return null
  if (event.key === 'Delete') return { kind: 'remove', row: at.row }
  if (key === 'z') return { kind: 'undo' }
  if (event.key === 'Home') return { kind: 'go', to: { row: 0, column: columns[0]! } }
  if (event.key === 'End') return { kind: 'go', to: { row: rows.length - 1, column: columns[0]! } }
  return null
}

/** Through the row, then the next one; beyond the first and the last cell of all, Tab leaves the table. */
function tabbed(back: boolean, { at, rows }: Table, columns: readonly ColumnId[]): Step | null {
  const column = columns[columns.indexOf(at.column) + (back ? -1 : 1)]
  if (column !== undefined) return { kind: 'go', to: { ...at, column }, byTab: true }
  const row = at.row + (back ? -1 : 1)
  if (row < 0 || row >= rows.length) return null
  return { kind: 'go', to: { row, column: back ? columns.at(-1)! : columns[0]! }, byTab: true }
}

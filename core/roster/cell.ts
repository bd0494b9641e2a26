/**
 * A cell as the engine sees it. A date cell has become its text `1990-01-05` (in the file's own date system), so the one
 * question left about a date is how it is spelled.
 */
export type Cell = string | number | boolean | null

/** A merged range, 0-based and inclusive. */
export interface Merge {
  readonly startRow: number
  readonly startColumn: number
  readonly endRow: number
  readonly endColumn: number
}

/** A sheet as plain data: what the worker hands over. `rows[0]` is row 1 of Excel; rows may differ in length. */
export interface Sheet {
  readonly name: string
  readonly hidden: boolean
  readonly rows: readonly (readonly Cell[])[]
  readonly merges: readonly Merge[]
  /** Serial numbers of bare number cells count from 1904 in files of old Macs. */
  readonly date1904: boolean
  /** Text that Excel shows for number cells whose value alone can be read two ways: `F12` → `1990.10`. */
  readonly shown: Readonly<Record<string, string>>
}

/** 0 → `A`, 26 → `AA`. */
export function letterOf(column: number): string {
  let letters = ''
  for (let rest = column; rest >= 0; rest = Math.floor(rest / 26) - 1)
    letters = String.fromCharCode(65 + (rest % 26)) + letters
  return letters
}

/** Address as Excel writes it, from a 0-based column and the row number Excel shows. */
export const addressOf = (column: number, excelRow: number): string => `${letterOf(column)}${excelRow}`

/** The text of a cell, trimmed; empty for an empty cell. */
export function textOf(cell: Cell | undefined): string {
  if (typeof cell === 'string') return cell.trim()
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'boolean') return cell ? '是' : '否'
  return String(cell)
}

import type { Cell, Sheet } from './cell.ts'

/**
 * Sheets on their way between threads: each distinct value once, and cells as numbers in buffers that change hands
 * without a copy. Cloning 300,000 strings instead would stop the screens for a tenth of a second.
 */
export interface PackedSheet extends Omit<Sheet, 'rows'> {
  readonly values: readonly Cell[]
  readonly cells: Int32Array<ArrayBuffer>
  readonly widths: Int32Array<ArrayBuffer>
}

/** Packs a sheet; pass {@link buffersOf} as the transfer list. */
export function packed({ rows, ...sheet }: Sheet): PackedSheet {
  const places = new Map<Cell, number>()
  const values: Cell[] = []
  const cells = new Int32Array(rows.reduce((sum, row) => sum + row.length, 0))
  const widths = Int32Array.from(rows, (row) => row.length)
  let at = 0
  for (const row of rows) {
    for (let column = 0; column < row.length; column += 1) {
      const cell = row[column]!
      let place = places.get(cell)
      if (place === undefined) {
        place = values.push(cell) - 1
        places.set(cell, place)
      }
      cells[at] = place
      at += 1
    }
  }
  return { ...sheet, values, cells, widths }
}

export const buffersOf = (sheet: PackedSheet): ArrayBuffer[] => [sheet.cells.buffer, sheet.widths.buffer]

/** The sheet as it was; equal texts are one string now, which makes looking them up cheap. */
export function unpacked({ values, cells, widths, ...sheet }: PackedSheet): Sheet {
  const rows: Cell[][] = []
  let at = 0
  for (const width of widths) {
    const row: Cell[] = Array.from({ length: width })
    for (let column = 0; column < width; column += 1) {
      row[column] = values[cells[at]!]!
      at += 1
    }
    rows.push(row)
  }
  return { ...sheet, rows }
}

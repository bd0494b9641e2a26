import { Fault } from '../../shared/errors.ts'
import { textOf, type Cell, type Sheet } from './cell.ts'
import { guessField, type Guess } from './header-field.ts'

export interface Header {
  /** 0-based rows of the header, top to bottom. */
  readonly rows: readonly number[]
  /** Texts of each column from top to bottom, repeated ones of a merge once. */
  readonly levels: readonly (readonly string[])[]
  /** How many fields were recognised, for choosing among sheets. */
  readonly score: number
}

/** Title rows, notes and an index page may come first; a header further down than this was never seen. */
const SEARCH_ROWS = 60
const MAX_DEPTH = 3
const MAX_COLUMNS = 300

/**
 * Finds the header: the one to three rows whose texts, read together, name the most fields.
 *
 * @throws Fault `file-no-header` when nothing looks like one
 */
export function findHeader(sheet: Sheet): Header {
  const width = Math.min(MAX_COLUMNS, widthOf(sheet.rows))
  const cellAt = mergedCells(sheet, Math.min(sheet.rows.length, SEARCH_ROWS + MAX_DEPTH))
  const guess = rememberedGuess()
  let best: Header | null = null
  for (let top = 0; top < Math.min(sheet.rows.length, SEARCH_ROWS); top += 1) {
    if (distinctTexts(sheet.rows[top]!) < 1) continue
    for (let depth = 1; depth <= MAX_DEPTH && top + depth <= sheet.rows.length; depth += 1) {
      if (holdsValues(sheet.rows[top + depth - 1]!)) break
      const candidate = judge(cellAt, guess, top, depth, width)
      if (best === null || candidate.score > best.score + 1e-9) best = candidate
    }
  }
  return best !== null && best.score >= 2 ? best : plainHeader(sheet, width)
}

const VALUE = /^(?:(?:19|20)\d{2}[.\-/年]?\d{1,2}(?:\D.*)?|\d{15,18}[xX]?|1\d{10}|男|女|[^\d\s]{1,5}族)$/
/** A row with two values that no heading would be (numbers, dates, 男, 汉族) is a person, so no header reaches it. */
function holdsValues(row: readonly Cell[]): boolean {
  let values = 0
  for (const cell of row) {
    if (typeof cell === 'number' || (typeof cell === 'string' && VALUE.test(cell.trim()))) values += 1
    if (values === 2) return true
  }
  return false
}

/** How long the longest row is. */
export const widthOf = (rows: readonly (readonly Cell[])[]): number =>
  rows.reduce((most, row) => Math.max(most, row.length), 0)

type CellAt = (row: number, column: number) => string

/** Texts near the top with merged ranges filled in, so that a group stands above each of its columns. */
function mergedCells(sheet: Sheet, rows: number): CellAt {
  const filled = new Map<number, string>()
  const key = (row: number, column: number): number => row * MAX_COLUMNS + column
  for (const merge of sheet.merges) {
    if (merge.startRow >= rows) continue
    const text = textOf(sheet.rows[merge.startRow]?.[merge.startColumn])
    for (let row = merge.startRow; row <= Math.min(merge.endRow, rows); row += 1) {
      for (let column = merge.startColumn; column <= Math.min(merge.endColumn, MAX_COLUMNS - 1); column += 1) {
        filled.set(key(row, column), text)
      }
    }
  }
  return (row, column) => filled.get(key(row, column)) ?? textOf(sheet.rows[row]?.[column])
}

/** A title over several columns is one text, however many cells its merge covers. */
const distinctTexts = (row: readonly Cell[]): number => new Set(row.map(textOf).filter((text) => text !== '')).size

/** Score of rows `top`…: the sum of confidences, each field once; a name or an identity number is worth another one. */
function judge(cellAt: CellAt, guess: typeof guessField, top: number, depth: number, width: number): Header {
  const rows = Array.from({ length: depth }, (_, index) => top + index)
  const levels = Array.from({ length: width }, (_, column) => levelsOf(cellAt, rows, column))
  const best = new Map<string, number>()
  for (const words of levels) {
    const found = guess(words)
    if (found) best.set(found.field, Math.max(best.get(found.field) ?? 0, found.confidence))
  }
  const person = best.has('name') ? 1 : best.has('identityNumber') ? 0.5 : 0
  const score = [...best.values()].reduce((sum, confidence) => sum + confidence, person)
  return { rows, levels, score }
}

/** The same texts come by in many candidates. */
function rememberedGuess(): typeof guessField {
  const seen = new Map<string, Guess | null>()
  return (levels) => {
    const key = levels.join('\n\n')
    const held = seen.get(key)
    if (held !== undefined) return held
    const guess = guessField(levels)
    seen.set(key, guess)
    return guess
  }
}

function levelsOf(cellAt: CellAt, rows: readonly number[], column: number): string[] {
  const levels: string[] = []
  for (const [depth, row] of rows.entries()) {
    const own = cellAt(row, column)
    // A group that was centred by hand instead of merged stands only above its first column.
    const text = own === '' && depth < rows.length - 1 && column > 0 ? groupFromLeft(cellAt, rows, depth, column) : own
    if (text !== '' && levels.at(-1) !== text) levels.push(text)
  }
  return levels
}

/** The group text to the left, when both columns have their own text one row below. */
function groupFromLeft(cellAt: CellAt, rows: readonly number[], depth: number, column: number): string {
  const below = rows[depth + 1]!
  if (cellAt(below, column) === '') return ''
  for (let left = column - 1; left >= 0 && cellAt(below, left) !== ''; left -= 1) {
    const group = cellAt(rows[depth]!, left)
    if (group !== '') return cellAt(below, left) === group ? '' : group
  }
  return ''
}

/** Nothing was recognised: the first row with the most texts that has a row below, for a person to map by hand. */
function plainHeader(sheet: Sheet, width: number): Header {
  const cellAt = mergedCells(sheet, SEARCH_ROWS)
  let best = { row: -1, texts: 1 }
  for (let row = 0; row < Math.min(sheet.rows.length - 1, SEARCH_ROWS); row += 1) {
    const texts = distinctTexts(sheet.rows[row]!.filter((cell) => typeof cell === 'string'))
    if (texts > best.texts) best = { row, texts }
  }
  if (best.row < 0) throw new Fault('file-no-header', { sheet: sheet.name })
  const levels = Array.from({ length: width }, (_, column) => levelsOf(cellAt, [best.row], column))
  return { rows: [best.row], levels, score: 0 }
}

import {
  ENTRY_ROWS,
  type EntryCadre,
  type EntryCells,
  type EntryReading,
} from '../../../../shared/contract/talk-entry.ts'
import type { Input } from '../../../../shared/contract/index.ts'
import type { TalkPerson } from '../../../../shared/domain/talk.ts'
import { COLUMNS, TEXT_COLUMNS, TEXTS, type ColumnId, type TextColumn } from './columns.ts'

export type Cells = Readonly<Record<ColumnId, string>>

/** One row as it was typed or pasted. Rows are never changed, only replaced: what is known of one stays true of it. */
export interface EntryRow {
  readonly key: string
  readonly cells: Cells
  /** 单位 of a pasted table; forgotten when the name is typed anew, as the two choices are with their cells. */
  readonly unit: string
  readonly cadreId: string | null
  readonly talkerChosen: TalkPerson | null
}

const NO_CELLS = Object.fromEntries(COLUMNS.map((id) => [id, ''])) as Cells

export const emptyRow = (): EntryRow => ({
  key: crypto.randomUUID(),
  cells: NO_CELLS,
  unit: '',
  cadreId: null,
  talkerChosen: null,
})
export const isEmpty = ({ cells }: EntryRow): boolean => COLUMNS.every((id) => cells[id].trim() === '')

/** An empty row is always at the end, to type or paste into, as long as there may be more. */
export function withEmptyEnd(rows: readonly EntryRow[]): readonly EntryRow[] {
  const last = rows.at(-1)
  return (last !== undefined && isEmpty(last)) || rows.length >= ENTRY_ROWS ? rows : [...rows, emptyRow()]
}

export function withCell(row: EntryRow, column: ColumnId, text: string): EntryRow {
  const next = { ...row, cells: { ...row.cells, [column]: text } }
  if (column === 'cadre') return { ...next, cadreId: null, unit: '' }
  return column === 'talker' ? { ...next, talkerChosen: null } : next
}

export const withCadre = (row: EntryRow, cadre: Pick<EntryCadre, 'id' | 'name'>): EntryRow => ({
  ...withCell(row, 'cadre', cadre.name),
  cadreId: cadre.id,
})
export const withTalker = (row: EntryRow, talkerChosen: TalkPerson, name: string): EntryRow => ({
  ...withCell(row, 'talker', name),
  talkerChosen,
})

/** The cell and what was chosen for it, taken over from another row. */
export function withCellOf(row: EntryRow, column: ColumnId, from: EntryRow): EntryRow {
  const next = withCell(row, column, from.cells[column])
  if (column === 'cadre') return { ...next, cadreId: from.cadreId, unit: from.unit }
  return column === 'talker' ? { ...next, talkerChosen: from.talkerChosen } : next
}

/** Longest text of a cell that is to be understood; what is longer is none of these, and the core need not see it. */
const CELL = 200

/** What the core is asked about: who, when, by whom, of what type. Never what was said. */
export const toRead = ({ cells, unit, cadreId, talkerChosen }: EntryRow): EntryCells => ({
  cadre: cells.cadre.slice(0, CELL),
  unit: unit.slice(0, CELL),
  cadreId,
  heldOn: cells.heldOn.slice(0, CELL),
  talker: cells.talker.slice(0, CELL),
  talkerChosen,
  talkType: cells.talkType.slice(0, CELL),
})

const signatures = new WeakMap<EntryRow, string>()
/** Rows of one signature have one reading. */
export function signatureOf(row: EntryRow): string {
  const known = signatures.get(row) ?? JSON.stringify(toRead(row))
  signatures.set(row, known)
  return known
}

export interface TooLong {
  readonly column: TextColumn
  readonly max: number
}

/** Texts the register would not take, by its own schemas. */
export const tooLong = ({ cells }: EntryRow): TooLong[] =>
  TEXT_COLUMNS.flatMap((column) => {
    const issue = TEXTS[column].safeParse(cells[column].trim()).error?.issues[0]
    return issue?.code === 'too_big' ? [{ column, max: Number(issue.maximum) }] : []
  })

export const isReady = (row: EntryRow, reading: EntryReading | undefined): boolean =>
  reading !== undefined && reading.problems.length === 0 && tooLong(row).length === 0

type NewTalk = Input<'talk.saveMany'>['rows'][number]

/** The talk a ready row means; null while it is not ready. Nothing is filled in that was not written. */
export function toTalk(row: EntryRow, reading: EntryReading): NewTalk | null {
  const { cadre, heldOn, talker, talkType } = reading
  if (!isReady(row, reading) || !cadre || !heldOn || !talker || !talkType) return null
  const text = (column: TextColumn) => row.cells[column].trim() || null
  const number = text('paper')
  return {
    set: {
      cadreId: cadre.id,
      heldOn,
      talker,
      talkType,
      place: text('place'),
      summary: text('summary'),
      paperRecord: number === null ? null : { number, custodian: null },
      stateOfMind: text('stateOfMind'),
      needs: text('needs'),
      measures: text('measures'),
    },
  }
}

import { useTranslation } from 'react-i18next'
import type { EntryProblem, EntryReading } from '../../../../shared/contract/talk-entry.ts'
import { PINYIN } from '../person-input.tsx'
import type { ColumnId } from './columns.ts'
import { tooLong, type EntryRow } from './rows.ts'

export interface Said {
  readonly column: ColumnId
  readonly text: string
}

/** Every problem of the core speaks of one cell. */
const COLUMN_OF: Readonly<Record<EntryProblem, ColumnId>> = {
  'cadre-missing': 'cadre',
  'cadre-unknown': 'cadre',
  'cadre-several': 'cadre',
  'date-missing': 'heldOn',
  'date-no-day': 'heldOn',
  'date-unreadable': 'heldOn',
  'talker-missing': 'talker',
  'talker-unreadable': 'talker',
  'type-unknown': 'talkType',
}

/** Headings and sentences of the table, in the language of the page. */
export function useEntryTexts() {
  const { t } = useTranslation('talk')
  const labels: Readonly<Record<ColumnId, string>> = {
    cadre: t('entry.name'),
    heldOn: t('entry.heldOn'),
    talker: t('field.talker'),
    talkType: t('field.talkType'),
    place: t('field.place'),
    summary: t('field.summary'),
    paper: t('entry.paper'),
    stateOfMind: t('field.stateOfMind'),
    needs: t('field.needs'),
    measures: t('field.measures'),
  }
  const shown = (row: EntryRow, column: ColumnId, reading: EntryReading | undefined): string => {
    const written = row.cells[column]
    if (column === 'cadre') return reading?.cadre?.name ?? written
    if (column === 'heldOn') return reading?.heldOn ?? written
    if (column === 'talker') return reading?.talkerName ?? written
    if (column !== 'talkType' || written === '' || !reading?.talkType) return written
    return t(`talkType.${reading.talkType}`)
  }
  const problems = (row: EntryRow, reading: EntryReading | undefined): Said[] => {
    const said = (reading?.problems ?? []).map((code) => {
      const column = COLUMN_OF[code]
      const text = short(row.cells[column].trim())
      // Initials that several people share are no name of anybody.
      const key = code === 'cadre-several' && PINYIN.test(text) ? 'cadre-initials' : code
      return { column, text: t(`entry.problem.${key}`, { text }) }
    })
    const long = tooLong(row).map(({ column, max }) => {
      const length = row.cells[column].trim().length
      return { column, text: t('entry.problem.too-long', { field: labels[column], max, length }) }
    })
    return [...said, ...long]
  }
  const notes = (reading: EntryReading | undefined): string[] =>
    (reading?.notes ?? []).map(({ code, params }) =>
      t(`entry.told.${code}`, { name: reading?.cadre?.name ?? '', ...params }),
    )
  return { labels, shown, problems, notes }
}

const short = (text: string): string => (text.length > 12 ? `${text.slice(0, 12)}…` : text)

import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { memo, type Dispatch, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { EntryReading } from '../../../../shared/contract/talk-entry.ts'
import { FindingList } from '../../../kit/finding-list.tsx'
import { inText } from '../../../kit/icon.ts'
import { StatusWord } from '../../../kit/status-word.tsx'
import type { ColumnId } from './columns.ts'
import { useEntryTexts, type Said } from './entry-texts.ts'
import classes from './entry.module.css'
import { isEmpty, isReady, type EntryRow } from './rows.ts'
import type { Step } from './table.ts'

interface RowProps {
  readonly row: EntryRow
  readonly index: number
  readonly columns: readonly ColumnId[]
  readonly reading: EntryReading | undefined
  /** The column the cursor is in; null in every other row. */
  readonly active: ColumnId | null
  /** Something is being typed into that cell. */
  readonly typing: boolean
  readonly dispatch: Dispatch<Step>
  /** The box for the cell with the cursor; a new one on every render, so that only its row is drawn again. */
  readonly editor: ((cell: { shown: string; wrong: boolean; describedBy: string | undefined }) => ReactNode) | null
}

/** One row, and under it what is to be said about it. Rows that did not change are not drawn again. */
export const EntryRowView = memo(function EntryRowView(props: RowProps) {
  const { row, index, columns, reading, active, typing, dispatch, editor } = props
  const { t } = useTranslation('talk')
  const { shown, problems, notes } = useEntryTexts()
  const empty = isEmpty(row)
  const wrong = empty ? [] : problems(row, reading)
  // In the row one is filling in, what is still missing goes without saying, and what is being typed is not judged.
  const said =
    active === null ? wrong : wrong.filter(({ column }) => row.cells[column] !== '' && !(typing && column === active))
  const told = empty ? [] : notes(reading)
  const messageId = `entry-${row.key}`
  const hasMessage = said.length + told.length + (empty ? 0 : (reading?.findings.length ?? 0)) > 0
  const go = (column: ColumnId) => dispatch({ kind: 'go', to: { row: index, column } })
  return (
    <>
      <tr aria-rowindex={index + 2} className={classes.row} data-active={active !== null}>
        <th scope="row" className={classes.number}>
          {index + 1}
        </th>
        {columns.map((column) => {
          const text = shown(row, column, reading)
          const isWrong = said.some((one) => one.column === column)
          return (
            <td
              key={column}
              data-column={column}
              data-wrong={isWrong}
              onMouseDown={(event) => {
                if (column === active) return
                event.preventDefault()
                go(column)
              }}
            >
              {editor !== null && column === active ? (
                editor({ shown: text, wrong: isWrong, describedBy: hasMessage ? messageId : undefined })
              ) : (
                <CellText row={row} column={column} text={text} reading={reading} />
              )}
            </td>
          )
        })}
        <td data-column="state">
          {!empty && <RowState ready={isReady(row, reading)} wrong={wrong.length > 0} filling={said.length === 0} />}
        </td>
        <td data-column="remove">
          {!empty && (
            <ActionIcon
              size="sm"
              tabIndex={-1}
              aria-label={t('entry.remove', { n: index + 1 })}
              onClick={() => dispatch({ kind: 'remove', row: index })}
            >
              <IconX {...inText} />
            </ActionIcon>
          )}
        </td>
      </tr>
      {hasMessage && (
        <tr className={classes.message}>
          <td aria-hidden />
          <td colSpan={columns.length + 2} id={messageId}>
            <Messages said={said} told={told} reading={reading} onChoose={(cadre) => choose(dispatch, index, cadre)} />
          </td>
        </tr>
      )}
    </>
  )
})

type Cadre = EntryReading['cadres'][number]
const choose = (dispatch: Dispatch<Step>, row: number, cadre: Cadre) =>
  dispatch({ kind: 'choose', row, choice: { cadre } })

function CellText({
  row,
  column,
  text,
  reading,
}: {
  readonly row: EntryRow
  readonly column: ColumnId
  readonly text: string
  readonly reading: EntryReading | undefined
}) {
  const { t } = useTranslation('talk')
  // What an empty type means is seen, and greyed because nobody wrote it.
  if (column === 'talkType' && text === '' && !isEmpty(row))
    return (
      <span className={classes.text} data-quiet>
        {t('talkType.heart-to-heart')}
      </span>
    )
  const unit = column === 'cadre' ? (reading?.cadre?.unitName ?? null) : null
  return (
    <span className={classes.text} title={text.length > 8 ? text : undefined}>
      {text}
      {unit !== null && <span className={classes.unit}>{unit}</span>}
    </span>
  )
}

function RowState({
  ready,
  wrong,
  filling,
}: {
  readonly ready: boolean
  readonly wrong: boolean
  readonly filling: boolean
}) {
  const { t } = useTranslation('talk')
  if (ready) return <StatusWord tone="done">{t('entry.ready')}</StatusWord>
  if (!wrong) return null
  return filling ? (
    <StatusWord tone="quiet">{t('entry.filling')}</StatusWord>
  ) : (
    <StatusWord tone="alarm">{t('entry.attention')}</StatusWord>
  )
}

function Messages({
  said,
  told,
  reading,
  onChoose,
}: {
  readonly said: readonly Said[]
  readonly told: readonly string[]
  readonly reading: EntryReading | undefined
  readonly onChoose: (cadre: Cadre) => void
}) {
  const { t } = useTranslation('talk')
  const several = said.some(({ column }) => column === 'cadre') ? (reading?.cadres ?? []) : []
  return (
    <div className={classes.messages}>
      {said.map(({ column, text }) => (
        <StatusWord key={`${column} ${text}`} tone="alarm">
          {text}
        </StatusWord>
      ))}
      {several.map((cadre) => (
        <Button
          key={cadre.id}
          size="compact-xs"
          variant="default"
          tabIndex={-1}
          aria-label={t('entry.choose', { name: cadre.name, place: placeOf(cadre) })}
          onClick={() => onChoose(cadre)}
        >
          {[cadre.name, placeOf(cadre)].filter(Boolean).join(' · ')}
        </Button>
      ))}
      {told.map((text) => (
        <StatusWord key={text} tone="info">
          {text}
        </StatusWord>
      ))}
      {reading !== undefined && <FindingList findings={reading.findings} inField />}
    </div>
  )
}

const placeOf = ({ unitName, postTitle }: Cadre): string => [unitName, postTitle].filter(Boolean).join(' · ')

import { Button, Group, SegmentedControl, Text, VisuallyHidden } from '@mantine/core'
import { useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IMPORT_STATES, type ImportCounts, type ImportState } from '../../../shared/contract/import.ts'
import type { RowSource } from '../../api/use-rows.ts'
import { EmptyState } from '../empty-state.tsx'
import { RegisterTable, type Column } from '../register-table.tsx'
import { allSame, peopleToImport, undecided, type Choices } from './choices.ts'
import classes from './import.module.css'
import { ImportOptions, type DefaultWords } from './options.tsx'
import { useVerdictColumns, type Judged } from './verdict-columns.tsx'

export type ShownState = ImportState | 'all'

interface CheckProps<Row> {
  /** Remembers the table's columns under this name. */
  readonly id: string
  readonly counts: ImportCounts
  readonly shown: ShownState
  readonly onShown: (shown: ShownState) => void
  /** The rows of the state that is shown. */
  readonly source: RowSource<Row>
  /** What names a row, before its verdict. */
  readonly columns: readonly Column<Row>[]
  /** Its number in the import, by which it is decided about. */
  readonly keyOf: (row: Row) => number
  /** The first thing to know about it, where its verdict leaves something to say. */
  readonly sentenceOf: (row: Row) => string | undefined
  readonly choices: Choices
  readonly onChoices: (choices: Choices) => void
  /** Everybody in `confirm`, for deciding them all. */
  readonly toConfirm: () => Promise<readonly number[]>
  readonly words: {
    /** How many of which verdict, as a sentence. */
    readonly summary: string
    /** What becomes of those with a problem. */
    readonly problemHint: string
    readonly defaults: DefaultWords
  }
  readonly onOpen: (row: Row | null) => void
  /** The open row beside the table; closing it must ask for `onClose`. */
  readonly panel: (close: () => void) => ReactNode
  /** Beside the import button: the way back, a report. */
  readonly actions: ReactNode
  readonly onImport: () => void
}

/** 核对: every row with its verdict; what is wrong is seen here, and who might be the same person is decided here. */
export function ImportCheck<Row extends Judged>(props: CheckProps<Row>) {
  const { id, source, keyOf, choices, words, onOpen, panel } = props
  const { t } = useTranslation('import')
  const place = useRef<HTMLDivElement>(null)
  const columns = useVerdictColumns(props.columns, (row) => choices.confirmations[keyOf(row)], props.sentenceOf)
  const close = () => {
    onOpen(null)
    place.current?.querySelector<HTMLElement>('[role="grid"]')?.focus()
  }
  return (
    <>
      <VisuallyHidden role="status">{words.summary}</VisuallyHidden>
      <div className={classes.check} ref={place}>
        <RegisterTable
          id={id}
          label={t('step.check')}
          source={source}
          columns={columns}
          rowKey={(row) => String(keyOf(row))}
          onOpen={onOpen}
          above={<Above {...props} />}
          empty={<EmptyState title={t('check.none')} />}
        />
        {panel(close)}
      </div>
      <Below {...props} />
    </>
  )
}

function Above<Row>({ counts, shown, onShown, choices, onChoices, toConfirm, words }: CheckProps<Row>) {
  const { t } = useTranslation(['import', 'roster'])
  const decideAll = async () => onChoices(allSame(choices, await toConfirm()))
  return (
    <Group gap="sm">
      <SegmentedControl
        size="xs"
        aria-label={t('check.filter')}
        value={shown}
        onChange={(next) => onShown(next as ShownState)}
        data={[
          { value: 'all', label: `${t('check.all')} ${counts.total}` },
          ...IMPORT_STATES.map((value) => ({ value, label: `${t(`roster:state.${value}`)} ${counts[value]}` })),
        ]}
      />
      <ImportOptions choices={choices} onChange={onChoices} words={words.defaults} />
      {undecided(counts, choices) > 1 && (
        <Button size="compact-sm" variant="default" onClick={() => void decideAll().catch(() => undefined)}>
          {t('confirm.allSame')}
        </Button>
      )}
    </Group>
  )
}

function Below<Row>({ counts, choices, words, actions, onImport }: CheckProps<Row>) {
  const { t } = useTranslation('import')
  const count = peopleToImport(counts, choices)
  const waiting = undecided(counts, choices)
  return (
    <Group gap="sm">
      <Button disabled={count === 0} onClick={onImport}>
        {count === 0 ? t('run.nothing') : t('run.action', { count })}
      </Button>
      {actions}
      <Text size="sm" c="dimmed">
        {t('check.nothingWritten')}
      </Text>
      {waiting > 0 && <Text size="sm">{t('confirm.waiting', { count: waiting })}</Text>}
      {counts.problem > 0 && (
        <Text size="sm" c="dimmed">
          {words.problemHint}
        </Text>
      )}
    </Group>
  )
}

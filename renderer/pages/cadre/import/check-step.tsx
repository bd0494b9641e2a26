import { Button, Group, SegmentedControl, Text, VisuallyHidden } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RosterCounts, RosterFile, RosterRow } from '../../../../shared/contract/roster.ts'
import { useClient } from '../../../api/use-call.ts'
import { useRows } from '../../../api/use-rows.ts'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { RegisterTable } from '../../../kit/register-table.tsx'
import { useCheckColumns } from './check-columns.tsx'
import { NO_CHOICES, rowsToConfirm, rowsToImport, undecided, type Choices, type Decision } from './choices.ts'
import { ImportOptions } from './import-options.tsx'
import classes from './import.module.css'
import { ReportButton } from './report-button.tsx'
import { RowPanel } from './row-panel.tsx'

const STATES = ['added', 'changed', 'confirm', 'problem', 'unchanged'] as const
type Shown = (typeof STATES)[number] | 'all'

/** 核对: every row with its verdict; what is wrong is put right here, who might be the same person is decided here. */
export function CheckStep({
  file,
  counts,
  onCounts,
  onBack,
  onImport,
}: {
  readonly file: RosterFile
  readonly counts: RosterCounts
  readonly onCounts: (counts: RosterCounts) => void
  readonly onBack: () => void
  readonly onImport: (choices: Choices) => void
}) {
  const { t } = useTranslation('roster')
  const call = useClient()
  const [shown, setShown] = useState<Shown>('all')
  const [choices, setChoices] = useState(NO_CHOICES)
  const [open, setOpen] = useState<RosterRow | null>(null)
  const place = useRef<HTMLDivElement>(null)
  const source = useRows('roster.rows', { importId: file.importId, ...(shown === 'all' ? {} : { state: shown }) })
  const decide = (row: number, decision: Decision) =>
    setChoices({ ...choices, confirmations: { ...choices.confirmations, [row]: decision } })
  // Whoever was decided by hand stays as decided.
  const allSame = async () => {
    const found = await rowsToConfirm(call, file.importId)
    const same = Object.fromEntries(found.map((row) => [row, 'same' as const]))
    setChoices((now) => ({ ...now, confirmations: { ...same, ...now.confirmations } }))
  }
  const close = () => {
    setOpen(null)
    place.current?.querySelector<HTMLElement>('[role="grid"]')?.focus()
  }
  const columns = useCheckColumns(choices.confirmations)
  const count = rowsToImport(counts, choices)
  const waiting = undecided(counts, choices)
  return (
    <>
      <VisuallyHidden role="status">{t('check.summary', counts)}</VisuallyHidden>
      <div className={classes.check} ref={place}>
        <RegisterTable
          id="roster-check"
          label={t('step.check')}
          source={source}
          columns={columns}
          rowKey={(row) => String(row.row)}
          onOpen={setOpen}
          above={
            <Group gap="sm">
              <SegmentedControl
                size="xs"
                aria-label={t('check.filter')}
                value={shown}
                onChange={(next) => setShown(next as Shown)}
                data={[
                  { value: 'all', label: `${t('check.all')} ${counts.total}` },
                  ...STATES.map((value) => ({ value, label: `${t(`state.${value}`)} ${counts[value]}` })),
                ]}
              />
              <ImportOptions choices={choices} onChange={setChoices} />
              {waiting > 1 && (
                <Button size="compact-sm" variant="default" onClick={() => void allSame().catch(() => undefined)}>
                  {t('confirm.allSame')}
                </Button>
              )}
            </Group>
          }
          empty={<EmptyState title={t('check.none')} />}
        />
        {open && (
          <RowPanel
            key={open.row}
            importId={file.importId}
            row={open}
            decision={choices.confirmations[open.row]}
            onDecide={(decision) => decide(open.row, decision)}
            onFixed={(row, next) => {
              setOpen(row)
              onCounts(next)
            }}
            onClose={close}
          />
        )}
      </div>
      <Group gap="sm">
        <Button disabled={count === 0} onClick={() => onImport(choices)}>
          {count === 0 ? t('import.nothing') : t('import.action', { count })}
        </Button>
        <Button variant="default" onClick={onBack}>
          {t('check.columnsAgain')}
        </Button>
        <ReportButton importId={file.importId} label={t('check.report')} />
        <Text size="sm" c="dimmed">
          {t('check.nothingWritten')}
        </Text>
        {waiting > 0 && <Text size="sm">{t('confirm.waiting', { count: waiting })}</Text>}
        {counts.problem > 0 && (
          <Text size="sm" c="dimmed">
            {t('check.problemHint')}
          </Text>
        )}
      </Group>
    </>
  )
}

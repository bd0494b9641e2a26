import { Button, Group, SegmentedControl, Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../shared/contract/index.ts'
import { LRMX_STATES, type LrmxOpened } from '../../../../shared/contract/lrmx.ts'
import { Fault } from '../../../../shared/errors.ts'
import type { RollGroup } from '../../../../shared/domain/cadre.ts'
import { rowsOf } from '../../../api/use-rows.ts'
import { useCommand } from '../../../api/use-call.ts'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { FaultAlert } from '../../../kit/fault-alert.tsx'
import { RegisterTable } from '../../../kit/register-table.tsx'
import { NO_CHOICES, rowsToImport, undecided, type Choices, type Decision } from '../import/choices.ts'
import classes from '../import/import.module.css'
import { useCheckColumns } from './check-columns.tsx'
import { FilePanel } from './file-panel.tsx'
import { LrmxOptions } from './options.tsx'

/** 核对: every file with its verdict; who might be the same person is decided here, and nothing is written before that. */
export function LrmxCheckStep({
  opened,
  onMore,
  onCompared,
  onDone,
}: {
  readonly opened: LrmxOpened
  /** The roll had moved under the dry run; this is how the files look now. */
  readonly onCompared: (opened: LrmxOpened) => void
  readonly onMore: () => void
  readonly onDone: (result: Output<'lrmx.import'>) => void
}) {
  const { t } = useTranslation(['lrmx', 'roster'])
  const { counts, files, importId } = opened
  const [shown, setShown] = useState<string>('all')
  const [choices, setChoices] = useState(NO_CHOICES)
  const [index, setIndex] = useState<number | null>(files.length === 1 ? 0 : null)
  const command = useCommand('lrmx.import')
  const compare = useCommand('lrmx.open')
  const source = useMemo(() => rowsOf(files.filter(({ state }) => shown === 'all' || state === shown)), [files, shown])
  const columns = useCheckColumns(choices.confirmations)
  const open = files.find((file) => file.index === index)
  const decide = (decision: Decision) =>
    open && setChoices({ ...choices, confirmations: { ...choices.confirmations, [open.index]: decision } })
  const count = rowsToImport(counts, choices)
  const waiting = undecided(counts, choices)
  const run = async () => onDone(await command.run({ importId, ...forCore(choices) }))
  const compareAnew = async () => {
    onCompared(await compare.run({ importId, files: [] }))
    command.reset()
  }
  const moved = command.fault instanceof Fault && command.fault.code === 'stale'
  return (
    <>
      <Text role="status">
        {t('check.summary', counts)}　<span className={classes.quiet}>{t('check.nothingWritten')}</span>
      </Text>
      <Group gap="md" justify="space-between">
        <SegmentedControl
          size="xs"
          aria-label={t('roster:check.filter')}
          value={shown}
          onChange={setShown}
          data={[
            { value: 'all', label: `${t('roster:check.all')} ${counts.total}` },
            ...LRMX_STATES.map((value) => ({ value, label: `${t(`roster:state.${value}`)} ${counts[value]}` })),
          ]}
        />
        <LrmxOptions choices={choices} onChange={setChoices} />
      </Group>
      <div className={classes.check}>
        <RegisterTable
          id="lrmx-check"
          label={t('step.check')}
          source={source}
          columns={columns}
          rowKey={(file) => String(file.index)}
          onOpen={(file) => setIndex(file.index)}
          empty={<EmptyState title={t('check.none')} />}
        />
        {open && (
          <FilePanel
            key={open.index}
            file={open}
            decision={choices.confirmations[open.index]}
            onDecide={decide}
            onClose={() => setIndex(null)}
          />
        )}
      </div>
      <FaultAlert
        fault={compare.fault ?? command.fault}
        again={moved ? () => void compareAnew().catch(() => undefined) : undefined}
      />
      <Group gap="sm">
        <Button disabled={count === 0} loading={command.pending} onClick={() => void run().catch(() => undefined)}>
          {count === 0 ? t('import.nothing') : t('import.action', { count })}
        </Button>
        <Button variant="default" onClick={onMore}>
          {t('check.more')}
        </Button>
        {waiting > 0 && <Text size="sm">{t('confirmWaiting', { count: waiting })}</Text>}
        {counts.problem > 0 && (
          <Text size="sm" c="dimmed">
            {t('check.problemHint')}
          </Text>
        )}
      </Group>
    </>
  )
}

const forCore = ({ existing, confirmations, defaults: { unitId, rollGroup } }: Choices) => ({
  existing,
  confirmations,
  defaults: { unitId, rollGroup: rollGroup as RollGroup | undefined },
})

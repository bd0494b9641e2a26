import { Button, CloseButton, Group, Stack, Table, Text, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RosterCounts, RosterProblem, RosterRow } from '../../../../shared/contract/roster.ts'
import { useCommand } from '../../../api/use-call.ts'
import { FaultAlert } from '../../../kit/fault-alert.tsx'
import { useFieldText } from '../../../kit/field-text.ts'
import { announce } from '../../../kit/live.tsx'
import { StatusWord } from '../../../kit/status-word.tsx'
import { DECISIONS, type Decision } from './choices.ts'
import { useFieldOptions } from './field-options.ts'
import classes from './import.module.css'
import { problemSentence } from './problem-sentence.ts'

/** One row of the file: what is wrong with it and where, what would change, who it may be. */
export function RowPanel({
  importId,
  row,
  decision,
  onDecide,
  onFixed,
  onClose,
}: {
  readonly importId: string
  readonly row: RosterRow
  readonly decision: Decision | undefined
  readonly onDecide: (decision: Decision) => void
  readonly onFixed: (row: RosterRow, counts: RosterCounts) => void
  readonly onClose: () => void
}) {
  const { t } = useTranslation(['roster', 'common'])
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <aside
      className={classes.panel}
      aria-label={t('check.rowOf', { row: row.row })}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <Group justify="space-between">
        <h2 ref={heading} tabIndex={-1} className={classes.heading}>
          {t('check.rowOf', { row: row.row })}　{row.name}
        </h2>
        <CloseButton aria-label={t('common:action.close')} onClick={onClose} />
      </Group>
      <Stack gap="md">
        {row.state === 'confirm' && row.match && <Confirm match={row.match} decision={decision} onDecide={onDecide} />}
        {row.problems.map((problem) => (
          <Problem
            key={`${problem.code}${problem.cell ?? ''}`}
            importId={importId}
            row={row.row}
            problem={problem}
            onFixed={onFixed}
          />
        ))}
        {row.changes.length > 0 && <Changes changes={row.changes} />}
      </Stack>
    </aside>
  )
}

function Confirm({
  match,
  decision,
  onDecide,
}: {
  readonly match: NonNullable<RosterRow['match']>
  readonly decision: Decision | undefined
  readonly onDecide: (decision: Decision) => void
}) {
  const { t } = useTranslation('roster')
  return (
    <div>
      <Text size="sm" fw={600}>
        {t('confirm.question', { name: match.name })}
      </Text>
      <Text size="sm" c="dimmed">
        {t(`match.${match.by}`)}
      </Text>
      <Group gap="xs" mt="sm" role="group" aria-label={t('confirm.question', { name: match.name })}>
        {DECISIONS.map((one) => (
          <Button
            key={one}
            size="xs"
            variant={decision === one ? 'filled' : 'default'}
            aria-pressed={decision === one}
            onClick={() => onDecide(one)}
          >
            {t(`confirm.${one}`)}
          </Button>
        ))}
      </Group>
    </div>
  )
}

/** The sentence says which cell; the box beside it mends it for this import, the file stays as it is. */
function Problem({
  importId,
  row,
  problem,
  onFixed,
}: {
  readonly importId: string
  readonly row: number
  readonly problem: RosterProblem
  readonly onFixed: (row: RosterRow, counts: RosterCounts) => void
}) {
  const { t } = useTranslation('roster')
  const { labelOf } = useFieldOptions()
  const fix = useCommand('roster.fix')
  const { field } = problem
  const [value, setValue] = useState(String(problem.params['value'] ?? ''))
  const mend = async () => {
    if (field === null) return
    const fixed = await fix.run({ importId, row, field, value })
    announce(t('check.fixed'))
    onFixed(fixed.row, fixed.counts)
  }
  return (
    <div>
      <Text size="sm" component="div">
        <StatusWord tone={problem.severity === 'error' ? 'alarm' : 'soon'}>
          {t(`severity.${problem.severity}`)}
        </StatusWord>{' '}
        {problemSentence(problem)}
      </Text>
      {field !== null && (
        <form
          className={classes.fix}
          onSubmit={(event) => {
            event.preventDefault()
            void mend().catch(() => undefined)
          }}
        >
          <TextInput
            size="xs"
            aria-label={t('check.fix', { field: labelOf(field) })}
            placeholder={labelOf(field)}
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" variant="default" loading={fix.pending}>
            {t('check.mend')}
          </Button>
        </form>
      )}
      <FaultAlert fault={fix.fault} />
    </div>
  )
}

function Changes({ changes }: { readonly changes: RosterRow['changes'] }) {
  const { t } = useTranslation('roster')
  const { labelOf } = useFieldOptions()
  const fieldText = useFieldText()
  return (
    <Table className={classes.changes} horizontalSpacing={8} verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('check.changes', { count: changes.length })}</Table.Th>
          <Table.Th scope="col">{t('check.was')}</Table.Th>
          <Table.Th scope="col">{t('check.now')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map(({ field, was, now }) => (
          <Table.Tr key={field}>
            <Table.Th scope="row">{labelOf(field)}</Table.Th>
            <Table.Td>{fieldText('cadre', field, was)}</Table.Td>
            <Table.Td>{fieldText('cadre', field, now)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

import { Button, CloseButton, Group, Stack, Table, Text } from '@mantine/core'
import { useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type * as z from 'zod'
import type { ImportMatch, ImportProblem } from '../../../shared/contract/import.ts'
import { StatusWord } from '../status-word.tsx'
import { DECISIONS, type Decision } from './choices.ts'
import classes from './import.module.css'

/** One row beside the table: what it is, then whatever there is to say and to decide. Esc closes it. */
export function ImportPanel({
  label,
  heading,
  onClose,
  children,
}: {
  readonly label: string
  readonly heading: string
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const { t } = useTranslation(['import', 'common'])
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  return (
    <aside className={classes.panel} aria-label={label} onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      <Group justify="space-between" align="start" wrap="nowrap">
        <h2 ref={title} tabIndex={-1} className={classes.heading}>
          {heading}
        </h2>
        <CloseButton size="sm" aria-label={t('common:action.close')} onClick={onClose} />
      </Group>
      <Stack gap="md">{children}</Stack>
    </aside>
  )
}

/** Is it the same person? Nothing is chosen for anybody; who is left undecided is skipped. */
export function ConfirmMatch({
  match,
  name,
  decision,
  onDecide,
}: {
  readonly match: z.infer<typeof ImportMatch>
  /** The name, with what tells people of one name apart. */
  readonly name: string
  readonly decision: Decision | undefined
  readonly onDecide: (decision: Decision) => void
}) {
  const { t } = useTranslation('import')
  const question = t('confirm.question', { name })
  return (
    <div>
      <Text size="sm" fw={600}>
        {question}
      </Text>
      <Text size="sm" c="dimmed">
        {t(`match.${match.by}`)}
      </Text>
      <Group gap="xs" mt="sm" role="group" aria-label={question}>
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

/** How bad it is, then the sentence. */
export function ProblemLine({
  severity,
  sentence,
}: {
  readonly severity: z.infer<typeof ImportProblem>['severity']
  readonly sentence: string
}) {
  const { t } = useTranslation('import')
  return (
    <Text size="sm" component="div">
      <StatusWord tone={severity === 'error' ? 'alarm' : 'soon'}>{t(`severity.${severity}`)}</StatusWord> {sentence}
    </Text>
  )
}

/** Field by field, on record and in the file; somebody new has nothing to compare with. */
export function ChangeTable<Change extends { readonly field: string }>({
  changes,
  isNew,
  labelOf,
  textOf,
}: {
  readonly changes: readonly Change[]
  readonly isNew: boolean
  readonly labelOf: (field: string) => string
  readonly textOf: (change: Change, side: 'was' | 'now') => string
}) {
  const { t } = useTranslation('import')
  if (changes.length === 0) return null
  return (
    <Table className={classes.changes} horizontalSpacing={8} verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('check.changes', { count: changes.length })}</Table.Th>
          {!isNew && <Table.Th scope="col">{t('check.was')}</Table.Th>}
          <Table.Th scope="col">{t('check.now')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map((change) => (
          <Table.Tr key={change.field}>
            <Table.Th scope="row">{labelOf(change.field)}</Table.Th>
            {!isNew && <Table.Td>{textOf(change, 'was')}</Table.Td>}
            <Table.Td>{textOf(change, 'now')}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

import { Button, CloseButton, Group, Stack, Table, Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { LrmxFile } from '../../../../shared/contract/lrmx.ts'
import { useFieldText } from '../../../kit/field-text.ts'
import { FindingList } from '../../../kit/finding-list.tsx'
import { formatMonth } from '../../../kit/format.ts'
import { StatusWord } from '../../../kit/status-word.tsx'
import { fieldLabel } from '../../../kit/texts.ts'
import { DECISIONS, type Decision } from '../import/choices.ts'
import classes from '../import/import.module.css'
import { problemSentence } from './problem-sentence.ts'

/** One file: who it may be, what is wrong with it, what the rules say, what would change. */
export function FilePanel({
  file,
  decision,
  onDecide,
  onClose,
}: {
  readonly file: LrmxFile
  readonly decision: Decision | undefined
  readonly onDecide: (decision: Decision) => void
  readonly onClose: () => void
}) {
  const { t } = useTranslation(['lrmx', 'common'])
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <aside
      className={classes.panel}
      aria-label={t('check.panel', { fileName: file.fileName })}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <Group justify="space-between" wrap="nowrap">
        <h2 ref={heading} tabIndex={-1} className={classes.heading}>
          {file.fileName}
        </h2>
        <CloseButton aria-label={t('common:action.close')} onClick={onClose} />
      </Group>
      <Stack gap="md">
        {file.kind !== null && file.version !== '' && (
          <Text size="sm" c="dimmed">
            {t('check.version', { kind: `.${file.kind}`, version: file.version })}
          </Text>
        )}
        {file.state === 'confirm' && file.match && (
          <Confirm match={file.match} decision={decision} onDecide={onDecide} />
        )}
        {file.problems.map((problem) => (
          <Text key={`${problem.code}${problem.element ?? ''}`} size="sm" component="div">
            <StatusWord tone={problem.severity === 'error' ? 'alarm' : 'soon'}>
              {t(`severity.${problem.severity}`)}
            </StatusWord>{' '}
            {problemSentence(problem)}
          </Text>
        ))}
        <FindingList findings={file.findings} />
        {file.kept.length > 0 && (
          <Text size="sm" c="dimmed">
            {t('check.kept', { count: file.kept.length, names: file.kept.join('、') })}
          </Text>
        )}
        {file.changes.length > 0 && <Changes changes={file.changes} isNew={file.match === null} />}
        {file.state === 'unchanged' && <Text size="sm">{t('check.same')}</Text>}
      </Stack>
    </aside>
  )
}

function Confirm({
  match,
  decision,
  onDecide,
}: {
  readonly match: NonNullable<LrmxFile['match']>
  readonly decision: Decision | undefined
  readonly onDecide: (decision: Decision) => void
}) {
  const { t } = useTranslation(['lrmx', 'roster'])
  const name = match.birthMonth === null ? match.name : `${match.name}（${formatMonth(match.birthMonth)}）`
  const question = t('roster:confirm.question', { name })
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
            {t(`roster:confirm.${one}`)}
          </Button>
        ))}
      </Group>
    </div>
  )
}

type Change = LrmxFile['changes'][number]

/** Somebody new has nothing to compare with. */
function Changes({ changes, isNew }: { readonly changes: readonly Change[]; readonly isNew: boolean }) {
  const { t } = useTranslation('lrmx')
  const textOf = useValueText()
  return (
    <Table className={classes.changes} horizontalSpacing={8} verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('check.changes', { count: changes.length })}</Table.Th>
          {!isNew && (
            <Table.Th scope="col" miw={48}>
              {t('check.was')}
            </Table.Th>
          )}
          <Table.Th scope="col">{t('check.now')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map((change) => (
          <Table.Tr key={change.field}>
            <Table.Th scope="row">{fieldLabel('cadre', change.field)}</Table.Th>
            {!isNew && <Table.Td>{textOf(change, 'was')}</Table.Td>}
            <Table.Td>{textOf(change, 'now')}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

/** A value on one line: photos and families by what they are, hidden ones by that. */
function useValueText(): (change: Change, side: 'was' | 'now') => string {
  const { t } = useTranslation('lrmx')
  const fieldText = useFieldText()
  return ({ field, hidden, ...values }, side) => {
    const value = values[side]
    if (hidden && value === null) return t('check.hiddenNow')
    if (field === 'photo' && value === null) return t('check.photoNone')
    if (field === 'photo') return side === 'now' ? t('check.photoNew') : t('check.photoHad')
    if (Array.isArray(value)) return t('check.people', { count: value.length })
    return fieldText('cadre', field, value)
  }
}

import { Button, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SyncRow } from '../../../shared/contract/sync.ts'
import { useCall } from '../../api/use-call.ts'
import { useRows } from '../../api/use-rows.ts'
import { EmptyState } from '../../kit/empty-state.tsx'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { formatMoment } from '../../kit/format.ts'
import { RegisterTable, type Column } from '../../kit/register-table.tsx'
import { StatusWord, type Tone } from '../../kit/status-word.tsx'
import { ButtonLink } from '../../kit/link.tsx'
import { fieldLabel, registerLabel } from '../../kit/texts.ts'
import classes from './sync.module.css'
import { useOpenRecord } from './use-open-record.ts'

const TONES: Readonly<Record<SyncRow['state'], Tone>> = {
  unsent: 'info',
  held: 'info',
  applied: 'done',
  merged: 'done',
  conflict: 'alarm',
  rejected: 'alarm',
  superseded: 'quiet',
}
const KINDS = ['create', 'patch', 'void', 'unvoid', 'correct', 'add', 'remove', 'resolve', 'supersede'] as const

/** Changes that wait, or were answered: one line each. */
export function PlainTable({ state }: { readonly state: 'pending' | 'answered' }) {
  const { t } = useTranslation(['sync'])
  const source = useRows('sync.list', { state })
  const openRecord = useOpenRecord()
  return (
    <RegisterTable
      id={`sync-${state}`}
      label={t(`sync:tab.${state}`)}
      source={source}
      columns={useColumns(state)}
      rowKey={(row) => String(row.seq)}
      onOpen={(row) => openRecord(row)}
      height={480}
      empty={<EmptyState title={t(`sync:empty.${state}`)} hint={t(`sync:empty.${state}Hint`)} />}
    />
  )
}

function useColumns(state: 'pending' | 'answered'): readonly Column<SyncRow>[] {
  const { t } = useTranslation(['sync', 'common'])
  const fields = (row: SyncRow) =>
    row.fields.map((field) => fieldLabel(row.register, field)).join(t('common:separator'))
  return [
    { id: 'seq', header: t('column.seq'), width: 72, align: 'end', cell: (row) => row.seq, off: true },
    { id: 'label', header: t('column.label'), width: 112, fixed: true, cell: (row) => row.label },
    { id: 'register', header: t('column.register'), width: 88, cell: (row) => registerLabel(row.register) },
    { id: 'kind', header: t('column.kind'), width: 72, cell: (row) => <KindWord kind={row.kind} /> },
    { id: 'fields', header: t('column.fields'), cell: (row) => <span title={fields(row)}>{fields(row)}</span> },
    { id: 'byName', header: t('column.byName'), width: 80, off: true, cell: (row) => row.byName },
    { id: 'at', header: t('column.at'), width: 144, off: state === 'answered', cell: (row) => formatMoment(row.at) },
    {
      id: 'state',
      header: t('column.state'),
      width: 116,
      cell: (row) => <StatusWord tone={TONES[row.state]}>{t(`sync:state.${row.state}`)}</StatusWord>,
    },
    {
      id: 'answeredAt',
      header: t('column.answeredAt'),
      width: 144,
      off: state === 'pending',
      cell: (row) => formatMoment(row.answeredAt),
    },
  ]
}

function KindWord({ kind }: { readonly kind: string }) {
  const { t } = useTranslation(['sync'])
  const known = KINDS.find((one) => one === kind)
  return <>{known ? t(`sync:kind.${known}`) : kind}</>
}

/** What the city did not take: the sentence, the field, the way to the form at that field. Never a bare code. */
export function AttentionTable() {
  const { t } = useTranslation('sync')
  const { data, fault } = useCall('sync.list', { state: 'attention', limit: 200 })
  if (data === undefined) return <FaultAlert fault={fault} />
  if (data.total === 0) return <EmptyState title={t('empty.attention')} hint={t('empty.attentionHint')} />
  return (
    <ul className={classes.problems}>
      {data.rows.map((row) => (
        <ProblemRow key={row.seq} row={row} />
      ))}
    </ul>
  )
}

function ProblemRow({ row }: { readonly row: SyncRow }) {
  const { t } = useTranslation(['sync'])
  const openRecord = useOpenRecord()
  return (
    <li className={classes.problem}>
      <div className={classes.problemHead}>
        <StatusWord tone="alarm">{t(`sync:state.${row.state}`)}</StatusWord>
        <strong>{row.label}</strong>
        <Text span size="sm" c="dimmed">
          {registerLabel(row.register)} · <KindWord kind={row.kind} /> · {row.byName} · {formatMoment(row.at)}
        </Text>
      </div>
      <Stack gap={2}>
        <Text>
          {useProblemSentence()(row)}
          {t('problem.safe')}
        </Text>
        {row.problem?.detail && (
          <Text size="sm" c="dimmed">
            {t('problem.detail', { detail: row.problem.detail })}
          </Text>
        )}
      </Stack>
      {row.state === 'conflict' ? (
        <ButtonLink to="/sync/conflict/$seq" params={{ seq: String(row.seq) }} size="sm">
          {t('conflict.title')}
        </ButtonLink>
      ) : (
        <Button size="sm" className={classes.repair} onClick={() => openRecord(row, true)}>
          {t('action.repair')}
        </Button>
      )}
    </li>
  )
}

const PROBLEMS = ['schema-invalid', 'not-unique', 'not-owner', 'not-permitted', 'too-large'] as const

function useProblemSentence(): (row: SyncRow) => string {
  const { t } = useTranslation(['sync', 'common'])
  return (row) => {
    const label = (name: string) => fieldLabel(row.register, name)
    const field = label(row.problem?.field ?? row.fields[0] ?? '')
    if (row.state === 'conflict') {
      const all = row.problem?.fields.map(label).join(t('common:separator')) ?? ''
      return t('sync:problem.conflict', { field: all === '' ? field : all })
    }
    const known = PROBLEMS.find((code) => code === row.problem?.code)
    return known ? t(`sync:problem.${known}`, { field }) : t('problem.other')
  }
}

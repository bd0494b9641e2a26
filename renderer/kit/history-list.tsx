import { Anchor, Button, Group, Stack, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type * as z from 'zod'
import type { ChangeEntry } from '../../shared/contract/change.ts'
import { useCall } from '../api/use-call.ts'
import { EmptyState } from './empty-state.tsx'
import { FaultAlert } from './fault-alert.tsx'
import { useFieldText } from './field-text.ts'
import { formatMoment } from './format.ts'
import classes from './history-list.module.css'
import { StatusWord, type Tone } from './status-word.tsx'
import { fieldLabel } from './texts.ts'

type Change = z.infer<typeof ChangeEntry>
const STEP = 50
const LAST = 4
/** A record that was entered has dozens of first values; they are there on demand. */
const FEW = 6

/** 变更记录: each field's before and after, who, when, why, and what the city said to it. Newest first. */
export function HistoryList({
  register,
  recordId,
  compact = false,
}: {
  readonly register: string
  readonly recordId: string
  /** One line per change, for the right column of a page. */
  readonly compact?: boolean
}) {
  const { t } = useTranslation('change')
  const [limit, setLimit] = useState(compact ? LAST : STEP)
  const { data, fault } = useCall('change.list', { register, recordId, limit })
  if (fault) return <FaultAlert fault={fault} />
  if (data === undefined) return null
  if (data.total === 0) return <EmptyState title={t('empty')} />
  return (
    <Stack gap={0} component="ol" className={classes.list}>
      {data.rows.map((change) => (
        <li key={change.seq} className={classes.change} data-compact={compact}>
          {compact ? <ChangeLine change={change} /> : <ChangeHead change={change} />}
          {!compact && <ChangeFields change={change} />}
        </li>
      ))}
      {!compact && data.total > data.rows.length && limit < 500 && (
        <Group mt="md">
          <Button size="xs" variant="default" onClick={() => setLimit((now) => Math.min(500, now + STEP))}>
            {t('more', { count: data.total - data.rows.length })}
          </Button>
        </Group>
      )}
    </Stack>
  )
}

function ChangeHead({ change }: { readonly change: Change }) {
  const { t } = useTranslation('change')
  return (
    <Group gap="md" align="baseline">
      <Text fw={600} size="sm">
        {t(`kind.${kindOf(change.kind)}`)}
      </Text>
      <Text size="sm">{change.byName}</Text>
      <Text size="sm" c="dimmed">
        {formatMoment(change.at)}
      </Text>
      <ReportState state={change.state} />
      {change.why !== null && <Text size="sm">{t('why', { why: change.why })}</Text>}
    </Group>
  )
}

function ChangeFields({ change }: { readonly change: Change }) {
  const { t } = useTranslation('change')
  const [all, setAll] = useState(false)
  const { fields, register } = change
  if (fields.length === 0) return null
  const shown = all || fields.length <= FEW ? fields : []
  return (
    <>
      {shown.length > 0 && (
        <Table className={classes.fields} horizontalSpacing="sm" verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('field')}</Table.Th>
              <Table.Th scope="col">{t('was')}</Table.Th>
              <Table.Th scope="col">{t('now')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((entry) => (
              <Table.Tr key={entry.field}>
                <Table.Th scope="row">{fieldLabel(register, entry.field)}</Table.Th>
                <Table.Td>
                  <Value register={register} entry={entry} value={entry.was} />
                </Table.Td>
                <Table.Td>
                  <Value register={register} entry={entry} value={entry.now} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {fields.length > FEW && (
        <Anchor component="button" type="button" size="sm" onClick={() => setAll(!all)}>
          {all ? t('fewer') : t('fields', { count: fields.length })}
        </Anchor>
      )}
    </>
  )
}

/** A restricted value says that it changed, not what it is; a masked one keeps its mask. */
function Value({
  register,
  entry,
  value,
}: {
  readonly register: string
  readonly entry: Change['fields'][number]
  readonly value: unknown
}) {
  const { t } = useTranslation('change')
  const fieldText = useFieldText()
  if (entry.hidden && entry.was === null && entry.now === null)
    return (
      <Text size="sm" c="dimmed">
        {t('hidden')}
      </Text>
    )
  return <span className={classes.value}>{fieldText(register, entry.field, value)}</span>
}

const STATES = ['pending', 'held', 'applied', 'merged', 'conflict', 'rejected', 'superseded'] as const
const TONES: Readonly<Record<(typeof STATES)[number], Tone>> = {
  pending: 'info',
  held: 'info',
  applied: 'done',
  merged: 'done',
  conflict: 'alarm',
  rejected: 'alarm',
  superseded: 'quiet',
}

/** What the city answered to this change, in the words of the sync page. */
export function ReportState({ state }: { readonly state: string }) {
  const { t } = useTranslation('change')
  const known = STATES.find((one) => one === state)
  return known ? <StatusWord tone={TONES[known]}>{t(`state.${known}`)}</StatusWord> : null
}

const KINDS = ['create', 'patch', 'void', 'unvoid', 'supersede'] as const
/** A kind from a newer desk is still a change. */
const kindOf = (kind: string) => KINDS.find((one) => one === kind) ?? 'patch'

/** 修改 职级、任现职级时间: one change on one line, with who and when under it. */
function ChangeLine({ change }: { readonly change: Change }) {
  const { t } = useTranslation('change')
  const kind = kindOf(change.kind)
  const { fields, register } = change
  const named = fields
    .slice(0, 3)
    .map(({ field }) => fieldLabel(register, field))
    .join(t('separator'))
  const words = { kind: t(`kind.${kind}`), fields: named, count: fields.length }
  const short = kind === 'create' || kind === 'void' || fields.length === 0
  return (
    <>
      <Text size="sm">{short ? words.kind : fields.length > 3 ? t('lineMore', words) : t('line', words)}</Text>
      <Text size="xs" c="dimmed">
        {formatMoment(change.at)}　{change.byName}
      </Text>
    </>
  )
}

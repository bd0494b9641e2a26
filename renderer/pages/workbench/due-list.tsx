import { Group, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type * as z from 'zod'
import type { TalkRow } from '../../../shared/contract/talk.ts'
import { useCall } from '../../api/use-call.ts'
import { EmptyState } from '../../kit/empty-state.tsx'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { Citation } from '../../kit/finding-list.tsx'
import { ButtonLink, TextLink } from '../../kit/link.tsx'
import { useCan, useSession } from '../../kit/session.ts'
import { StatusWord } from '../../kit/status-word.tsx'
import { daysBetween, DUE_GROUPS, dueGroup, type DueGroup } from './due-groups.ts'
import classes from './workbench.module.css'

type Row = z.infer<typeof TalkRow>
/** More than anybody settles in a month; the rest is on the follow-up page. */
const SHOWN = 100

/** Open follow-ups by the day they are due. Later ones and those without a day come last, they are not forgotten. */
export function DueList() {
  const { t } = useTranslation('workbench')
  const { today } = useSession()
  const { data, fault, loading } = useCall('talk.list', { followUp: 'open', limit: SHOWN })
  if (loading) return null
  if (data === undefined) return <FaultAlert fault={fault} />
  const groups = byGroup(data.rows, today)
  const soon = groups.overdue.length + groups.week.length
  return (
    <section aria-label={t('due')}>
      {soon === 0 && <EmptyState title={t('empty')} hint={t('emptyHint')} />}
      {DUE_GROUPS.map(
        (group) => groups[group].length > 0 && <DueGroupRows key={group} group={group} rows={groups[group]} />,
      )}
      {data.total > data.rows.length && (
        <TextLink to="/talk/follow-up" size="sm">
          {t('more', { count: data.total })}
        </TextLink>
      )}
    </section>
  )
}

function byGroup(rows: readonly Row[], today: string): Record<DueGroup, Row[]> {
  const groups: Record<DueGroup, Row[]> = { overdue: [], week: [], month: [], later: [], undated: [] }
  const byDay = [...rows].sort((a, b) => (a.followUpDue ?? '9').localeCompare(b.followUpDue ?? '9'))
  for (const row of byDay) groups[dueGroup(row.followUpDue, today)].push(row)
  return groups
}

function DueGroupRows({ group, rows }: { readonly group: DueGroup; readonly rows: readonly Row[] }) {
  const { t } = useTranslation(['workbench'])
  const heading = `due-${group}`
  return (
    <section aria-labelledby={heading} className={classes.group}>
      <Group gap="sm" className={classes.groupHead}>
        <Title order={2} id={heading}>
          {t(`workbench:group.${group}`)}
        </Title>
        <Text size="sm" c="dimmed">
          {rows.length}
        </Text>
      </Group>
      <ul className={classes.rows}>
        {rows.map((row) => (
          <DueRow key={row.id} row={row} group={group} />
        ))}
      </ul>
    </section>
  )
}

function DueRow({ row, group }: { readonly row: Row; readonly group: DueGroup }) {
  const { t } = useTranslation('workbench')
  const { today } = useSession()
  const can = useCan()
  const due = row.followUpDue
  return (
    <li className={classes.row}>
      <span className={classes.who}>
        <TextLink to="/cadre/$id" params={{ id: row.cadreId }} className={classes.name}>
          {row.cadreName}
        </TextLink>
        <span className={classes.unit}>{row.unitName}</span>
      </span>
      <span className={classes.what}>
        {t('followUp')}
        <span className={classes.detail}>
          {t('of', { date: row.heldOn })}
          {row.followUpOwner !== null && ` · ${t('owner', { name: row.followUpOwner })}`}
        </span>
      </span>
      <Citation rule="W18-1" summary={t('followUpSource')} />
      <span className={classes.date}>
        {group === 'overdue' && due !== null ? (
          <StatusWord tone="alarm">{t('overdueBy', { count: daysBetween(due, today) })}</StatusWord>
        ) : (
          <StatusWord tone={group === 'week' ? 'soon' : 'quiet'}>{due ?? t('group.undated')}</StatusWord>
        )}
      </span>
      {can('talk:write') ? (
        <ButtonLink
          size="xs"
          variant="default"
          to="/talk/$id/edit"
          params={{ id: row.id }}
          search={{ field: 'followUpReply' }}
          aria-label={`${t('action.followUp')} ${row.cadreName}`}
        >
          {t('action.followUp')}
        </ButtonLink>
      ) : (
        <span />
      )}
    </li>
  )
}

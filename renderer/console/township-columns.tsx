import { Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Township } from '../../shared/contract/city.ts'
import { localDateOf } from '../../shared/domain/dates.ts'
import { formatMoment, formatRate, NOTHING } from '../kit/format.ts'
import type { Column } from '../kit/register-table.tsx'
import { StatusWord } from '../kit/status-word.tsx'
import classes from './console.module.css'
import { ruleKey, type CountingRule } from './counting-rules.ts'

/** What a person must look at: what the desk says is stuck there, or what the city itself did not take. */
export const needsAttention = ({ reported, ops }: Township): number =>
  Math.max(reported?.attention ?? 0, ops.conflict + ops.rejected)

/** `now` is when the figures were fetched: what 今天 means beside them. */
export function useTownshipColumns(rules: ReadonlyMap<string, CountingRule>, now: number): readonly Column<Township>[] {
  const { t } = useTranslation('console')
  return [
    { id: 'name', header: t('column.name'), fixed: true, cell: (row) => <strong>{row.name}</strong> },
    { id: 'code', header: t('column.code'), width: 120, cell: (row) => row.code },
    { id: 'parent', header: t('column.parent'), width: 136, cell: (row) => row.parent?.name ?? NOTHING },
    {
      id: 'lastContact',
      header: t('column.lastContact'),
      width: 160,
      cell: (row) => <Contact at={row.lastContact} now={now} />,
    },
    { id: 'pending', header: t('column.pending'), width: 208, cell: (row) => <Pending reported={row.reported} /> },
    { id: 'attention', header: t('column.attention'), width: 144, cell: (row) => <Attention township={row} /> },
    {
      id: 'coverage',
      header: t('column.coverage'),
      width: 288,
      cell: (row) => <Coverage township={row} mark={rules.get(ruleKey(row.coverage.basis))?.mark ?? ''} />,
    },
    {
      id: 'stored',
      header: t('column.stored'),
      width: 96,
      align: 'end',
      off: true,
      cell: ({ ops }) => ops.applied + ops.merged,
    },
    { id: 'device', header: t('column.device'), width: 112, off: true, cell: (row) => <Device device={row.device} /> },
    {
      id: 'version',
      header: t('column.version'),
      width: 112,
      off: true,
      cell: (row) => row.device?.appVersion ?? NOTHING,
    },
  ]
}

const DAY = 86_400_000

function Contact({ at, now }: { readonly at: string | null; readonly now: number }) {
  const { t } = useTranslation('console')
  if (at === null) return <StatusWord tone="quiet">{t('contact.never')}</StatusWord>
  const moment = formatMoment(at)
  const days = Math.round((Date.parse(localDateOf(new Date(now))) - Date.parse(moment.slice(0, 10))) / DAY)
  const word = days <= 0 ? t('contact.today', { time: moment.slice(11) }) : t('contact.days', { count: days })
  return <span title={moment}>{word}</span>
}

function Pending({ reported }: { readonly reported: Township['reported'] }) {
  const { t } = useTranslation('console')
  if (reported === null) return <StatusWord tone="quiet">{t('pending.unknown')}</StatusWord>
  const { pending, oldest } = reported
  if (pending === 0) return <>{t('pending.none')}</>
  return (
    <StatusWord tone="info">{t('pending.since', { count: pending, at: formatMoment(oldest).slice(0, 10) })}</StatusWord>
  )
}

function Attention({ township }: { readonly township: Township }) {
  const { t } = useTranslation('console')
  const count = needsAttention(township)
  return count === 0 ? (
    <>{t('attention.none')}</>
  ) : (
    <StatusWord tone="alarm">{t('attention.some', { count })}</StatusWord>
  )
}

function Device({ device }: { readonly device: Township['device'] }) {
  const { t } = useTranslation(['console'])
  if (device === null) return <StatusWord tone="quiet">{t('device.none')}</StatusWord>
  return (
    <StatusWord tone={device.state === 'active' ? 'done' : 'quiet'}>{t(`console:device.${device.state}`)}</StatusWord>
  )
}

function Coverage({ township, mark }: { readonly township: Township; readonly mark: string }) {
  const { t } = useTranslation('console')
  const { rate, talked, onRoll } = township.coverage
  if (rate === null) return <StatusWord tone="quiet">{t('coverage.none')}</StatusWord>
  const text = formatRate(rate)
  return (
    <span className={classes.coverage}>
      <Progress
        className={classes.bar ?? ''}
        value={rate * 100}
        aria-label={t('coverage.label', { name: township.name, rate: text, talked, onRoll })}
      />
      <span className={classes.rate}>{text}</span>
      <span className={classes.figure}>{t('coverage.figure', { talked, onRoll })}</span>
      <span className={classes.mark}>{mark}</span>
    </span>
  )
}

import { Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ConsolePart, Township, TownshipCoverage } from '../../shared/contract/city.ts'
import { localDateOf } from '../../shared/domain/dates.ts'
import { formatMoment, formatRate, NOTHING } from '../kit/format.ts'
import type { Column } from '../kit/register-table.tsx'
import { StatusWord } from '../kit/status-word.tsx'
import classes from './console.module.css'
import { ruleKey, type CountingRule } from './counting-rules.ts'

/** What a person must look at: what the desk says is stuck there, or what the city itself did not take. */
export const needsAttention = ({ attention, ops }: Township): number =>
  Math.max(attention ?? 0, (ops?.conflict ?? 0) + (ops?.rejected ?? 0))

/** A column and the part it shows; without one, everybody sees it. */
type PartColumn = Column<Township> & { readonly part?: ConsolePart }

/** The columns an account may see. `now` is when the figures were fetched: what 今天 means beside them. */
export function useTownshipColumns(
  rules: ReadonlyMap<string, CountingRule>,
  now: number,
  sees: readonly ConsolePart[],
): readonly Column<Township>[] {
  const { t } = useTranslation('console')
  // The machines stay out of the way of who reads figures, and are the point for who reads none.
  const columns: readonly PartColumn[] = [
    { id: 'name', header: t('column.name'), fixed: true, cell: (row) => <strong>{row.name}</strong> },
    { id: 'code', header: t('column.code'), width: 120, cell: (row) => row.code },
    { id: 'parent', header: t('column.parent'), width: 136, cell: (row) => row.parent?.name ?? NOTHING },
    {
      id: 'lastContact',
      part: 'contact',
      header: t('column.lastContact'),
      width: 160,
      cell: (row) => <Contact at={row.lastContact ?? null} now={now} />,
    },
    {
      id: 'pending',
      part: 'contact',
      header: t('column.pending'),
      width: 208,
      cell: (row) => <Pending reported={row.reported ?? null} />,
    },
    {
      id: 'attention',
      part: 'work',
      header: t('column.attention'),
      width: 144,
      cell: (row) => <Attention township={row} />,
    },
    {
      id: 'coverage',
      part: 'coverage',
      header: t('column.coverage'),
      width: 288,
      cell: ({ name, coverage }) =>
        coverage && <Coverage name={name} coverage={coverage} mark={rules.get(ruleKey(coverage.basis))?.mark ?? ''} />,
    },
    {
      id: 'stored',
      part: 'work',
      header: t('column.stored'),
      width: 96,
      align: 'end',
      off: true,
      cell: ({ ops }) => ops && ops.applied + ops.merged,
    },
    {
      id: 'device',
      part: 'device',
      header: t('column.device'),
      width: 112,
      off: sees.includes('coverage'),
      cell: (row) => <Device device={row.device ?? null} />,
    },
    {
      id: 'version',
      part: 'device',
      header: t('column.version'),
      width: 112,
      off: sees.includes('coverage'),
      cell: (row) => row.device?.appVersion ?? NOTHING,
    },
  ]
  return columns.filter(({ part }) => part === undefined || sees.includes(part))
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

function Pending({ reported }: { readonly reported: NonNullable<Township['reported']> | null }) {
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
  if (count > 0) return <StatusWord tone="alarm">{t('attention.some', { count })}</StatusWord>
  // Of a desk that never reported nobody knows.
  return <>{township.attention == null ? NOTHING : t('attention.none')}</>
}

function Device({ device }: { readonly device: NonNullable<Township['device']> | null }) {
  const { t } = useTranslation(['console'])
  if (device === null) return <StatusWord tone="quiet">{t('device.none')}</StatusWord>
  return (
    <StatusWord tone={device.state === 'active' ? 'done' : 'quiet'}>{t(`console:device.${device.state}`)}</StatusWord>
  )
}

function Coverage({
  name,
  coverage,
  mark,
}: {
  readonly name: string
  readonly coverage: TownshipCoverage
  readonly mark: string
}) {
  const { t } = useTranslation('console')
  const { rate, talked, onRoll } = coverage
  if (rate === null) return <StatusWord tone="quiet">{t('coverage.none')}</StatusWord>
  const text = formatRate(rate)
  return (
    <span className={classes.coverage}>
      <Progress
        className={classes.bar ?? ''}
        value={rate * 100}
        aria-label={t('coverage.label', { name, rate: text, talked, onRoll })}
      />
      <span className={classes.rate}>{text}</span>
      <span className={classes.figure}>{t('coverage.figure', { talked, onRoll })}</span>
      <span className={classes.mark}>{mark}</span>
    </span>
  )
}

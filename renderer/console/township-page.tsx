import { Button, Select, TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { IconRefresh, IconSearch } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConsoleAccount, ConsolePart, Township, Townships } from '../../shared/contract/city.ts'
import { localDateOf, yearOf } from '../../shared/domain/dates.ts'
import { rowsOf } from '../api/use-rows.ts'
import { EmptyState } from '../kit/empty-state.tsx'
import { inText } from '../kit/icon.ts'
import { Page } from '../kit/page.tsx'
import { RegisterTable } from '../kit/register-table.tsx'
import { BasisList } from './basis-list.tsx'
import { townshipsOf } from './city-call.ts'
import classes from './console.module.css'
import { countingRules } from './counting-rules.ts'
import { ProblemAlert } from './problem-alert.tsx'
import { needsAttention, useTownshipColumns } from './township-columns.tsx'

/** Desks report on their own time; a minute is fresh enough and gentle to a province's server. */
const AGAIN_MS = 60_000
const YEARS_BACK = 3

/** Every township at or below the account's node, with what its role sees: contact, what is stuck, W18 coverage with its 口径. */
export function TownshipPage({ account }: { readonly account: ConsoleAccount }) {
  const { t } = useTranslation('console')
  const [year, setYear] = useState<number | null>(null)
  const { data, error, isPlaceholderData, isFetching, refetch, dataUpdatedAt } = useQuery({
    queryKey: ['townships', year],
    queryFn: () => townshipsOf(year),
    refetchInterval: AGAIN_MS,
    placeholderData: keepPreviousData,
  })
  return (
    <Page
      filling
      title={t('townships.title')}
      {...(data ? { note: t('townships.note', { node: account.node.name, asOf: data.asOf }) } : {})}
      action={
        <Button
          variant="default"
          leftSection={<IconRefresh {...inText} />}
          loading={isFetching}
          onClick={() => void refetch()}
        >
          {t('townships.refresh')}
        </Button>
      }
    >
      <ProblemAlert fault={error} />
      {data && (
        <TownshipTable data={data} sees={account.sees} now={dataUpdatedAt} stale={isPlaceholderData} onYear={setYear} />
      )}
    </Page>
  )
}

function TownshipTable({
  data,
  sees,
  now,
  stale,
  onYear,
}: {
  readonly data: Townships
  readonly sees: readonly ConsolePart[]
  readonly now: number
  readonly stale: boolean
  readonly onYear: (year: number) => void
}) {
  const { t } = useTranslation('console')
  const [text, setText] = useState('')
  const thisYear = yearOf(localDateOf(new Date(now)))
  const years = Array.from({ length: YEARS_BACK }, (_, back) => thisYear - back)
  const rules = useMemo(() => countingRules(data.townships), [data])
  const columns = useTownshipColumns(rules, now, sees)
  const wanted = text.trim()
  const rows = data.townships.filter(({ name, code }) => name.includes(wanted) || code.startsWith(wanted))
  return (
    <>
      <RegisterTable
        id="townships"
        label={t('townships.label')}
        source={rowsOf(rows, { stale })}
        columns={columns}
        rowKey={(row) => row.code}
        above={
          <div role="search" className={classes.search}>
            <TextInput
              type="search"
              size="sm"
              w={240}
              aria-label={t('townships.search')}
              placeholder={t('townships.search')}
              leftSection={<IconSearch {...inText} />}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            {sees.includes('coverage') && (
              <Select
                size="sm"
                w={112}
                aria-label={t('townships.year')}
                data={years.map((one) => ({ value: String(one), label: t('townships.yearValue', { year: one }) }))}
                value={String(data.year)}
                allowDeselect={false}
                onChange={(value) => onYear(Number(value))}
              />
            )}
            <span>{useSummary(data.townships, sees)}</span>
          </div>
        }
        empty={
          data.townships.length === 0 ? (
            <EmptyState title={t('townships.empty')} hint={t('townships.emptyHint')} />
          ) : (
            <EmptyState title={t('townships.none')} />
          )
        }
      />
      <BasisList rules={[...rules.values()]} asOf={data.asOf} />
    </>
  )
}

function useSummary(townships: readonly Township[], sees: readonly ConsolePart[]): string {
  const { t } = useTranslation('console')
  const counts = {
    count: townships.length,
    contacted: townships.filter(({ lastContact }) => typeof lastContact === 'string').length,
    waiting: townships.filter(({ reported }) => (reported?.pending ?? 0) > 0).length,
  }
  if (!sees.includes('work')) return t('townships.reporting', counts)
  const attention = townships.filter((township) => needsAttention(township) > 0).length
  return t('townships.summary', { ...counts, attention })
}

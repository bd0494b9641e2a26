import { Button, Group } from '@mantine/core'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../shared/contract/index.ts'
import { yearOf } from '../../../shared/domain/dates.ts'
import { useCall } from '../../api/use-call.ts'
import { rowsOf } from '../../api/use-rows.ts'
import { CoverageBasis } from '../../kit/coverage-basis.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { FilterBar } from '../../kit/filter-bar.tsx'
import { formatDay, formatRate, NOTHING } from '../../kit/format.ts'
import { ButtonLink } from '../../kit/link.tsx'
import { Page } from '../../kit/page.tsx'
import type { ListOnPaper } from '../../kit/print-list.tsx'
import { RegisterTable, type Column } from '../../kit/register-table.tsx'
import { useCan, useSession } from '../../kit/session.ts'
import { useUnitName } from '../../kit/unit-select.tsx'
import { useListSearch } from '../../kit/use-list-search.ts'
import { AssignTalker } from './assign-talker.tsx'
import { CoverageFigures } from './coverage-figures.tsx'
import { CoverageTallies, NO_TALKER } from './coverage-tallies.tsx'
import classes from './missing.module.css'
import { TalkTabs } from './talk-tabs.tsx'
import { YearSelect } from './year-select.tsx'

const route = getRouteApi('/talk/missing')
const NOBODY: ReadonlySet<string> = new Set()
type Coverage = Output<'talk.coverage'>
type Missing = Coverage['missing'][number]

export interface MissingSearch {
  readonly year?: number | undefined
  readonly text?: string | undefined
  readonly unitId?: string | undefined
  readonly talkerName?: string | undefined
}

/** 未谈: who has not been talked to this year, by unit and by who is to talk to them. */
export function TalkMissingPage() {
  const { t } = useTranslation('talk')
  const navigate = useNavigate()
  const [search, replace] = useListSearch<MissingSearch>('missing', route.useSearch(), (next) => {
    void navigate({ to: '/talk/missing', search: next, replace: true })
  })
  const { today } = useSession()
  const year = search.year ?? yearOf(today)
  const { data, fault, stale } = useCall('talk.coverage', { year })
  const set = (next: MissingSearch) => replace({ ...search, ...next })
  const rows = useFiltered(data?.missing, search)
  return (
    <Page filling title={t('title')}>
      <TalkTabs />
      {data && <CoverageFigures coverage={data} />}
      <FilterBar
        text={search.text ?? ''}
        onText={(text) => set({ text: text || undefined })}
        placeholder={t('missing.search')}
        active={search.text !== undefined || search.unitId !== undefined || search.talkerName !== undefined}
        onClear={() => replace({ year: search.year })}
      >
        <YearSelect
          required
          latest={yearOf(today)}
          value={year}
          onChange={(next) => set({ year: next ?? undefined })}
        />
      </FilterBar>
      <div className={classes.split}>
        <MissingTable rows={rows} stale={stale} fault={fault} print={useListOnPaper(data, year, search)} />
        {data && <CoverageTallies coverage={data} search={search} onSearch={set} />}
      </div>
    </Page>
  )
}

/** By unit, by assigned talker, and by name or pinyin; the latter only the core understands. */
function useFiltered(missing: readonly Missing[] | undefined, { text, unitId, talkerName }: MissingSearch) {
  const typed = text?.trim() ?? ''
  const { data: found } = useCall('cadre.list', { text: typed, presence: 'all', limit: 500 }, { enabled: typed !== '' })
  return useMemo(() => {
    const named = typed === '' || found === undefined ? null : new Set(found.rows.map(({ id }) => id))
    const talker = talkerName === NO_TALKER ? null : talkerName
    return missing?.filter(
      (row) =>
        (named === null || named.has(row.cadreId)) &&
        (unitId === undefined || row.unitId === unitId) &&
        (talkerName === undefined || row.talkerName === talker),
    )
  }, [missing, found, typed, unitId, talkerName])
}

/** The figures and what was counted stand over the names on paper too. */
function useListOnPaper(data: Coverage | undefined, year: number, search: MissingSearch): ListOnPaper {
  const { t } = useTranslation(['talk', 'common'])
  const unitName = useUnitName()
  const { text, unitId, talkerName } = search
  const talker = talkerName === NO_TALKER ? t('missing.noTalker') : talkerName
  const filter = [unitName(unitId), talker && t('assign.assigned', { names: talker }), text && `“${text}”`]
  const words = filter.filter(Boolean).join('　')
  const note = data && (
    <>
      {t('missing.printFigures', { ...data, missing: data.onRoll - data.talked, rate: formatRate(data.rate) })}
      <br />
      <CoverageBasis coverage={data} />
      {words !== '' && <br />}
      {words}
    </>
  )
  return { title: t('missing.printTitle', { year }), note, register: 'talk' }
}

function MissingTable({
  rows,
  stale,
  fault,
  print,
}: {
  readonly rows: readonly Missing[] | undefined
  readonly stale: boolean
  readonly fault: Error | null
  readonly print: ListOnPaper
}) {
  const { t } = useTranslation('talk')
  const navigate = useNavigate()
  const can = useCan()('talk:write')
  const columns = useMissingColumns()
  const [chosen, setChosen] = useState(NOBODY)
  const [assigning, setAssigning] = useState(false)
  const source = rowsOf(rows, { stale, fault })
  const people = rows?.filter(({ cadreId }) => chosen.has(cadreId)) ?? []
  return (
    <>
      <RegisterTable
        id="talk-missing"
        label={t('missing.caption')}
        source={source}
        columns={columns}
        rowKey={(row) => row.cadreId}
        print={print}
        {...(can ? { selection: { ids: chosen, change: setChosen } } : {})}
        onOpen={(row) => void navigate({ to: '/cadre/$id', params: { id: row.cadreId } })}
        above={
          people.length === 0 ? (
            <span>{t('missing.count', { count: source.total })}</span>
          ) : (
            <Group gap="sm">
              <span>{t('missing.selected', { count: people.length })}</span>
              <Button size="compact-sm" onClick={() => setAssigning(true)}>
                {t('action.assign')}
              </Button>
              <ButtonLink
                size="compact-sm"
                variant="default"
                to="/talk/new"
                search={{ cadre: people.map(({ cadreId }) => cadreId).join(',') }}
              >
                {people.length === 1 ? t('action.log') : t('action.logTogether')}
              </ButtonLink>
              <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setChosen(NOBODY)}>
                {t('missing.unselect')}
              </Button>
            </Group>
          )
        }
        empty={<EmptyState title={t('missing.empty')} hint={t('missing.emptyHint')} />}
      />
      {assigning && (
        <AssignTalker
          cadreIds={people.map(({ cadreId }) => cadreId)}
          names={people.map(({ name }) => name)}
          onClose={() => setAssigning(false)}
          onDone={() => {
            setAssigning(false)
            setChosen(NOBODY)
          }}
        />
      )}
    </>
  )
}

function useMissingColumns(): Column<Missing>[] {
  const { t } = useTranslation('talk')
  const can = useCan()('talk:write')
  return useMemo(
    () => [
      { id: 'name', header: t('field.cadreId'), width: 96, fixed: true, cell: (row) => <strong>{row.name}</strong> },
      { id: 'unitName', header: t('column.unitName'), width: 128, cell: (row) => row.unitName ?? NOTHING },
      {
        id: 'postTitle',
        header: t('column.postTitle'),
        cell: (row) => <span title={row.postTitle ?? ''}>{row.postTitle ?? NOTHING}</span>,
      },
      { id: 'talkerName', header: t('column.assigned'), width: 128, cell: (row) => row.talkerName ?? NOTHING },
      { id: 'lastTalkOn', header: t('column.lastTalkOn'), width: 112, cell: (row) => formatDay(row.lastTalkOn) },
      {
        id: 'log',
        header: t('column.actions'),
        width: 104,
        fixed: true,
        screenOnly: true,
        cell: (row) =>
          can && (
            <ButtonLink
              size="compact-sm"
              variant="default"
              to="/talk/new"
              search={{ cadre: row.cadreId }}
              aria-label={t('missing.logOf', { name: row.name })}
            >
              {t('action.log')}
            </ButtonLink>
          ),
      },
    ],
    [t, can],
  )
}

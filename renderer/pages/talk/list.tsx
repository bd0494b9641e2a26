import { Checkbox, Select } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { TALK_TYPES, type TalkType } from '../../../shared/domain/talk.ts'
import { yearOf } from '../../../shared/domain/dates.ts'
import { useRows } from '../../api/use-rows.ts'
import { EmptyState } from '../../kit/empty-state.tsx'
import { FilterBar } from '../../kit/filter-bar.tsx'
import { useNewKey } from '../../kit/keys.ts'
import { ButtonLink } from '../../kit/link.tsx'
import { Page } from '../../kit/page.tsx'
import { RegisterTable } from '../../kit/register-table.tsx'
import { useCan, useSession } from '../../kit/session.ts'
import { useListSearch } from '../../kit/use-list-search.ts'
import { useTalkColumns } from './talk-columns.tsx'
import { TalkTabs } from './talk-tabs.tsx'
import { YearSelect } from './year-select.tsx'

const route = getRouteApi('/talk')
const FOLLOW_UPS = ['open', 'overdue', 'closed'] as const

interface TalkSearch {
  readonly text?: string | undefined
  readonly year?: number | undefined
  readonly cadreId?: string | undefined
  readonly talkType?: TalkType | undefined
  readonly followUp?: (typeof FOLLOW_UPS)[number] | undefined
  readonly withVoided?: boolean | undefined
}

/** 谈心谈话: every talk, newest first. */
export function TalkListPage() {
  const { t } = useTranslation(['talk', 'common'])
  const navigate = useNavigate()
  const [search, set] = useListSearch<TalkSearch>('talk', route.useSearch(), (next) => {
    void navigate({ to: '/talk', search: next, replace: true })
  })
  const can = useCan()
  const columns = useTalkColumns()
  const source = useRows('talk.list', toFilter(search))
  const active = Object.values(search).some((value) => value !== undefined)
  useNewKey(() => void navigate({ to: '/talk/new' }), can('talk:write'))
  useHotkeys(can('talk:write') ? [['alt+B', () => void navigate({ to: '/talk/entry' })]] : [], [])
  const log = can('talk:write') && (
    <>
      <ButtonLink variant="default" to="/talk/entry" title={t('entry.openKey')}>
        {t('entry.open')}
      </ButtonLink>
      <ButtonLink to="/talk/new" title={t('common:keys.new')}>
        {t('action.log')}
      </ButtonLink>
    </>
  )
  return (
    <Page filling title={t('title')} action={log}>
      <TalkTabs />
      <TalkFilters search={search} onSearch={set} active={active} />
      <RegisterTable
        id="talk"
        label={t('title')}
        source={source}
        columns={columns}
        rowKey={(row) => row.id}
        struck={(row) => row.voided}
        onOpen={(row) => void navigate({ to: '/talk/$id', params: { id: row.id } })}
        above={<span>{t('list.count', { count: source.total })}</span>}
        empty={
          active ? (
            <EmptyState title={t('list.noMatch')} hint={t('list.noMatchHint')} />
          ) : (
            <EmptyState title={t('empty')} hint={t('emptyHint')} action={log} />
          )
        }
      />
    </Page>
  )
}

function TalkFilters({
  search,
  onSearch,
  active,
}: {
  readonly search: TalkSearch
  readonly onSearch: (search: TalkSearch) => void
  readonly active: boolean
}) {
  const { t } = useTranslation('talk')
  const { today } = useSession()
  const put = (patch: TalkSearch) => onSearch({ ...search, ...patch })
  return (
    <FilterBar
      text={search.text ?? ''}
      onText={(text) => put({ text: text === '' ? undefined : text })}
      placeholder={t('list.search')}
      active={active}
      onClear={() => onSearch({})}
    >
      <YearSelect
        latest={yearOf(today)}
        value={search.year ?? null}
        onChange={(year) => put({ year: year ?? undefined })}
      />
      <Select
        size="sm"
        w={136}
        aria-label={t('field.talkType')}
        placeholder={t('list.anyType')}
        data={TALK_TYPES.map((value) => ({ value, label: t(`talkType.${value}`) }))}
        value={search.talkType ?? null}
        onChange={(value) => put({ talkType: (value as TalkType | null) ?? undefined })}
        clearable
      />
      <Select
        size="sm"
        w={136}
        aria-label={t('column.followUp')}
        placeholder={t('list.anyFollowUp')}
        data={FOLLOW_UPS.map((value) => ({ value, label: t(`followUp.${value}`) }))}
        value={search.followUp ?? null}
        onChange={(value) => put({ followUp: (value as TalkSearch['followUp'] | null) ?? undefined })}
        clearable
      />
      <Checkbox
        size="sm"
        label={t('list.withVoided')}
        checked={search.withVoided === true}
        onChange={(event) => put({ withVoided: event.currentTarget.checked || undefined })}
      />
    </FilterBar>
  )
}

const toFilter = (search: TalkSearch): TalkSearch =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== '')) as TalkSearch

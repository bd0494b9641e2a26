import { Button, Group } from '@mantine/core'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRows } from '../../api/use-rows.ts'
import { EmptyState } from '../../kit/empty-state.tsx'
import { useNewKey } from '../../kit/keys.ts'
import { ButtonLink } from '../../kit/link.tsx'
import { Page } from '../../kit/page.tsx'
import { RegisterTable } from '../../kit/register-table.tsx'
import { useCan } from '../../kit/session.ts'
import { useListSearch } from '../../kit/use-list-search.ts'
import { ListAbove } from './list-above.tsx'
import { useCadreColumns } from './list-columns.tsx'
import { useFilterWords } from './filter-words.ts'
import { CadreFilters, type CadreSearch } from './list-filters.tsx'

const route = getRouteApi('/cadre')
const NOBODY: ReadonlySet<string> = new Set()

/** 干部: everybody on the roll, found by name, pinyin, initials or digits, opened by Enter. */
export function CadreListPage() {
  const { t } = useTranslation('cadre')
  const navigate = useNavigate()
  const [search, set] = useListSearch<CadreSearch>('cadre', route.useSearch(), (next) => {
    void navigate({ to: '/cadre', search: next, replace: true })
  })
  const can = useCan()
  const [chosen, setChosen] = useState(NOBODY)
  const columns = useCadreColumns()
  const filterWords = useFilterWords()
  const filter = useMemo(() => toFilter(search), [search])
  const source = useRows('cadre.list', filter)
  // A second click on a header goes back to leader order.
  const sortBy = (by: string) => set({ ...search, sort: by === search.sort ? undefined : (by as CadreSearch['sort']) })
  useNewKey(() => void navigate({ to: '/cadre/new' }), can('cadre:write'))

  return (
    <Page filling title={t('title')} action={<ListActions />}>
      <CadreFilters search={search} onSearch={set} />
      <RegisterTable
        id="cadre"
        label={t('title')}
        source={source}
        columns={columns}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: '/cadre/$id', params: { id: row.id } })}
        {...(can('talk:write') ? { selection: { ids: chosen, change: setChosen } } : {})}
        sort={{ by: search.sort ?? 'order', change: sortBy }}
        above={<ListAbove total={source.total} chosen={chosen} onClear={() => setChosen(NOBODY)} />}
        print={{ title: t('list.printTitle'), note: filterWords(search), register: 'cadre' }}
        empty={<NoRows filtered={isFiltered(search)} onClear={() => set({})} />}
      />
    </Page>
  )
}

const isFiltered = ({ sort: _, ...rest }: CadreSearch): boolean =>
  Object.values(rest).some((value) => value !== undefined)

/** The address leaves out what is not filtered; the core is asked for exactly the rest. */
function toFilter({ text, ...rest }: CadreSearch) {
  const named = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  return { ...named, ...(text?.trim() ? { text: text.trim() } : {}) } as CadreSearch & { text?: string }
}

function ListActions() {
  const { t } = useTranslation(['cadre', 'common', 'lrmx'])
  const can = useCan()
  return (
    <>
      {can('cadre:import') && (
        <ButtonLink variant="default" to="/cadre/lrmx">
          {t('lrmx:title')}
        </ButtonLink>
      )}
      {can('cadre:import') && (
        <ButtonLink variant="default" to="/cadre/import">
          {t('action.import')}
        </ButtonLink>
      )}
      {can('cadre:write') && (
        <ButtonLink title={t('common:keys.new')} to="/cadre/new">
          {t('action.new')}
        </ButtonLink>
      )}
    </>
  )
}

function NoRows({ filtered, onClear }: { readonly filtered: boolean; readonly onClear: () => void }) {
  const { t } = useTranslation(['cadre', 'common'])
  if (filtered) {
    return (
      <EmptyState
        title={t('list.noMatch')}
        hint={t('list.noMatchHint')}
        action={
          <Button variant="default" onClick={onClear}>
            {t('common:filter.clear')}
          </Button>
        }
      />
    )
  }
  return (
    <EmptyState
      title={t('empty')}
      hint={t('emptyHint')}
      action={
        <Group>
          <ListActions />
        </Group>
      }
    />
  )
}

import { Button, Group } from '@mantine/core'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRows } from '../../api/use-rows.ts'
import { EmptyState } from '../../kit/empty-state.tsx'
import { useNewKey } from '../../kit/keys.ts'
import { Page } from '../../kit/page.tsx'
import { RegisterTable } from '../../kit/register-table.tsx'
import { useCan } from '../../kit/session.ts'
import { ExportDialog } from './lrmx/export-dialog.tsx'
import { useCadreColumns } from './list-columns.tsx'
import { CadreFilters, type CadreSearch } from './list-filters.tsx'

const route = getRouteApi('/cadre')
const NOBODY: ReadonlySet<string> = new Set()

/** 干部: everybody on the roll, found by name, pinyin, initials or digits, opened by Enter. */
export function CadreListPage() {
  const { t } = useTranslation('cadre')
  const search = route.useSearch()
  const navigate = useNavigate()
  const can = useCan()
  const [chosen, setChosen] = useState(NOBODY)
  const columns = useCadreColumns()
  const filter = useMemo(() => toFilter(search), [search])
  const source = useRows('cadre.list', filter)
  const set = (next: CadreSearch) => void navigate({ to: '/cadre', search: next, replace: true })
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
        sort={{ by: search.sort ?? 'order', change: (by) => set({ ...search, sort: by as CadreSearch['sort'] }) }}
        above={<Above total={source.total} chosen={chosen} onClear={() => setChosen(NOBODY)} />}
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
        <Button variant="default" renderRoot={(props) => <Link to="/cadre/lrmx" {...props} />}>
          {t('lrmx:title')}
        </Button>
      )}
      {can('cadre:import') && (
        <Button variant="default" renderRoot={(props) => <Link to="/cadre/import" {...props} />}>
          {t('action.import')}
        </Button>
      )}
      {can('cadre:write') && (
        <Button title={t('common:keys.new')} renderRoot={(props) => <Link to="/cadre/new" {...props} />}>
          {t('action.new')}
        </Button>
      )}
    </>
  )
}

/** How many are shown; with a selection, what can be done with it. */
function Above({
  total,
  chosen,
  onClear,
}: {
  readonly total: number
  readonly chosen: ReadonlySet<string>
  readonly onClear: () => void
}) {
  const { t } = useTranslation(['cadre', 'common', 'lrmx'])
  const can = useCan()
  const [exporting, setExporting] = useState(false)
  if (chosen.size === 0) return <span>{t('common:people', { count: total })}</span>
  return (
    <Group gap="sm">
      <span>{t('list.selected', { count: chosen.size })}</span>
      <Button
        size="compact-sm"
        renderRoot={(props) => <Link to="/talk/new" search={{ cadre: [...chosen].join(',') }} {...props} />}
      >
        {chosen.size === 1 ? t('action.logTalk') : t('action.logTalkTogether')}
      </Button>
      {can('cadre:export') && (
        <Button size="compact-sm" variant="default" onClick={() => setExporting(true)}>
          {t('lrmx:export.action')}
        </Button>
      )}
      <ExportDialog cadreIds={[...chosen]} opened={exporting} onClose={() => setExporting(false)} />
      <Button size="compact-sm" variant="subtle" color="gray" onClick={onClear}>
        {t('list.unselect')}
      </Button>
    </Group>
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

import { Button, SegmentedControl } from '@mantine/core'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TalkRow } from '../../../shared/contract/talk.ts'
import { useRows } from '../../api/use-rows.ts'
import { EmptyState } from '../../kit/empty-state.tsx'
import { FilterBar } from '../../kit/filter-bar.tsx'
import { formatDay, NOTHING } from '../../kit/format.ts'
import { Page } from '../../kit/page.tsx'
import { RegisterTable, type Column } from '../../kit/register-table.tsx'
import { useCan } from '../../kit/session.ts'
import { useListSearch } from '../../kit/use-list-search.ts'
import { CloseFollowUp } from './close-follow-up.tsx'
import { FollowUpWord } from './follow-up-word.tsx'
import { TalkTabs } from './talk-tabs.tsx'

const route = getRouteApi('/talk/follow-up')
const STATES = ['open', 'overdue', 'closed'] as const
type State = (typeof STATES)[number]
interface FollowUpSearch {
  readonly state?: State | undefined
  readonly text?: string | undefined
}

/** 诉求办理: what was promised in talks, closed in place. `open` has the overdue ones too, they are not done either. */
export function FollowUpPage() {
  const { t } = useTranslation('talk')
  const navigate = useNavigate()
  const [search, replace] = useListSearch<FollowUpSearch>('follow-up', route.useSearch(), (next) => {
    void navigate({ to: '/talk/follow-up', search: next, replace: true })
  })
  const state = search.state ?? 'open'
  const [closing, setClosing] = useState<TalkRow | null>(null)
  const text = search.text?.trim()
  const source = useRows('talk.list', { followUp: state, ...(text ? { text } : {}) })
  const columns = useFollowUpColumns(setClosing)
  const set = (next: FollowUpSearch) => replace({ ...search, ...next })
  return (
    <Page filling title={t('title')}>
      <TalkTabs />
      <FilterBar
        text={search.text ?? ''}
        onText={(typed) => set({ text: typed || undefined })}
        placeholder={t('list.search')}
        active={search.text !== undefined}
        onClear={() => set({ text: undefined })}
      >
        <SegmentedControl
          size="sm"
          aria-label={t('column.followUp')}
          value={state}
          onChange={(next) => set({ state: next as State })}
          data={STATES.map((value) => ({ value, label: t(`followUp.${value}`) }))}
        />
      </FilterBar>
      <RegisterTable
        id="follow-up"
        label={t('followUp.title')}
        source={source}
        columns={columns}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: '/talk/$id', params: { id: row.id } })}
        above={<span>{t('followUp.count', { count: source.total })}</span>}
        empty={<EmptyState title={t(`followUp.empty.${state}`)} hint={t('followUp.emptyHint')} />}
      />
      {closing && <CloseFollowUp key={closing.id} row={closing} onClose={() => setClosing(null)} />}
    </Page>
  )
}

function useFollowUpColumns(onClose: (row: TalkRow) => void): Column<TalkRow>[] {
  const { t } = useTranslation('talk')
  const can = useCan()('talk:write')
  return useMemo(
    () => [
      {
        id: 'cadreName',
        header: t('field.cadreId'),
        width: 104,
        fixed: true,
        cell: (row) => <strong>{row.cadreName}</strong>,
      },
      { id: 'unitName', header: t('column.unitName'), cell: (row) => row.unitName ?? NOTHING },
      { id: 'heldOn', header: t('field.heldOn'), width: 128, cell: (row) => formatDay(row.heldOn) },
      { id: 'talkerName', header: t('field.talker'), width: 112, cell: (row) => row.talkerName },
      {
        id: 'followUpOwner',
        header: t('field.followUpOwner'),
        width: 112,
        cell: (row) => row.followUpOwner ?? NOTHING,
      },
      { id: 'followUpDue', header: t('field.followUpDue'), width: 112, cell: (row) => formatDay(row.followUpDue) },
      {
        id: 'followUp',
        header: t('column.followUp'),
        width: 104,
        cell: (row) => <FollowUpWord state={row.followUp} />,
      },
      {
        id: 'close',
        header: t('column.actions'),
        width: 96,
        fixed: true,
        cell: (row) =>
          can &&
          row.followUp !== 'closed' && (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={t('followUp.closeOf', { name: row.cadreName })}
              onClick={() => onClose(row)}
            >
              {t('action.close')}
            </Button>
          ),
      },
    ],
    [t, can, onClose],
  )
}

import { Button, Stack, Tabs } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { SyncStatus } from '../../../shared/contract/sync.ts'
import { useCommand } from '../../api/use-call.ts'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { inText } from '../../kit/icon.ts'
import { announce } from '../../kit/live.tsx'
import { Page, TwoColumns } from '../../kit/page.tsx'
import { useCan } from '../../kit/session.ts'
import { syncWord, useSyncStatus } from '../../kit/sync-badge.tsx'
import { CityCard } from './city-card.tsx'
import { EnrolCard } from './enrol-card.tsx'
import { ScheduleCard } from './schedule-card.tsx'
import { AttentionTable, PlainTable } from './sync-tables.tsx'
import { SyncSentence } from './sync-sentence.tsx'

const route = getRouteApi('/sync')
const TABS = ['pending', 'attention', 'answered'] as const

/** Is the data safe, what is missing, and every change with its answer. */
export function SyncPage() {
  const { t } = useTranslation('sync')
  const { data, fault } = useSyncStatus()
  return (
    <Page title={t('title')} action={data?.enrolled === true && <RunButton status={data} />}>
      <FaultAlert fault={fault} />
      {data !== undefined && (
        <>
          <SyncSentence status={data} />
          <TwoColumns
            main={<Changes status={data} />}
            side={
              <Stack gap="md">
                {data.enrolled ? <CityCard status={data} /> : <EnrolCard />}
                {data.enrolled && <ScheduleCard schedule={data.schedule} />}
              </Stack>
            }
          />
        </>
      )}
    </Page>
  )
}

function RunButton({ status }: { readonly status: SyncStatus }) {
  const { t } = useTranslation(['sync', 'common'])
  const common = useTranslation().t
  const can = useCan()
  const run = useCommand('sync.run')
  if (!can('sync:run')) return null
  const start = () =>
    run.run({}).then(
      (after) => announce(t('ran', { state: syncWord(after, common).text })),
      () => undefined, // shown by the sentence: the status keeps the last failure
    )
  return (
    <Button
      leftSection={<IconRefresh {...inText} />}
      loading={run.pending || status.activity === 'running'}
      onClick={() => void start()}
    >
      {t('action.run')}
    </Button>
  )
}

/** Opens where something needs a person, otherwise at what waits. */
function Changes({ status }: { readonly status: SyncStatus }) {
  const { t } = useTranslation(['sync'])
  const search = route.useSearch()
  const navigate = useNavigate()
  const tab = search.tab ?? (status.attention > 0 ? 'attention' : 'pending')
  const numbers = { pending: status.pending, attention: status.attention, answered: status.answered }
  return (
    <Tabs
      value={tab}
      keepMounted={false}
      onChange={(next) =>
        void navigate({ to: '/sync', search: { tab: TABS.find((one) => one === next) }, replace: true })
      }
    >
      <Tabs.List mb="md">
        {TABS.map((one) => (
          <Tabs.Tab key={one} value={one}>
            {t(`sync:tab.${one}`)} {numbers[one]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="pending">
        <PlainTable state="pending" />
      </Tabs.Panel>
      <Tabs.Panel value="attention">
        <AttentionTable />
      </Tabs.Panel>
      <Tabs.Panel value="answered">
        <PlainTable state="answered" />
      </Tabs.Panel>
    </Tabs>
  )
}

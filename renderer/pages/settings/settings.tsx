import { Tabs } from '@mantine/core'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Page } from '../../kit/page.tsx'
import { useCan } from '../../kit/session.ts'
import { AccessTab } from './access-tab.tsx'
import { BackupTab } from './backup-tab.tsx'
import { CountingTab } from './counting-tab.tsx'
import { OfficerTab } from './officer-tab.tsx'
import { UnitTab } from './unit-tab.tsx'

const route = getRouteApi('/settings')
const TABS = [
  { name: 'unit', can: 'unit:read', Body: UnitTab },
  { name: 'officer', can: 'officer:read', Body: OfficerTab },
  { name: 'counting', can: 'setting:read', Body: CountingTab },
  { name: 'backup', can: 'backup:run', Body: BackupTab },
  { name: 'access', can: 'access-log:read', Body: AccessTab },
] as const

/** Small registers, each listed whole with its form beside it. */
export function SettingsPage() {
  const { t } = useTranslation(['setting'])
  const navigate = useNavigate()
  const can = useCan()
  const search = route.useSearch()
  const tabs = TABS.filter((tab) => can(tab.can))
  const shown = tabs.find((tab) => tab.name === search.tab) ?? tabs[0]
  const open = (name: string | null) => {
    const tab = tabs.find((one) => one.name === name)?.name
    void navigate({ to: '/settings', search: { tab }, replace: true })
  }
  return (
    <Page title={t('title')}>
      <Tabs value={shown?.name ?? null} keepMounted={false} onChange={open}>
        <Tabs.List mb="md">
          {tabs.map(({ name }) => (
            <Tabs.Tab key={name} value={name}>
              {t(`setting:tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map(({ name, Body }) => (
          <Tabs.Panel key={name} value={name}>
            <Body />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  )
}

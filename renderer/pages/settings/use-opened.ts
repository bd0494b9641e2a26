import { getRouteApi, useNavigate } from '@tanstack/react-router'

const route = getRouteApi('/settings')
export type SettingsTab = 'unit' | 'officer' | 'counting' | 'backup' | 'access'

/** Which record of the tab is open beside its list, kept in the address; `new` is an empty form. */
export function useOpened(tab: SettingsTab) {
  const navigate = useNavigate()
  const { record, field } = route.useSearch()
  return {
    id: record ?? null,
    field: field ?? null,
    open: (id: string | null) =>
      void navigate({ to: '/settings', search: { tab, record: id ?? undefined }, replace: true }),
  }
}

import { useNavigate } from '@tanstack/react-router'
import type { SyncRow } from '../../../shared/contract/sync.ts'

/** The page of the record a change is about; to repair it, its form at the field, carrying the change it replaces. */
export function useOpenRecord(): (row: SyncRow, repair?: boolean) => void {
  const navigate = useNavigate()
  return (row, repair = false) => {
    const params = { id: row.recordId }
    const search = { field: row.problem?.field ?? undefined, supersedes: row.seq }
    switch (row.register) {
      case 'cadre':
        return void navigate(repair ? { to: '/cadre/$id/edit', params, search } : { to: '/cadre/$id', params })
      case 'talk':
        return void navigate(repair ? { to: '/talk/$id/edit', params, search } : { to: '/talk/$id', params })
      case 'talk-assignment':
        return void navigate({ to: '/talk/missing' })
      default:
        return void navigate({
          to: '/settings',
          search: { tab: TABS[row.register] ?? 'unit', record: row.recordId, field: search.field },
        })
    }
  }
}

const TABS: Readonly<Record<string, 'unit' | 'officer' | 'counting'>> = {
  unit: 'unit',
  officer: 'officer',
  setting: 'counting',
}

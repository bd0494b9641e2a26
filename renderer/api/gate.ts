import { useQueryClient } from '@tanstack/react-query'
import { keepDraftsNow } from '../kit/use-draft.ts'
import { forgetAll } from './events.ts'
import { useClient } from './use-call.ts'

const LAST_OFFICER = 'zgt.officer'

/** Who was signed in last in this window, to be offered first at unlock. */
export const lastOfficer = (): string | null => sessionStorage.getItem(LAST_OFFICER)

export function rememberOfficer(id: string | null): void {
  if (id === null) sessionStorage.removeItem(LAST_OFFICER)
  else sessionStorage.setItem(LAST_OFFICER, id)
}

/**
 * Locks the desk by hand. Drafts are kept first; with `null` the next officer is not preset (切换用户).
 *
 * Everything the page knew is forgotten: the next officer may be allowed less.
 */
export function useLock(): (nextOfficer: string | null) => Promise<void> {
  const call = useClient()
  const queries = useQueryClient()
  return async (nextOfficer) => {
    await keepDraftsNow()
    rememberOfficer(nextOfficer)
    await call('desk.lock', {})
    await forgetAll(queries)
  }
}

import { createContext, use } from 'react'
import type { Session } from '../../shared/contract/desk.ts'
import type { Capability } from '../../shared/permissions.ts'

export const SessionContext = createContext<Session | null>(null)

/** Who is signed in, at which township, on which day. Only inside the frame, where there always is one. */
export function useSession(): Session {
  const session = use(SessionContext)
  if (session === null) throw new Error('a page was rendered outside the frame')
  return session
}

/** Whether the signed-in officer may. Pages leave out what one may not do; the core refuses it anyway. */
export function useCan(): (capability: Capability) => boolean {
  const { can } = useSession()
  return (capability) => can.includes(capability)
}

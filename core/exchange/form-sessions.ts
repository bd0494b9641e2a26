import { Fault } from '../../shared/errors.ts'
import type { FormVerdict } from './judge-forms.ts'

/** One import of forms between choosing the files and its result. In memory only: what it read is nobody's record yet. */
export interface FormSession {
  readonly id: string
  readonly officerId: string
  verdicts: readonly FormVerdict[]
}

/** The imports under way, owned by the unlocked desk and gone with it. */
export interface FormSessions {
  start(id: string, officerId: string): FormSession
  /** @throws Fault `import-missing` when it is over, or somebody else's */
  get(id: string, officerId: string): FormSession
  drop(id: string): void
}

/** Photos make forms heavy; nobody compares more imports than this at once. */
const MOST_SESSIONS = 3

export function createFormSessions(): FormSessions {
  const sessions = new Map<string, FormSession>()
  return {
    start: (id, officerId) => {
      const oldest = [...sessions.keys()].slice(0, Math.max(0, sessions.size + 1 - MOST_SESSIONS))
      for (const key of oldest) sessions.delete(key)
      const session: FormSession = { id, officerId, verdicts: [] }
      sessions.set(id, session)
      return session
    },
    get: (id, officerId) => {
      const session = sessions.get(id)
      if (!session || session.officerId !== officerId) throw new Fault('import-missing')
      return session
    },
    drop: (id) => void sessions.delete(id),
  }
}

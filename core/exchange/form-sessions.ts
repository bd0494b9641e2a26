import { Fault } from '../../shared/errors.ts'
import type { FormVerdict } from './judge-forms.ts'

/** One import of forms between choosing the files and its result. In memory only: what it read is nobody's record yet. */
export interface FormSession {
  readonly id: string
  readonly officerId: string
  /** Ends the transaction while importing. */
  readonly abort: AbortController
  verdicts: readonly FormVerdict[]
  /** Once `done` it only says so: what was read is gone. */
  stage: 'ready' | 'importing' | 'done'
  done: number
  total: number
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
  const drop = (id: string): void => {
    sessions.get(id)?.abort.abort()
    sessions.delete(id)
  }
  return {
    start: (id, officerId) => {
      const idle = [...sessions.values()].filter(({ stage }) => stage !== 'importing')
      for (const old of idle.slice(0, Math.max(0, sessions.size + 1 - MOST_SESSIONS))) drop(old.id)
      const fresh = { verdicts: [], stage: 'ready' as const, done: 0, total: 0 }
      const session: FormSession = { id, officerId, abort: new AbortController(), ...fresh }
      sessions.set(id, session)
      return session
    },
    get: (id, officerId) => {
      const session = sessions.get(id)
      if (!session || session.officerId !== officerId) throw new Fault('import-missing')
      return session
    },
    drop,
  }
}

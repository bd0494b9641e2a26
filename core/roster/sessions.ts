import { Fault } from '../../shared/errors.ts'
import type { Sheet } from './cell.ts'
import type { DryRun, Layout } from './dry-run.ts'

export type Stage = 'reading' | 'checking' | 'ready' | 'importing' | 'done'

/** One import from opening the file to its result. Lives in memory only: what it read is nobody's record yet. */
export interface RosterSession {
  readonly id: string
  readonly officerId: string
  readonly fileName: string
  /** Ends the worker while reading and the transaction while importing. */
  readonly abort: AbortController
  sheets: readonly Sheet[]
  layout: Layout | null
  run: DryRun | null
  stage: Stage
  done: number
  total: number
}

/** The imports under way, owned by the unlocked desk and gone with it. */
export interface RosterSessions {
  start(id: string, officerId: string, fileName: string): RosterSession
  /** @throws Fault `import-missing` when it is over, or somebody else's */
  get(id: string, officerId: string): RosterSession
  drop(id: string): void
}

/** A sheet of 10,000 people takes some 30 MB; nobody compares more files than this at once. */
const MOST_SESSIONS = 3

export function createRosterSessions(): RosterSessions {
  const sessions = new Map<string, RosterSession>()
  const drop = (id: string): void => {
    sessions.get(id)?.abort.abort()
    sessions.delete(id)
  }
  return {
    start: (id, officerId, fileName) => {
      const idle = [...sessions.values()].filter(({ stage }) => stage !== 'importing')
      for (const old of idle.slice(0, Math.max(0, sessions.size + 1 - MOST_SESSIONS))) drop(old.id)
      const fresh = { layout: null, run: null, stage: 'reading' as const, done: 0, total: 0, sheets: [] }
      const session: RosterSession = { id, officerId, fileName, abort: new AbortController(), ...fresh }
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

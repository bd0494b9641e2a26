import type { IMPORT_STAGES } from '../shared/contract/import.ts'
import { Fault } from '../shared/errors.ts'

/** One import from choosing the file to its result. In memory only: what it read is nobody's record yet. */
export interface ImportSession {
  readonly id: string
  readonly officerId: string
  /** Ends the worker while reading and the transaction while importing. */
  readonly abort: AbortController
  /** Once `done` it only says so: what was read may be gone. */
  stage: (typeof IMPORT_STAGES)[number]
  done: number
  total: number
}

/** The imports of one kind under way, owned by the unlocked desk and gone with it. */
export interface ImportSessions<Session extends ImportSession> {
  /** Keeps it; the oldest that is not importing makes room. */
  start(session: Session): Session
  /** @throws Fault `import-missing` when it is over, or somebody else's */
  get(id: string, officerId: string): Session
  drop(id: string): void
}

/** A sheet of 10,000 people takes some 30 MB, forms carry photos; nobody compares more imports than this at once. */
const MOST_SESSIONS = 3

export function createImportSessions<Session extends ImportSession>(): ImportSessions<Session> {
  const sessions = new Map<string, Session>()
  const drop = (id: string): void => {
    sessions.get(id)?.abort.abort()
    sessions.delete(id)
  }
  return {
    start: (session) => {
      const idle = [...sessions.values()].filter(({ stage }) => stage !== 'importing')
      for (const old of idle.slice(0, Math.max(0, sessions.size + 1 - MOST_SESSIONS))) drop(old.id)
      sessions.set(session.id, session)
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

/** An import that has read nothing yet. */
export const newImport = (id: string, officerId: string): ImportSession => ({
  id,
  officerId,
  abort: new AbortController(),
  stage: 'reading',
  done: 0,
  total: 0,
})

import { Fault } from '../shared/errors.ts'

/** SQLite's own codes into faults a person can act on; anything else stays what it is. */
export function asFault(error: unknown): unknown {
  if (error instanceof Fault || !(error instanceof Error)) return error
  const code = (error as { code?: unknown }).code
  if (typeof code !== 'string') return error
  if (code === 'SQLITE_FULL') return new Fault('disk-full', {}, { cause: error })
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) return new Fault('profile-damaged', {}, { cause: error })
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN') || code === 'SQLITE_PERM') {
    return new Fault('profile-unwritable', {}, { cause: error })
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return new Fault('profile-in-use', {}, { cause: error })
  if (code === 'SQLITE_CONSTRAINT_FOREIGNKEY') return new Fault('in-use', {}, { cause: error })
  return error
}

import { Fault, type FaultParams } from '../shared/errors.ts'

const DAMAGE = /^SQLITE_(NOTADB|CORRUPT|IOERR_(READ|SHORT_READ|CORRUPTFS|DATA)$)/
const UNWRITABLE = /^SQLITE_(READONLY|CANTOPEN|PERM$|IOERR_)/

/** What the file system says of a file of our own that could not be written, as a fault; anything else stays what it is. */
export function asFileFault(error: unknown, params: FaultParams = {}): unknown {
  const code = String((error as { code?: unknown } | null)?.code)
  if (/^(ENOSPC|EDQUOT)$/.test(code)) return new Fault('disk-full', {}, { cause: error })
  if (/^(EACCES|EPERM|EROFS|EIO)$/.test(code)) return new Fault('profile-unwritable', params, { cause: error })
  return error
}

/** SQLite's own codes into faults a person can act on; anything else stays what it is. */
export function asFault(error: unknown): unknown {
  if (error instanceof Fault || !(error instanceof Error)) return error
  const code = (error as { code?: unknown }).code
  if (typeof code !== 'string') return error
  // A disk without room fails to make the shared memory file first.
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE') return new Fault('disk-full', {}, { cause: error })
  if (DAMAGE.test(code)) return new Fault('profile-damaged', {}, { cause: error })
  if (UNWRITABLE.test(code)) {
    return new Fault('profile-unwritable', {}, { cause: error })
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return new Fault('profile-in-use', {}, { cause: error })
  if (code === 'SQLITE_CONSTRAINT_FOREIGNKEY') return new Fault('in-use', {}, { cause: error })
  return error
}

import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { copyDatabase, inspectCopy, type CopyFacts } from '../../db/copy.ts'
import { checkPages } from '../../db/look.ts'
import { Fault, type FaultCode, type FaultParams } from '../../shared/errors.ts'

export type CopyJob =
  | { readonly kind: 'copy'; readonly database: string; readonly target: string; readonly key: Uint8Array }
  | { readonly kind: 'check'; readonly database: string; readonly key: Uint8Array }
export type CopyAnswer =
  | { readonly facts: CopyFacts | null }
  | { readonly fault: { readonly code: FaultCode; readonly params: FaultParams } | null; readonly bug: string }

/** What the worker does, in whatever thread: copies a database and proves the copy, or reads every page of it. */
export function carryOut(job: CopyJob): CopyFacts | null {
  const key = Buffer.from(job.key)
  try {
    if (job.kind === 'check') {
      checkPages(job.database, key)
      return null
    }
    rmSync(job.target, { force: true }) // what a worker that died has left
    copyDatabase(job.database, key, job.target)
    return provedCopy(job.target, key)
  } finally {
    key.fill(0)
  }
}

/** A copy that does not read back was not written, whatever the disk said; the original is not to blame. */
function provedCopy(target: string, key: Buffer): CopyFacts {
  try {
    return inspectCopy(target, key)
  } catch (cause) {
    throw new Fault('backup-unwritable', { folder: dirname(dirname(target)) }, { cause })
  }
}

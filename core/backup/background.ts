import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { CopyFacts } from '../../db/copy.ts'
import { Fault } from '../../shared/errors.ts'
import { carryOut, type CopyAnswer, type CopyJob } from './copy-job.ts'

/** Beside this file: `.ts` from source, `.js` from a bundle. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './copy-worker.ts' : './copy-worker.js', import.meta.url)

/** Copies a database under the same key, from its last commit, and proves the copy by reading every page of it. */
export async function copyInBackground(database: string, target: string, key: Buffer): Promise<CopyFacts> {
  const facts = await inBackground({ kind: 'copy', database, target, key })
  if (facts === null) throw new Error('the copying worker gave no facts')
  return facts
}

/** Reads every page of a database that is in use; `profile-damaged` when one is not whole. */
export async function checkInBackground(database: string, key: Buffer): Promise<void> {
  await inBackground({ kind: 'check', database, key })
}

/** In a thread of its own: both read the whole database in one call, and screens must not wait for that. */
async function inBackground(job: CopyJob): Promise<CopyFacts | null> {
  // A bundle that leaves the worker out, or a runtime that starts none, still works, only less smoothly.
  const answer = existsSync(fileURLToPath(WORKER)) ? await askWorker(job) : null
  if (answer === null) return carryOut(job)
  if ('facts' in answer) return answer.facts
  if (answer.fault) throw new Fault(answer.fault.code, answer.fault.params)
  throw new Error(`copying failed: ${answer.bug}`)
}

/** Null when the worker did not come to life; what goes wrong in its work is an answer. */
function askWorker(job: CopyJob): Promise<CopyAnswer | null> {
  return new Promise((resolve) => {
    const worker = new Worker(WORKER, { workerData: job })
    worker.once('message', resolve)
    worker.once('error', () => resolve(null))
    worker.once('exit', () => resolve(null))
  })
}

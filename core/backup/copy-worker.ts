import { parentPort, workerData } from 'node:worker_threads'
import { Fault } from '../../shared/errors.ts'
import { carryOut, type CopyAnswer, type CopyJob } from './copy-job.ts'

const job = workerData as CopyJob

try {
  parentPort?.postMessage({ facts: carryOut(job) } satisfies CopyAnswer)
} catch (cause) {
  // Only plain data crosses: a Fault by its code, a bug by its text.
  const fault = cause instanceof Fault ? { code: cause.code, params: cause.params } : null
  parentPort?.postMessage({ fault, bug: String((cause as Error).stack) } satisfies CopyAnswer)
} finally {
  job.key.fill(0)
}

import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { Fault, type FaultCode, type FaultParams } from '../../shared/errors.ts'
import type { Sheet } from './cell.ts'
import { kindOf } from './file-kind.ts'
import { unpacked, type PackedSheet } from './pack.ts'

export interface ReadRequest {
  readonly bytes: Uint8Array
  readonly fileName: string
}
export type ReadAnswer =
  | { readonly sheets: PackedSheet[] }
  | { readonly fault: { readonly code: FaultCode; readonly params: FaultParams } | null; readonly bug: string | null }

/** A workbook of the largest size we take needs about half of this. */
const MAX_HEAP_MEGABYTES = 2_048

/** Beside this file: `.ts` from source, `.js` from a bundle. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './read-worker.ts' : './read-worker.js', import.meta.url)

/**
 * Reads a workbook in a worker thread, so that screens stay alive; `signal` ends the worker.
 *
 * @throws Fault `file-empty`, `file-too-large`, `file-kind`, `file-unreadable` or `cancelled`
 */
export async function readWorkbook(bytes: Uint8Array, fileName: string, signal?: AbortSignal): Promise<Sheet[]> {
  // Refused before a thread is started; the worker asks again, because it trusts nobody.
  kindOf(bytes, fileName)
  if (signal?.aborted) throw new Fault('cancelled')
  // A bundle that leaves the worker out still reads, only less smoothly.
  if (!existsSync(fileURLToPath(WORKER))) return (await import('./parse-workbook.ts')).parseWorkbook(bytes, fileName)
  const answer = await askWorker({ bytes, fileName }, signal)
  if ('sheets' in answer) return answer.sheets.map(unpacked)
  if (answer.fault) throw new Fault(answer.fault.code, answer.fault.params)
  throw new Error(`reading a workbook failed: ${answer.bug}`)
}

function askWorker(request: ReadRequest, signal: AbortSignal | undefined): Promise<ReadAnswer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(WORKER, {
      workerData: request,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MEGABYTES },
    })
    const stop = (): void => {
      reject(new Fault('cancelled'))
      void worker.terminate()
    }
    signal?.addEventListener('abort', stop, { once: true })
    worker.once('message', (answer: ReadAnswer) => {
      resolve(answer)
      void worker.terminate()
    })
    worker.once('error', (error: NodeJS.ErrnoException) => {
      const full = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      reject(full ? new Fault('file-too-large', { limitMb: 30 }, { cause: error }) : error)
    })
    worker.once('exit', () => {
      signal?.removeEventListener('abort', stop)
      reject(new Error('the reading worker ended without an answer'))
    })
  })
}

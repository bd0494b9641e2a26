import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Sealed } from '../../shared/sync/protocol.ts'
import type { Place, SealingKeys } from './seal.ts'

/** One value on its way to be sealed. */
export interface Wanted {
  readonly place: Place
  readonly value: unknown
}
export type SealRequest = readonly Wanted[]
export type SealAnswer = readonly Sealed[]

/** Seals beside the thread that writes, for commands of thousands of records. */
export interface SealThread {
  /** Answers in the order of what was asked; rejects once the thread has ended, whatever ended it. */
  seal(wanted: SealRequest): Promise<SealAnswer>
  close(): void
}

/** Beside this file: `.ts` from source, `.js` from a bundle. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './seal-worker.ts' : './seal-worker.js', import.meta.url)

/** Starts the thread; null in a bundle that left the worker out, which then seals where it writes, only slower. */
export function startSealThread(keys: SealingKeys): SealThread | null {
  if (!existsSync(fileURLToPath(WORKER))) return null
  const worker = new Worker(WORKER, { workerData: keys })
  const open: { resolve: (answer: SealAnswer) => void; reject: (cause: unknown) => void }[] = []
  let ended: { readonly cause: unknown } | null = null
  const end = (cause: unknown): void => {
    ended ??= { cause }
    for (const { reject } of open.splice(0)) reject(cause)
  }
  worker.on('message', (answer: SealAnswer) => open.shift()?.resolve(answer))
  worker.on('error', end)
  worker.on('exit', () => end(new Error('the sealing worker ended without an answer')))
  return {
    seal: (wanted) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended.cause)
        worker.postMessage(wanted)
        open.push({ resolve, reject })
      }),
    close: () => void worker.terminate(),
  }
}

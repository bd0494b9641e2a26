import { parentPort, workerData } from 'node:worker_threads'
import { sealerWith, type SealingKeys } from './seal.ts'
import type { SealAnswer, SealRequest } from './seal-thread.ts'

const sealer = sealerWith(workerData as SealingKeys)

parentPort?.on('message', (wanted: SealRequest) => {
  parentPort?.postMessage(wanted.map(({ place, value }) => sealer.seal(place, value)) satisfies SealAnswer)
})

import { parentPort, workerData } from 'node:worker_threads'
import { Fault } from '../../shared/errors.ts'
import { buffersOf, packed } from './pack.ts'
import { parseWorkbook } from './parse-workbook.ts'
import type { ReadAnswer, ReadRequest } from './read.ts'

const { bytes, fileName } = workerData as ReadRequest

try {
  const sheets = (await parseWorkbook(bytes, fileName)).map(packed)
  parentPort?.postMessage({ sheets } satisfies ReadAnswer, sheets.flatMap(buffersOf))
} catch (cause) {
  // Only plain data crosses: a Fault by its code, a bug by its text (which holds no cell of the file).
  const fault = cause instanceof Fault ? { code: cause.code, params: cause.params } : null
  parentPort?.postMessage({ fault, bug: fault ? null : String((cause as Error).stack) } satisfies ReadAnswer)
}

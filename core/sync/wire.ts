import { gzipSync } from 'node:zlib'
import { Fault, type FaultCode } from '../../shared/errors.ts'
import { NDJSON, Problem, problemCode } from '../../shared/sync/protocol.ts'

/** Without a byte for this long a line counts as dead; a slow one does not. */
const STALL_MS = 30_000
const LARGEST_REPLY = 16_000_000

/** A whole-batch refusal with what the city says besides: `expected`, `knownThrough`, `serverEpoch` … */
export class Refused extends Error {
  readonly code: string
  readonly problem: Problem
  readonly retryAfterSeconds: number | null
  constructor(problem: Problem, retryAfterSeconds: number | null) {
    super(problem.type)
    this.name = 'Refused'
    this.code = problemCode(problem.type)
    this.problem = problem
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/**
 * Posts to the city and reads the answer as text.
 *
 * Anything that is not the city's own answer is a fault: no connection, no byte for half a minute, a redirect or a login
 * page of a captive portal. A problem of the city comes out as {@link Refused}.
 */
export async function post(url: string, body: string, contentType: string, cancel?: AbortSignal): Promise<string> {
  const stalled = new AbortController()
  let timer = setTimeout(() => stalled.abort(), STALL_MS)
  const progress = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => stalled.abort(), STALL_MS)
  }
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: cancel ? AbortSignal.any([cancel, stalled.signal]) : stalled.signal,
      headers: {
        'content-type': contentType,
        'content-encoding': 'gzip',
        'accept': `${NDJSON}, application/json, application/problem+json`,
      },
      body: gzipSync(body),
    })
    return await answerOf(response, progress)
  } catch (error) {
    if (error instanceof Fault || error instanceof Refused) throw error
    if (stalled.signal.aborted) throw new Fault('city-timeout', {}, { cause: error })
    if (cancel?.aborted) throw new Fault('cancelled', {}, { cause: error })
    throw new Fault('city-unreachable', {}, { cause: error })
  } finally {
    clearTimeout(timer)
  }
}

async function answerOf(response: Response, progress: () => void): Promise<string> {
  const type = (response.headers.get('content-type') ?? '').split(';')[0]?.trim()
  const text = await readText(response, progress)
  if (type === 'application/problem+json') {
    const problem = Problem.safeParse(jsonOrNull(text))
    if (problem.success) throw new Refused(problem.data, secondsOf(response.headers.get('retry-after')))
  }
  if (response.status === 429 || response.status === 503) throw new Fault('city-busy', {})
  if (response.status !== 200 || (type !== NDJSON && type !== 'application/json')) {
    throw new Fault('city-impostor', { status: response.status })
  }
  return text
}

async function readText(response: Response, progress: () => void): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    progress()
    text += decoder.decode(chunk as Uint8Array, { stream: true })
    if (text.length > LARGEST_REPLY) throw new Fault('city-impostor', { status: response.status })
  }
  return text + decoder.decode()
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const secondsOf = (header: string | null): number | null =>
  header !== null && /^\d+$/.test(header) ? Number(header) : null

/** Refusals a person must know of, as faults. */
const AS_FAULT: Readonly<Record<string, FaultCode>> = {
  'sequence-fork': 'sequence-fork',
  'scope-in-use': 'scope-in-use',
  'device-revoked': 'device-revoked',
  'busy': 'city-busy',
  'enrol-code-wrong': 'enrol-code-wrong',
  'scope-mismatch': 'scope-mismatch',
}

/** A refusal as a fault with the city's own sentence. */
export const faultOf = (refused: Refused): Fault =>
  new Fault(
    AS_FAULT[refused.code] ?? 'city-refused',
    { reason: refused.problem.detail ?? refused.problem.title },
    { cause: refused },
  )

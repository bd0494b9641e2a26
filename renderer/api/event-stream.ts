import type { CoreEvent } from '../../shared/contract/index.ts'

const FIRST_WAIT = 500
const LONGEST_WAIT = 10_000

/**
 * Server-sent events read by fetch, because EventSource cannot carry an Authorization header.
 *
 * Reconnects by itself, waiting longer each time. After a gap everything may have changed, so it says so.
 */
export function eventsOver(path: string, token: string, tell: (event: CoreEvent) => void): () => void {
  const stop = new AbortController()
  void follow(path, token, tell, stop.signal)
  return () => stop.abort()
}

async function follow(path: string, token: string, tell: (event: CoreEvent) => void, signal: AbortSignal) {
  let wait = FIRST_WAIT
  let wasCut = false
  while (!signal.aborted) {
    try {
      const response = await fetch(path, { headers: { authorization: `Bearer ${token}` }, signal })
      if (response.status === 401) return
      if (response.ok && response.body) {
        if (wasCut) tell({ kind: 'changed', registers: [] })
        wait = FIRST_WAIT
        await readEvents(response.body, tell)
      }
    } catch {
      // A cut stream is the normal end of one; the loop is the answer to it.
    }
    wasCut = true
    await pause(wait, signal)
    wait = Math.min(wait * 2, LONGEST_WAIT)
  }
}

async function readEvents(body: ReadableStream<Uint8Array>, tell: (event: CoreEvent) => void): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const blocks = (rest + value).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const event = eventOf(block)
      if (event) tell(event)
    }
  }
}

function eventOf(block: string): CoreEvent | null {
  const data = block
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(5).trim())
    .join('')
  if (data === '') return null
  try {
    return JSON.parse(data) as CoreEvent
  } catch {
    return null
  }
}

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })

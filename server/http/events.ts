import type { ServerResponse } from 'node:http'
import type { CoreEvent } from '../../shared/contract/index.ts'
import { SAFE_HEADERS } from './static.ts'

/** Keeps sleeping laptops and virus scanners from taking a silent stream for a dead one. */
const HEARTBEAT_MS = 25_000
const STREAMS_KEPT = 32

/** Answers that stay open until either side ends them. */
export interface Streams {
  open(response: ServerResponse, type: string, first: string): void
  tell(text: string): void
  close(): void
}

/** `heartbeat` is what the format of these streams reads as nothing. */
export function createStreams(heartbeat: string): Streams {
  const streams = new Set<ServerResponse>()
  const tell = (text: string) => {
    for (const stream of streams) stream.write(text)
  }
  const beating = setInterval(() => tell(heartbeat), HEARTBEAT_MS)
  beating.unref()

  return {
    open(response, type, first) {
      const [oldest] = streams
      if (oldest !== undefined && streams.size >= STREAMS_KEPT) oldest.end()
      streams.add(response)
      response.once('close', () => streams.delete(response))
      // `close`: a stream that ended must not leave a connection behind that keeps the port open.
      response.writeHead(200, {
        ...SAFE_HEADERS,
        'content-type': type,
        'cache-control': 'no-store',
        'connection': 'close',
      })
      response.write(first)
    },
    tell,
    close() {
      clearInterval(beating)
      for (const stream of streams) stream.end()
    },
  }
}

/** Server-sent events to every open page; the page reads them by fetch, since `EventSource` cannot send a bearer. */
export function createEventStreams(onEvent: (listener: (event: CoreEvent) => void) => () => void) {
  const streams = createStreams(': still here\n\n')
  const stopListening = onEvent((event) => streams.tell(`data: ${JSON.stringify(event)}\n\n`))
  return {
    open: (response: ServerResponse) => streams.open(response, 'text/event-stream', ': open\n\n'),
    close() {
      stopListening()
      streams.close()
    },
  }
}
export type EventStreams = ReturnType<typeof createEventStreams>

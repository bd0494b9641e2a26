import { pino, type DestinationStream, type Logger } from 'pino'

export type { Logger }

/**
 * The city's log: what happened and how long it took, never who or what it was about.
 *
 * Requests are logged by route, not by address; bodies, names and values never get here.
 */
export const createLog = (level: string, destination?: DestinationStream): Logger =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination ?? pino.destination(2))

interface Described {
  readonly name: string
  readonly code: string | null
  readonly constraint: string | null
  readonly stack: readonly string[]
}

/**
 * An error without its words: PostgreSQL puts the offending value into the message, and with it a name or a number.
 *
 * The places it came through and the database's own code are enough to find the bug.
 */
export function withoutWords(cause: unknown): Described {
  if (!(cause instanceof Error)) return { name: typeof cause, code: null, constraint: null, stack: [] }
  const { code, constraint } = cause as Error & { code?: unknown; constraint?: unknown }
  const stack = (cause.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim())
  return {
    name: cause.name,
    code: typeof code === 'string' ? code : null,
    constraint: typeof constraint === 'string' ? constraint : null,
    stack,
  }
}

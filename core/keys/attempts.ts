import { existsSync, readFileSync } from 'node:fs'
import { Fault } from '../../shared/errors.ts'
import { writeFileSafely } from './key-file.ts'

const FAILURES_ALLOWED = 5
const BLOCK_MINUTES = 10

interface Attempts {
  readonly failures: number
  readonly blockedUntil: string | null
}

/** Counts failed unlocks in a file of its own: five failures, then ten minutes' wait, also across restarts. */
export function attemptsIn(path: string, now: () => Date) {
  const read = (): Attempts => {
    if (!existsSync(path)) return { failures: 0, blockedUntil: null }
    try {
      return JSON.parse(readFileSync(path, 'utf8')) as Attempts
    } catch {
      return { failures: 0, blockedUntil: null } // a torn counter must not lock anybody out
    }
  }
  const blockedUntil = (): string | null => {
    const until = read().blockedUntil
    return until !== null && new Date(until) > now() ? until : null
  }
  return {
    blockedUntil,
    /** How many failures came before this success. */
    failures: () => read().failures,
    /** Counts before the passphrase is tried, so that a killed process cannot try for free. */
    begin: () => {
      const until = blockedUntil()
      if (until) throw new Fault('too-many-attempts', { until, minutes: Math.ceil((Date.parse(until) - now().getTime()) / 60_000) })
      const failures = read().failures + 1
      const blocked = failures % FAILURES_ALLOWED === 0 ? new Date(now().getTime() + BLOCK_MINUTES * 60_000).toISOString() : null
      writeFileSafely(path, JSON.stringify({ failures, blockedUntil: blocked }))
    },
    succeed: () => writeFileSafely(path, JSON.stringify({ failures: 0, blockedUntil: null })),
  }
}

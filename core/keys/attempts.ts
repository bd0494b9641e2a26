import { existsSync, readFileSync } from 'node:fs'
import * as z from 'zod'
import { Fault } from '../../shared/errors.ts'
import { writeFileSafely } from './key-file.ts'

const FAILURES_ALLOWED = 5
const BLOCK_MS = 10 * 60_000

const Attempts = z.object({ failures: z.int().nonnegative(), blockedUntil: z.iso.datetime().nullable() })
type Attempts = z.infer<typeof Attempts>

/** Counts failed unlocks in a file of its own: five failures, then ten minutes' wait, also across restarts. */
export function attemptsIn(path: string, now: () => Date) {
  const read = (): Attempts => {
    if (!existsSync(path)) return { failures: 0, blockedUntil: null }
    try {
      return Attempts.parse(JSON.parse(readFileSync(path, 'utf8')))
    } catch {
      return { failures: 0, blockedUntil: null } // a torn counter must not lock anybody out
    }
  }
  const blockedUntil = (): string | null => {
    const until = read().blockedUntil
    if (until === null) return null
    const waitMs = new Date(until).getTime() - now().getTime()
    // A longer wait than ours was dated by a clock that has been set right since.
    return waitMs > 0 && waitMs <= BLOCK_MS ? until : null
  }
  return {
    blockedUntil,
    /** How many failures came before this success. */
    failures: () => read().failures,
    /** Counts before the passphrase is tried, so that a killed process cannot try for free. */
    begin: () => {
      const until = blockedUntil()
      if (until)
        throw new Fault('too-many-attempts', {
          until,
          minutes: Math.ceil((Date.parse(until) - now().getTime()) / 60_000),
        })
      const failures = read().failures + 1
      const blocked = failures % FAILURES_ALLOWED === 0 ? new Date(now().getTime() + BLOCK_MS).toISOString() : null
      writeFileSafely(path, JSON.stringify({ failures, blockedUntil: blocked }))
    },
    succeed: () => writeFileSafely(path, JSON.stringify({ failures: 0, blockedUntil: null })),
  }
}

const FIRST_MS = 5_000
const LONGEST_MS = 15 * 60_000

/** Full jitter: anywhere up to 5 s · 2ⁿ, at most 15 minutes; `random` in [0, 1). A city's Retry-After is never undercut. */
export function backOffMs(attempt: number, random: number, retryAfterSeconds: number | null = null): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 20))
  return Math.max(Math.round(ceiling * random), 1_000, (retryAfterSeconds ?? 0) * 1_000)
}

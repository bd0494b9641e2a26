import { createHash, randomBytes } from 'node:crypto'

const CODE_LIFE_MS = 60_000
/** Codes are 256 bits, so nobody guesses one; a row of wrong ones means that somebody tries, and ends the game. */
const WRONG_CODES_ALLOWED = 5
const TOKENS_KEPT = 32

export interface Sessions {
  /** A launch code: good once, for 60 seconds. */
  newCode(): string
  /** The bearer a launch code is worth, or null. */
  exchange(code: string): string | null
  /** True for `Bearer <token>` with a token that is good. */
  accepts(authorization: string | undefined): boolean
}

/**
 * Who may talk to the loopback host.
 *
 * The address of the page is handed to the browser as an argument, which other users of the PC can read. So it holds
 * only a code that is worth something once. Should the thief have been faster, then the owner's own window comes with
 * the used code a moment later, and that ends the thief's session as well (as RFC 6749 §4.1.2 advises).
 */
export function createSessions(now: () => Date): Sessions {
  const codes = new Map<string, { until: number; token: string | null }>()
  const tokens = new Set<string>()
  let wrong = 0

  const forgetOldCodes = () => {
    for (const [code, { until }] of codes) if (until <= now().getTime()) codes.delete(code)
  }

  return {
    newCode() {
      forgetOldCodes()
      wrong = 0
      const code = secret()
      codes.set(digest(code), { until: now().getTime() + CODE_LIFE_MS, token: null })
      return code
    },
    exchange(code) {
      forgetOldCodes()
      const entry = codes.get(digest(code))
      if (entry === undefined || entry.token !== null) {
        if (entry?.token) tokens.delete(entry.token)
        if (++wrong >= WRONG_CODES_ALLOWED) codes.clear()
        return null
      }
      const token = secret()
      entry.token = digest(token)
      tokens.add(entry.token)
      dropOldest(tokens)
      return token
    },
    accepts(authorization) {
      return authorization?.startsWith('Bearer ') === true && tokens.has(digest(authorization.slice('Bearer '.length)))
    },
  }
}

/** The page's address; what follows `#` stays in the browser and is in no request. */
export const launchUrl = (port: number, code: string): string => `http://127.0.0.1:${port}/#launch=${code}`

/** A set remembers the order in which things came. */
function dropOldest(tokens: Set<string>): void {
  for (const token of tokens) {
    if (tokens.size <= TOKENS_KEPT) return
    tokens.delete(token)
  }
}

/** 256 random bits that fit into an address. */
export const secret = (): string => randomBytes(32).toString('base64url')

/** Secrets are kept and looked up by digest, so that no comparison takes longer the nearer it gets. */
const digest = (value: string): string => createHash('sha256').update(value).digest('base64')

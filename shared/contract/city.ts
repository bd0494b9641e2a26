import * as z from 'zod'
import { ROLL_GROUPS } from '../domain/cadre.ts'
import { TALK_FORMATS, TALK_TYPES } from '../domain/talk.ts'
import { ROLES } from '../permissions.ts'

/** What the city's console asks of its server. Failures are RFC 9457 problems, as everywhere at the city. */

export const NODE_KINDS = ['city', 'county', 'township'] as const

/** What a township's row is made of. An account is given the parts its role needs; the others are not in the answer. */
export const CONSOLE_PARTS = ['contact', 'work', 'device', 'coverage'] as const
export type ConsolePart = (typeof CONSOLE_PARTS)[number]

/** The signed-in account and the node of the tree it sees, with all below. */
export const ConsoleAccount = z.object({
  name: z.string(),
  role: z.enum(ROLES),
  sees: z.array(z.enum(CONSOLE_PARTS)),
  node: z.object({ code: z.string(), name: z.string(), kind: z.enum(NODE_KINDS) }),
})
export type ConsoleAccount = z.infer<typeof ConsoleAccount>

export const SignInRequest = z.object({ name: z.string().min(1).max(60), password: z.string().min(1).max(200) })
export type SignInRequest = z.infer<typeof SignInRequest>

const inForce = <T extends z.ZodType>(value: T) =>
  z.object({
    value: z.array(value),
    /** Since when, and on which document; null where the program's own default counts. */
    since: z.string().nullable(),
    basis: z.string().nullable(),
  })

/** W18: who was talked to of those on the roll, counted as the township has set it. */
export const TownshipCoverage = z.object({
  year: z.int(),
  onRoll: z.int(),
  talked: z.int(),
  /** 0 to 1; null when nobody is on the roll. */
  rate: z.number().nullable(),
  /** The day the roll is taken at. */
  asOf: z.string(),
  /** 口径 */
  basis: z.object({
    rollGroups: inForce(z.enum(ROLL_GROUPS)),
    talkTypes: inForce(z.enum(TALK_TYPES)),
    talkFormats: inForce(z.enum(TALK_FORMATS)),
  }),
})
export type TownshipCoverage = z.infer<typeof TownshipCoverage>

export const Township = z.object({
  code: z.string(),
  name: z.string(),
  /** The 区市 above; null for a township that hangs below nothing. */
  parent: z.object({ code: z.string(), name: z.string() }).nullable(),
  /** contact: null until the first push. */
  lastContact: z.string().nullable().optional(),
  /** contact: what the desk said of itself at its last contact. */
  reported: z.object({ pending: z.int(), oldest: z.string().nullable() }).nullable().optional(),
  /** work: changes that the desk said are stuck there; null when it never said. */
  attention: z.int().nullable().optional(),
  /** work: changes received, by what became of them. A rejected one that was repaired since does not count. */
  ops: z.object({ applied: z.int(), merged: z.int(), conflict: z.int(), held: z.int(), rejected: z.int() }).optional(),
  /** device: the desk that reports now, or the last one that did; null before any enrolled. */
  device: z
    .object({ id: z.string(), state: z.enum(['active', 'revoked']), appVersion: z.string() })
    .nullable()
    .optional(),
  coverage: TownshipCoverage.optional(),
})
export type Township = z.infer<typeof Township>

export const TownshipsQuery = z.object({ year: z.coerce.number().int().min(1949).max(2100).optional() })
export const Townships = z.object({ year: z.int(), asOf: z.string(), townships: z.array(Township) })
export type Townships = z.infer<typeof Townships>

/** Where the console asks. The session is a cookie no script can read; sign-in sets it, sign-out ends it. */
export const CONSOLE_PATHS = {
  signIn: '/v1/console/sign-in',
  signOut: '/v1/console/sign-out',
  me: '/v1/console/me',
  townships: '/v1/console/townships',
} as const

import * as z from 'zod'
import { Passphrase } from './desk.ts'
import { action, query } from './define.ts'

/**
 * Why an officer cannot unlock by the operating system's key store.
 *
 * `host`: the desk runs in a browser or on the command line, which reach none; `no-keyring`: Linux without a keyring;
 * `unavailable`: it is there and does not work.
 */
export const KEYSTORE_OBSTACLES = ['host', 'no-keyring', 'unavailable'] as const
export type KeystoreObstacle = (typeof KEYSTORE_OBSTACLES)[number]

/** Unlocking without typing the passphrase, by what the operating system keeps for whoever is logged in to it. */
export const keystoreContract = {
  /** Of the officer who is signed in. */
  'keystore.state': query({
    can: 'signed-in',
    input: z.object({}),
    output: z.object({ enabled: z.boolean(), obstacle: z.enum(KEYSTORE_OBSTACLES).nullable() }),
  }),
  'keystore.enable': action({
    can: 'signed-in',
    /** One's own, again: an unlocked desk alone is not enough. */
    input: z.object({ passphrase: Passphrase }),
    output: z.object({}),
  }),
  'keystore.disable': action({ can: 'signed-in', input: z.object({}), output: z.object({}) }),
}

import * as z from 'zod'
import { Passphrase } from './desk.ts'
import { action } from './define.ts'

/** The printed recovery code, once a desk exists. Using it is `desk.recover`. */
export const recoveryContract = {
  /** Makes another code; the one before opens nothing from then on, but for backups made while it was valid. */
  'recovery.renew': action({
    can: 'officer:write',
    /** One's own, again: an unlocked desk alone is not enough. */
    input: z.object({ passphrase: Passphrase }),
    /** The 24-character recovery code, shown this once. */
    output: z.object({ recoveryCode: z.string() }),
  }),
}

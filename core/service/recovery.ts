import { Fault } from '../../shared/errors.ts'
import { beyondRights, ROLES } from '../../shared/permissions.ts'
import { appendAccess } from '../../db/repo/access-log.ts'
import { getLocal } from '../../db/repo/local-setting.ts'
import type { ActionCtx, Actor, HandlersOf } from '../handler.ts'
import { recoverySlot, withSlot, writeKeyFile } from '../keys/key-file.ts'
import { makeRecoveryCode } from '../keys/recovery-code.ts'
import { keyFileOf, provePassphrase } from './own-passphrase.ts'

/** The printed code: a lost sheet is replaced by another one, and opens nothing from then on. */
export const recoveryService: HandlersOf<'recovery'> = {
  'recovery.renew': async (ctx, { passphrase }) => {
    const { paths, dataKey, kdf } = ctx.workspace
    await provePassphrase(ctx, passphrase)
    refuseBeyondOwnRights(ctx.actor)
    const recoveryCode = makeRecoveryCode()
    const slot = await recoverySlot({ data: dataKey, township: await townshipKey(ctx) }, recoveryCode, kdf)
    const entry = { byOfficer: ctx.actor.id, byName: ctx.actor.name, action: 'recovery-code' }
    await ctx.transact(({ tx, at }) => appendAccess(tx, { at, ...entry }))
    // Last, in one step, and read anew: cut off before this line the old sheet still opens, after it the new one.
    writeKeyFile(paths.keys, withSlot(keyFileOf(paths), slot))
    return { recoveryCode }
  },
}

/**
 * The code sets a new passphrase for anybody, so nobody may have one made who may do less than an officer can: an
 * administrator would read talks that way, as with {@link officerService} and another's passphrase.
 *
 * Every role counts, whoever holds it now: an administrator may disable an officer, and enable them again once the code is
 * made.
 */
function refuseBeyondOwnRights(actor: Actor): void {
  const beyond = ROLES.map((role) => beyondRights(actor.can, role)).find((can) => can !== null)
  if (beyond) throw new Fault('not-allowed', { can: beyond })
}

/** It is wrapped with the data key: a further PC of the township is set up from the code. */
async function townshipKey({ db }: ActionCtx): Promise<Buffer> {
  const key = await getLocal<string>(db, 'township-key')
  if (key === undefined) throw new Fault('profile-damaged', { file: 'desk.db' })
  return Buffer.from(key, 'base64')
}

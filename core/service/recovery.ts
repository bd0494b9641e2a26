import { Fault } from '../../shared/errors.ts'
import { ROLES } from '../../shared/permissions.ts'
import { appendAccess } from '../../db/repo/access-log.ts'
import { getLocal } from '../../db/repo/local-setting.ts'
import type { ActionCtx, HandlersOf } from '../handler.ts'
import { recoverySlot, withSlot, writeKeyFile } from '../keys/key-file.ts'
import { makeRecoveryCode } from '../keys/recovery-code.ts'
import { refuseBeyondOwnRights } from './officer-role.ts'
import { keyFileOf, provePassphrase } from './own-passphrase.ts'

/** The printed code: a lost sheet is replaced by another one, and opens nothing from then on. */
export const recoveryService: HandlersOf<'recovery'> = {
  'recovery.renew': async (ctx, { passphrase }) => {
    const { paths, dataKey, kdf } = ctx.workspace
    await provePassphrase(ctx, passphrase)
    // The code sets a new passphrase for anybody. Every role counts, whoever holds it now: an administrator may disable an
    // officer, and enable them again once the code is made.
    for (const role of ROLES) refuseBeyondOwnRights(ctx.actor, role)
    const recoveryCode = makeRecoveryCode()
    const slot = await recoverySlot({ data: dataKey, township: await townshipKey(ctx) }, recoveryCode, kdf)
    const entry = { byOfficer: ctx.actor.id, byName: ctx.actor.name, action: 'recovery-code' }
    await ctx.transact(({ tx, at }) => appendAccess(tx, { at, ...entry }))
    // Last, in one step, and read anew: cut off before this line the old sheet still opens, after it the new one.
    writeKeyFile(paths.keys, withSlot(keyFileOf(paths), slot))
    return { recoveryCode }
  },
}

/** It is wrapped with the data key: a further PC of the township is set up from the code. */
async function townshipKey({ db }: ActionCtx): Promise<Buffer> {
  const key = await getLocal<string>(db, 'township-key')
  if (key === undefined) throw new Fault('profile-damaged', { file: 'desk.db' })
  return Buffer.from(key, 'base64')
}

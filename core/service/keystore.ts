import { Fault } from '../../shared/errors.ts'
import { appendAccess } from '../../db/repo/access-log.ts'
import type { ActionCtx, HandlersOf } from '../handler.ts'
import { withSlot, writeKeyFile } from '../keys/key-file.ts'
import { hasKeystoreSlot, keystoreSlot, withoutKeystore } from '../keys/keystore.ts'
import { keyFileOf, provePassphrase } from './own-passphrase.ts'

/** Unlocking by the operating system's key store: each officer for themselves, off until asked for. */
export const keystoreService: HandlersOf<'keystore'> = {
  'keystore.state': async ({ workspace: { paths, keystore }, actor }) => ({
    enabled: hasKeystoreSlot(keyFileOf(paths), actor.id),
    obstacle: keystore ? await keystore.obstacle() : 'host',
  }),

  'keystore.enable': async (ctx, { passphrase }) => {
    const { paths, keystore, dataKey } = ctx.workspace
    const obstacle = keystore ? await keystore.obstacle() : 'host'
    if (!keystore || obstacle) throw new Fault('keystore-unavailable', { reason: obstacle })
    await provePassphrase(ctx, passphrase)
    const { slot, secret } = keystoreSlot(ctx.actor.id, dataKey)
    if (!(await keystore.keep(ctx.actor.id, secret))) throw new Fault('keystore-unavailable', { reason: 'unavailable' })
    try {
      await logged(ctx, 'keystore-on')
      writeKeyFile(paths.keys, withSlot(keyFileOf(paths), slot))
    } catch (cause) {
      await keystore.forget(ctx.actor.id).catch(() => undefined) // useless without the slot, and best gone
      throw cause
    }
    return {}
  },

  'keystore.disable': async (ctx) => {
    const { paths, keystore } = ctx.workspace
    await logged(ctx, 'keystore-off')
    // The slot first: with it gone the secret opens nothing, should the key store not let go of it.
    writeKeyFile(paths.keys, withoutKeystore(keyFileOf(paths), ctx.actor.id))
    await keystore?.forget(ctx.actor.id)
    return {}
  },
}

const logged = ({ transact, actor }: ActionCtx, action: 'keystore-on' | 'keystore-off'): Promise<void> =>
  transact(({ tx, at }) => appendAccess(tx, { at, byOfficer: actor.id, byName: actor.name, action }))

import { Fault } from '../../shared/errors.ts'
import { appendAccess } from '../../db/repo/access-log.ts'
import type { ActionCtx, HandlersOf } from '../handler.ts'
import { attemptsIn } from '../keys/attempts.ts'
import { dataKeyByPassphrase, readKeyFile, withSlot, writeKeyFile, type KeyFile } from '../keys/key-file.ts'
import { hasKeystoreSlot, keystoreSlot, withoutKeystore } from '../keys/keystore.ts'
import type { ProfilePaths } from '../profile.ts'

/** The key file is there whenever a workspace is. */
function keyFileOf({ keys }: ProfilePaths): KeyFile {
  const file = readKeyFile(keys)
  if (!file) throw new Fault('profile-damaged', { file: 'keys.json' })
  return file
}

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

/** Whoever sits down at an unlocked desk must not make themselves a way back in; wrong tries count as at unlock. */
async function provePassphrase({ workspace: { paths }, actor, now }: ActionCtx, passphrase: string): Promise<void> {
  const attempts = attemptsIn(paths.attempts, now)
  attempts.begin()
  const proved = await dataKeyByPassphrase(keyFileOf(paths), actor.id, passphrase)
  proved.fill(0)
  attempts.succeed()
}

const logged = ({ transact, actor }: ActionCtx, action: 'keystore-on' | 'keystore-off'): Promise<void> =>
  transact(({ tx, at }) => appendAccess(tx, { at, byOfficer: actor.id, byName: actor.name, action }))

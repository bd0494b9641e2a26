import { Fault } from '../../shared/errors.ts'
import type { ActionCtx } from '../handler.ts'
import { attemptsIn } from '../keys/attempts.ts'
import { dataKeyByPassphrase, readKeyFile, type KeyFile } from '../keys/key-file.ts'
import type { ProfilePaths } from '../profile.ts'

/** The key file is there whenever a workspace is. */
export function keyFileOf({ keys }: ProfilePaths): KeyFile {
  const file = readKeyFile(keys)
  if (!file) throw new Fault('profile-damaged', { file: 'keys.json' })
  return file
}

/** Whoever sits down at an unlocked desk must not make themselves a way back in; wrong tries count as at unlock. */
export async function provePassphrase(
  { workspace: { paths }, actor, now }: ActionCtx,
  passphrase: string,
): Promise<void> {
  const attempts = attemptsIn(paths.attempts, now)
  attempts.begin()
  const proved = await dataKeyByPassphrase(keyFileOf(paths), actor.id, passphrase)
  proved.fill(0)
  attempts.succeed()
}

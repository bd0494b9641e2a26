import { existsSync } from 'node:fs'
import type { Output } from '../shared/contract/index.ts'
import { checkPages } from '../db/look.ts'
import { damageOf, forgetDamage } from './damage.ts'
import { officerSlots, readKeyFile } from './keys/key-file.ts'
import { hasKeystoreSlot } from './keys/keystore.ts'
import type { WorkspaceDeps } from './open-workspace.ts'
import type { ProfilePaths } from './profile.ts'

type Status = Output<'desk.status'>

/** What can be said of a data folder without a key: is there a desk, is it whole, who may unlock it. */
export function statusOf(
  { paths, keystore }: Pick<WorkspaceDeps, 'paths' | 'keystore'>,
  isOpen: boolean,
): Pick<Status, 'state' | 'damage' | 'officers' | 'demo'> {
  const damage = damageOf(paths)
  const file = damage?.kind === 'key-file' ? null : readKeyFile(paths.keys)
  const able = file ? officerSlots(file).filter((slot) => !slot.disabled) : []
  const state = isOpen ? 'open' : damage ? 'damaged' : file ? 'locked' : 'absent'
  const byKeystore = (id: string) => keystore !== undefined && file !== null && hasKeystoreSlot(file, id)
  const officers = able.map(({ officerId: id, name }) => ({
    id,
    name,
    ...(byKeystore(id) && { keystore: true as const }),
  }))
  return { state, damage, officers, demo: file?.demo ?? false }
}

/** Damage that was met before is forgotten when every page proves whole: somebody has put the right file back. */
export function reviewDamage(paths: ProfilePaths, dataKey: Buffer): void {
  if (!existsSync(paths.damage)) return
  try {
    checkPages(paths.database, dataKey)
    forgetDamage(paths)
  } catch {
    // Still there; whoever has unlocked all the same is told by the status.
  }
}

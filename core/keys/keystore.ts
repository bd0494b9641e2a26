import { randomBytes } from 'node:crypto'
import type { KeystoreObstacle } from '../../shared/contract/keystore.ts'
import { Fault } from '../../shared/errors.ts'
import { officerSlots, type KeyFile, type Slot } from './key-file.ts'
import { decryptBox, encryptBox } from './wrap.ts'

/**
 * The operating system's key store, as far as a host reaches it: one secret per officer.
 *
 * What it keeps is worth nothing without the key file, and the key file's slot nothing without it. It never keeps
 * anything in the open: where there is no real key store, nothing is kept.
 */
export interface HostKeystore {
  /** Why nothing can be kept on this PC; null when it can. */
  obstacle(): Promise<KeystoreObstacle | null>
  /** True when the secret is kept now. */
  keep(officerId: string, secret: string): Promise<boolean>
  /** The secret, or null when there is none or it can no longer be opened: another user, another PC, a new keyring. */
  read(officerId: string): Promise<string | null>
  forget(officerId: string): Promise<void>
}

type KeystoreSlot = Extract<Slot, { kind: 'keystore' }>

const slotPurpose = (officerId: string): string => `zgt-slot-v1|keystore|${officerId}`

const keystoreSlotOf = (file: KeyFile, officerId: string): KeystoreSlot | undefined =>
  file.slots.filter((slot) => slot.kind === 'keystore').find((slot) => slot.officerId === officerId)

/** True when the officer has switched the key store on. */
export const hasKeystoreSlot = (file: KeyFile, officerId: string): boolean =>
  keystoreSlotOf(file, officerId) !== undefined

/** A slot under a new random secret. No Argon2: 256 random bits cannot be guessed, so there is nothing to slow down. */
export function keystoreSlot(officerId: string, dataKey: Buffer): { slot: KeystoreSlot; secret: string } {
  const key = randomBytes(32)
  const box = encryptBox(key, dataKey, slotPurpose(officerId)).toString('base64')
  const secret = key.toString('base64')
  key.fill(0)
  return { slot: { kind: 'keystore', officerId, box }, secret }
}

/** The data key by the host's key store; `keystore-lost`, `officer-disabled` or `not-found`. */
export async function dataKeyByKeystore(
  file: KeyFile,
  officerId: string,
  host: HostKeystore | undefined,
): Promise<Buffer> {
  const officer = officerSlots(file).find((slot) => slot.officerId === officerId)
  if (!officer) throw new Fault('not-found', { register: 'officer' })
  if (officer.disabled) throw new Fault('officer-disabled', {})
  const slot = keystoreSlotOf(file, officerId)
  const secret = slot && (await host?.read(officerId))
  const dataKey = slot && secret ? openBox(slot, secret) : null
  if (!dataKey) throw new Fault('keystore-lost', {})
  return dataKey
}

function openBox({ officerId, box }: KeystoreSlot, secret: string): Buffer | null {
  const key = Buffer.from(secret, 'base64')
  if (key.length !== 32) return null
  const dataKey = decryptBox(key, Buffer.from(box, 'base64'), slotPurpose(officerId))
  key.fill(0)
  return dataKey
}

/** The file without that officer's way in by the key store. */
export const withoutKeystore = (file: KeyFile, officerId: string): KeyFile => ({
  ...file,
  slots: file.slots.filter((slot) => slot.kind !== 'keystore' || slot.officerId !== officerId),
})

import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import * as z from 'zod'
import { asFileFault } from '../../db/errors.ts'
import { Fault } from '../../shared/errors.ts'
import { normalizeRecoveryCode } from './recovery-code.ts'
import { unwrapKey, wrapKey, type KdfCost } from './wrap.ts'

const Wrapped = z.object({
  kdf: z.object({
    alg: z.literal('argon2id'),
    memoryKiB: z.int().min(8).max(1_048_576),
    iterations: z.int().min(1).max(64),
    parallelism: z.int().min(1).max(16),
    salt: z.string(),
  }),
  box: z.string(),
})
const Slot = z.discriminatedUnion('kind', [
  /** One per officer; the name is readable because it is chosen before anything is open. */
  z.object({
    kind: z.literal('officer'),
    officerId: z.uuid(),
    name: z.string(),
    disabled: z.boolean(),
    wrapped: Wrapped,
  }),
  /** The printed code; also wraps the township key, for a further PC of the township. */
  z.object({ kind: z.literal('recovery'), wrapped: Wrapped }),
  /** An officer's second way in, under a secret that the operating system keeps; see keystore.ts. */
  z.object({ kind: z.literal('keystore'), officerId: z.uuid(), box: z.string() }),
])
const KeyFile = z.object({ v: z.literal(1), demo: z.boolean(), slots: z.array(Slot) })
export type KeyFile = z.infer<typeof KeyFile>
export type Slot = z.infer<typeof Slot>
type OfficerSlot = Extract<Slot, { kind: 'officer' }>

/** Reads the key file; null if there is none, `profile-damaged` if it is not one. */
export function readKeyFile(path: string): KeyFile | null {
  if (!existsSync(path)) return null
  try {
    return KeyFile.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    throw new Fault('profile-damaged', { file: 'keys.json' }, { cause: error })
  }
}

/** Writes a small file so that after a power cut it is either the old or the new one; `disk-full`, `profile-unwritable`. */
export function writeFileSafely(path: string, content: string): void {
  try {
    replaceFile(path, content)
  } catch (error) {
    throw asFileFault(error, { dir: dirname(path) })
  }
}

function replaceFile(path: string, content: string): void {
  const draft = `${path}.new`
  const file = openSync(draft, 'w', 0o600)
  try {
    writeSync(file, content)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(draft, path)
  if (process.platform === 'win32') return // no directory handles there; NTFS journals the rename
  const folder = openSync(dirname(path), 'r')
  fsyncSync(folder)
  closeSync(folder)
}

export const writeKeyFile = (path: string, file: KeyFile): void =>
  writeFileSafely(path, `${JSON.stringify(file, null, 2)}\n`)

export const officerSlots = (file: KeyFile): OfficerSlot[] => file.slots.filter((slot) => slot.kind === 'officer')

const officerPurpose = (officerId: string): string => `zgt-slot-v1|officer|${officerId}`
const RECOVERY_PURPOSE = 'zgt-slot-v1|recovery'

/** An officer's slot: the data key under a passphrase. */
export async function officerSlot(
  officerId: string,
  name: string,
  dataKey: Buffer,
  passphrase: string,
  cost: KdfCost,
): Promise<Slot> {
  const wrapped = await wrapKey(dataKey, passphrase, officerPurpose(officerId), cost)
  return { kind: 'officer', officerId, name, disabled: false, wrapped }
}

/** The recovery slot; it holds data key ‖ township key. */
export async function recoverySlot(
  keys: { data: Buffer; township: Buffer },
  code: string,
  cost: KdfCost,
): Promise<Slot> {
  const secret = Buffer.concat([keys.data, keys.township])
  const wrapped = await wrapKey(secret, normalizeRecoveryCode(code), RECOVERY_PURPOSE, cost)
  secret.fill(0)
  return { kind: 'recovery', wrapped }
}

/**
 * The file with that slot added or, for an officer who has one, replaced. Give it the file as it is now, not as it was.
 *
 * A new passphrase ends the officer's way in by the key store: whoever sets one because somebody else may have got in
 * must not leave the other door open.
 */
export function withSlot(file: KeyFile, slot: Slot): KeyFile {
  const idOf = (s: Slot): string => (s.kind === 'recovery' ? s.kind : `${s.kind} ${s.officerId}`)
  const replaced = new Set([idOf(slot), ...(slot.kind === 'officer' ? [`keystore ${slot.officerId}`] : [])])
  return { ...file, slots: [...file.slots.filter((other) => !replaced.has(idOf(other))), slot] }
}

/** The data key by an officer's passphrase; `wrong-passphrase`, `officer-disabled` or `not-found`. */
export async function dataKeyByPassphrase(file: KeyFile, officerId: string, passphrase: string): Promise<Buffer> {
  const slot = officerSlots(file).find((s) => s.officerId === officerId)
  if (!slot) throw new Fault('not-found', { register: 'officer' })
  if (slot.disabled) throw new Fault('officer-disabled', {})
  const key = await unwrapKey(slot.wrapped, passphrase, officerPurpose(officerId))
  if (!key) throw new Fault('wrong-passphrase', {})
  return key
}

/** The data key by the printed code; `wrong-recovery-code`. */
export async function dataKeyByRecoveryCode(file: KeyFile, code: string): Promise<Buffer> {
  const slot = file.slots.find((s) => s.kind === 'recovery')
  const secret = slot && (await unwrapKey(slot.wrapped, normalizeRecoveryCode(code), RECOVERY_PURPOSE))
  if (!secret) throw new Fault('wrong-recovery-code', {})
  const dataKey = Buffer.from(secret.subarray(0, 32))
  secret.fill(0)
  return dataKey
}

import { readFile, rm, writeFile } from 'node:fs/promises'
import { safeStorage } from 'electron'

/** One secret kept by the operating system's own key store, as an extra key slot. */
export interface SecretSlot {
  /** Whether this PC has a real key store. Where it has none there is no slot: nothing is ever kept in the open. */
  isAvailable(): Promise<boolean>
  /** The secret, or null when none is kept or it can no longer be opened. */
  read(): Promise<string | null>
  /** True when it is kept now. */
  write(secret: string): Promise<boolean>
  forget(): Promise<void>
}

/**
 * The slot in `file`. Off by default: nothing calls it unless the officer has asked for it on this PC.
 *
 * Linux without a keyring would scramble with a password that is in Chromium's source (`basic_text`).
 */
export function secretSlot(file: string): SecretSlot {
  const isAvailable = async () => {
    if (process.platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend()))
      return false
    return safeStorage.isAsyncEncryptionAvailable()
  }
  return {
    isAvailable,
    async read() {
      if (!(await isAvailable())) return null
      try {
        return (await safeStorage.decryptStringAsync(await readFile(file))).result
      } catch {
        return null // absent, or made by another user or PC: the passphrase is asked for, as without a slot
      }
    },
    async write(secret) {
      if (!(await isAvailable())) return false
      await writeFile(file, await safeStorage.encryptStringAsync(secret), { mode: 0o600 })
      return true
    },
    forget: () => rm(file, { force: true }),
  }
}

import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { safeStorage } from 'electron'
import type { HostKeystore } from '../core/keys/keystore.ts'

const OFFICER_ID = /^[0-9a-f-]{36}$/

/**
 * The operating system's key store as Electron reaches it: each officer's secret scrambled by `safeStorage` in a file
 * under `folder`. Off by default: the core asks for nothing here unless an officer has switched it on.
 *
 * There is no plaintext fallback. Linux without a keyring would scramble with a password that is in Chromium's source
 * (`basic_text`), which is as good as none, so there nothing is kept at all.
 */
export function keystoreIn(folder: string): HostKeystore {
  const fileOf = (officerId: string): string => {
    // It becomes a part of a path.
    if (!OFFICER_ID.test(officerId)) throw new Error('not the id of an officer')
    return join(folder, officerId)
  }
  const keep = async (officerId: string, secret: string): Promise<boolean> => {
    const file = fileOf(officerId)
    if ((await obstacle()) !== null) return false
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeFile(`${file}.new`, await safeStorage.encryptStringAsync(secret), { mode: 0o600 })
    await rename(`${file}.new`, file)
    return true
  }
  return {
    obstacle,
    keep,
    async read(officerId) {
      const file = fileOf(officerId)
      if ((await obstacle()) !== null) return null
      try {
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(await readFile(file))
        // The system has a newer key; should this fail, the old one goes on.
        if (shouldReEncrypt) await keep(officerId, result).catch(() => false)
        return result
      } catch {
        return null // absent, or made by another user or PC: the passphrase is asked for, as without it
      }
    },
    forget: (officerId) => rm(fileOf(officerId), { force: true }),
  }
}

/** Without a keyring Linux names its backend `basic_text`; `unknown` is before the app is ready. */
async function obstacle(): Promise<'no-keyring' | 'unavailable' | null> {
  const insecure: readonly string[] = ['basic_text', 'unknown']
  if (process.platform === 'linux' && insecure.includes(safeStorage.getSelectedStorageBackend())) return 'no-keyring'
  return (await safeStorage.isAsyncEncryptionAvailable()) ? null : 'unavailable'
}

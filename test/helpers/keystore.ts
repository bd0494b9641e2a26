import type { HostKeystore } from '../../core/keys/keystore.ts'
import type { KeystoreObstacle } from '../../shared/contract/keystore.ts'

/** A host's key store in memory, which can be lost, broken or absent at a test's wish. */
export interface TestKeystore extends HostKeystore {
  /** What it keeps, by officer. */
  readonly kept: Map<string, string>
  missing: KeystoreObstacle | null
  /** False makes `keep` fail. */
  works: boolean
}

export function aKeystore(): TestKeystore {
  const kept = new Map<string, string>()
  const keystore: TestKeystore = {
    kept,
    missing: null,
    works: true,
    obstacle: () => Promise.resolve(keystore.missing),
    keep: (officerId, secret) => {
      if (keystore.works) kept.set(officerId, secret)
      return Promise.resolve(keystore.works)
    },
    read: (officerId) => Promise.resolve(kept.get(officerId) ?? null),
    forget: (officerId) => Promise.resolve(void kept.delete(officerId)),
  }
  return keystore
}

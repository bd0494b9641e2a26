import { passphraseStrength } from '../../shared/domain/passphrase.ts'
import { Fault } from '../../shared/errors.ts'

/** Refuses a passphrase that is too easy, or that holds the officer's own name; `weak-passphrase`. */
export function assertPassphrase(passphrase: string, officerName: string): void {
  if (passphraseStrength(passphrase) < 2 || passphrase.includes(officerName)) throw new Fault('weak-passphrase', {})
}

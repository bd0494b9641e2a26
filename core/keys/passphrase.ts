import { Fault } from '../../shared/errors.ts'

/** Kinds of character: small letters, capitals, digits, everything else. */
const KINDS = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u]

/**
 * Refuses a passphrase that is too easy: under 8 characters, one kind of character only (unless 12 or longer), or the
 * officer's own name. A setting of ours; a long sentence is as good as a short riddle.
 */
export function assertPassphrase(passphrase: string, officerName: string): void {
  const kinds = KINDS.filter((kind) => kind.test(passphrase)).length
  const good = passphrase.length >= 12 || (passphrase.length >= 8 && kinds >= 2)
  if (!good || passphrase.includes(officerName)) throw new Fault('weak-passphrase', {})
}

/** Kinds of character: small letters, capitals, digits, everything else. */
const KINDS = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u]

/**
 * How good a passphrase is: 0 nothing · 1 too easy · 2 will do · 3 good. A setting of ours (docs/adr/0005).
 *
 * 8 characters of two kinds, or 12 of any: a sentence is as good as a riddle and easier to keep.
 */
export function passphraseStrength(passphrase: string): 0 | 1 | 2 | 3 {
  if (passphrase === '') return 0
  const kinds = KINDS.filter((kind) => kind.test(passphrase)).length
  if (passphrase.length >= 12 && kinds >= 2) return 3
  return passphrase.length >= 12 || (passphrase.length >= 8 && kinds >= 2) ? 2 : 1
}

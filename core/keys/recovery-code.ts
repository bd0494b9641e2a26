import { randomInt } from 'node:crypto'

/** Crockford's alphabet: nothing that reads as something else on paper. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** 24 characters, 120 bits, printed in groups of four: `7K3M-…`. */
export function makeRecoveryCode(): string {
  const characters = Array.from({ length: 24 }, () => ALPHABET[randomInt(ALPHABET.length)])
  return (characters.join('').match(/.{4}/g) as string[]).join('-')
}

/** What a person typed, as the code is stored: capitals, no separators of any kind, O I L read as 0 1 1. */
export const normalizeRecoveryCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')

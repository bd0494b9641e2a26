/**
 * How much a cadre's `imported` may hold: 300 columns are what a roster is read to, 20,000 characters what the longest
 * field of our own takes.
 *
 * The sum keeps the change that carries it, sealed and in base64, with a full résumé beside it, below the 256 KB at which
 * the city refuses one: it would come back rejected as too large, and nobody could repair it on a page.
 */
export const IMPORTED_LIMITS = { keys: 300, keyLength: 200, valueLength: 20_000, total: 30_000 } as const

/** The first limit that texts kept from a roster go beyond, or null. */
export function importedExcess(imported: Readonly<Record<string, string>>): keyof typeof IMPORTED_LIMITS | null {
  const { keys, keyLength, valueLength, total } = IMPORTED_LIMITS
  const texts = Object.entries(imported)
  if (texts.length > keys) return 'keys'
  if (texts.some(([key]) => key.length > keyLength)) return 'keyLength'
  if (texts.some(([, value]) => value.length > valueLength)) return 'valueLength'
  const sum = texts.reduce((so, [key, value]) => so + key.length + value.length, 0)
  return sum > total ? 'total' : null
}

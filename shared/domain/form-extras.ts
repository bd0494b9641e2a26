/**
 * How much a cadre's `formExtras` may hold, over all the forms that were ever imported: its JSON in thousands of bytes.
 *
 * Sealed and in base64, with a full résumé beside it, the change that carries it stays below the 256 KB at which the city
 * refuses one: it would come back rejected as too large, and nobody could repair it on a page.
 */
export const FORM_EXTRAS_LIMIT = { kilobytes: 60 } as const

/** Bytes of kept texts as a change carries them: UTF-8 of their JSON. */
export function formExtrasBytes(extras: Readonly<Record<string, string>>): number {
  let bytes = 0
  for (const sign of JSON.stringify(extras))
    bytes += sign < '\u0080' ? 1 : sign < '\u0800' ? 2 : sign.length === 1 ? 3 : 4
  return bytes
}

export const isFormExtrasFull = (bytes: number): boolean => bytes > FORM_EXTRAS_LIMIT.kilobytes * 1_000

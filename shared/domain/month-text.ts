import type { Month } from './dates.ts'

/** Four digits, a separator, one or two digits, perhaps a day: `1990.01`, `1990-1`, `1990/01/05`, `1990年1月5日`. */
const SEPARATED = /((?:19|20)\d{2})\s?(?:年|[.\-/])\s?(\d{1,2})(?!\d)(?:\s?月(?:\s?\d{1,2}\s?日)?|[./-]\d{1,2}(?!\d))?/y
/** Six or eight digits in one: `199001`, `19900105`. */
const COMPACT = /((?:19|20)\d{2})(0[1-9]|1[0-2])(?:\d{2})?(?!\d)/y

/**
 * Full-width letters, digits and signs as half-width ones, the ideographic space as a space.
 *
 * One character becomes one character, so that a position found in the result is the same position in the original;
 * NFKC would turn `…` into three dots and break that.
 */
export const halfWidth = (text: string): string =>
  text
    .replaceAll(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ')

/** The month written at that position of half-width text and where it ends, or null. A day behind it is passed over. */
export function readMonth(text: string, at: number): { month: Month; end: number } | null {
  for (const pattern of [COMPACT, SEPARATED]) {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    const number = Number(found?.[2])
    if (found && number >= 1 && number <= 12) {
      return { month: `${found[1]}-${String(number).padStart(2, '0')}`, end: pattern.lastIndex }
    }
  }
  return null
}

/** A month as an officer types it, kept as `1990-01`; null when the text is not one, or more than one. */
export function monthOf(typed: string): Month | null {
  const text = halfWidth(typed).trim()
  const found = readMonth(text, 0)
  return found && found.end === text.length ? found.month : null
}

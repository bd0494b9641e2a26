import { aNumber } from './id.ts'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

export interface IdentityNumberParts {
  /** Six digits; Weihai's are 3710xx. */
  readonly area?: string
  /** `1990-01-05`, or `1990-01` for some day of that month. */
  readonly birth?: string
  readonly male?: boolean
  /** 0 to 499; two people of one area, day and sex differ by it. */
  readonly sequence?: number
}

/**
 * A made-up identity number with the right check digit by GB 11643-1999. Written apart from the product's own sum.
 *
 * Left to itself it differs from call to call: by sequence, and where only a month is given by the day too.
 */
export function anIdentityNumber(parts: IdentityNumberParts = {}): string {
  const { area = '371002', birth = '1985-07', male = true } = parts
  const n = parts.sequence ?? aNumber()
  const sequence = n % 500
  const someDay = String((Math.floor(n / 500) % 28) + 1).padStart(2, '0')
  const day = (birth.length === 7 ? `${birth}-${someDay}` : birth).replaceAll('-', '')
  const order = String(sequence * 2 + (male ? 1 : 0)).padStart(3, '0')
  const body = `${area}${day}${order}`
  return body + checkDigitOf(body)
}

/** The check digit GB 11643-1999 gives seventeen digits. */
export function checkDigitOf(body: string): string {
  let sum = 0
  for (let index = 0; index < 17; index += 1) sum += WEIGHTS[index]! * Number(body[index])
  const rest = (12 - (sum % 11)) % 11
  return rest === 10 ? 'X' : String(rest)
}

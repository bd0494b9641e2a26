import { aNumber } from './id.ts'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

export interface IdentityNumberParts {
  /** Six digits; Weihai's are 3710xx. */
  readonly area?: string
  /** `1990-01-05` or `1990-01`, which is taken as the first of the month. */
  readonly birth?: string
  readonly male?: boolean
  /** 0 to 499; two people of one area, day and sex differ by it. */
  readonly sequence?: number
}

/** A made-up identity number with the right check digit by GB 11643-1999. Written apart from the product's own sum. */
export function anIdentityNumber(parts: IdentityNumberParts = {}): string {
  const { area = '371002', birth = '1985-07-12', male = true, sequence = aNumber() % 500 } = parts
  const day = (birth.length === 7 ? `${birth}-01` : birth).replaceAll('-', '')
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

import type { Cadre } from '../domain/cadre.ts'
import { finding, type Finding } from './finding.ts'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECK_DIGITS = '10X98765432'

/** Spaces out, full-width digits to half-width, a final x in capitals: the spelling GB 11643 gives. */
export const normalizeIdentityNumber = (raw: string): string =>
  raw.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase()

/** What is wrong with an identity number by GB 11643-1999, or null. The area code need not be a current one. */
export function identityNumberProblem(number: string): 'malformed' | 'no-such-date' | 'wrong-check-digit' | null {
  if (!/^\d{17}[\dX]$/.test(number)) return 'malformed'
  const day = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  const parsed = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== day) return 'no-such-date'
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(number[index]), 0)
  return CHECK_DIGITS[sum % 11] === number[17] ? null : 'wrong-check-digit'
}

/** Sex by the 17th digit: odd is male. Only for a well-formed number. */
export const sexOfIdentityNumber = (number: string): 'male' | 'female' =>
  Number(number[16]) % 2 === 1 ? 'male' : 'female'

/** Birth month by the number, `1990-01`. Only for a well-formed number. */
export const birthMonthOfIdentityNumber = (number: string): string => `${number.slice(6, 10)}-${number.slice(10, 12)}`

/**
 * the identity number against GB 11643-1999, the archive's birth month and the sex.
 *
 * Never blocks: the archive's birth month may rightly differ from the number (三龄认定), and a wrong number in a file is a
 * fact to be cleared up, not a reason to lose the rest of the entry.
 */
export function identityNumberFindings(person: Pick<Cadre, 'identityNumber' | 'birthMonth' | 'sex'>): Finding[] {
  const number = person.identityNumber
  if (number === null) return []
  const problem = identityNumberProblem(number)
  if (problem) return [finding('R-1', problem, 'warn', 'identityNumber')]
  const findings: Finding[] = []
  const byNumber = birthMonthOfIdentityNumber(number)
  if (person.birthMonth !== null && person.birthMonth !== byNumber) {
    const params = { archive: person.birthMonth.replace('-', '.'), number: byNumber.replace('-', '.') }
    findings.push(finding('R-2', 'birth-differs', 'warn', 'birthMonth', params))
  }
  if (person.sex !== null && person.sex !== sexOfIdentityNumber(number)) {
    findings.push(finding('R-3', 'sex-differs', 'warn', 'sex'))
  }
  return findings
}

/**
 * the number is already on another record of this township.
 *
 * The city takes a number once per township, so a second one would come back as not-unique; which of the two is wrong
 * only people can tell.
 */
export const identityTakenFinding = (otherName: string): Finding =>
  finding('R-4', 'identity-taken', 'warn', 'identityNumber', { name: otherName })

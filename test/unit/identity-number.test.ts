import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Cadre } from '../../shared/domain/cadre.ts'
import {
  birthMonthOfIdentityNumber,
  identityNumberFindings,
  identityNumberProblem,
  identityTakenFinding,
  normalizeIdentityNumber,
  sexOfIdentityNumber,
} from '../../shared/rules/identity-number.ts'
import { aCadre } from '../builders/cadre.ts'
import { anIdentityNumber, checkDigitOf } from '../builders/identity-number.ts'

const someDay = fc
  .date({ min: new Date('1930-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10))
const someNumber = fc.record({
  area: fc.constantFrom('371002', '371003', '371081', '371082', '371083', '110101'),
  birth: someDay,
  male: fc.boolean(),
  sequence: fc.nat(499),
})
const opinions = (over: Partial<Cadre>) => identityNumberFindings(aCadre(over)).map((f) => [f.outcome, f.field])

describe('vectors', () => {
  test.each(['110101199001011237', '371002198507120014', '371003198001010009', '371002197609010030'])(
    'R-1 %s is a right number',
    (number) => {
      expect(identityNumberProblem(number)).toBeNull()
    },
  )

  test.each([
    ['110101199001011234', 'wrong-check-digit'],
    ['371082199002290014', 'no-such-date'],
    ['371002190002290013', 'no-such-date'],
    ['371002198513120014', 'no-such-date'],
    ['371002198500120014', 'no-such-date'],
    ['371002198506310014', 'no-such-date'],
    ['37100219850712001', 'malformed'],
    ['3710021985071200144', 'malformed'],
    ['37100219850712001x', 'malformed'],
    ['X71002198507120014', 'malformed'],
    ['371002850712001', 'malformed'],
    ['', 'malformed'],
  ])('R-1 %s is %s', (number, problem) => {
    expect(identityNumberProblem(number)).toBe(problem)
  })

  test('R-1 29 February exists in leap years only', () => {
    expect(identityNumberProblem(anIdentityNumber({ birth: '2000-02-29' }))).toBeNull()
    expect(identityNumberProblem(anIdentityNumber({ birth: '1900-02-29' }))).toBe('no-such-date')
  })

  test('sex is read from the 17th digit', () => {
    expect(sexOfIdentityNumber('371002198507120014')).toBe('male')
    expect(sexOfIdentityNumber('371003198001010009')).toBe('female')
  })
})

describe('laws', () => {
  test('R-1 a number with its check digit is right, whatever its area', () => {
    fc.assert(fc.property(someNumber, (parts) => identityNumberProblem(anIdentityNumber(parts)) === null))
  })

  test('R-1 any single digit typed wrong is noticed', () => {
    const mistake = fc.tuple(someNumber, fc.nat(16), fc.integer({ min: 1, max: 9 }))
    fc.assert(
      fc.property(mistake, ([parts, at, by]) => {
        const right = anIdentityNumber(parts)
        const wrong = `${right.slice(0, at)}${(Number(right[at]) + by) % 10}${right.slice(at + 1)}`
        expect(identityNumberProblem(wrong)).not.toBeNull()
      }),
    )
  })

  test('R-1 two neighbouring digits typed in the wrong order are noticed', () => {
    fc.assert(
      fc.property(someNumber, fc.nat(15), (parts, at) => {
        const right = anIdentityNumber(parts)
        fc.pre(right[at] !== right[at + 1])
        const wrong = right.slice(0, at) + right[at + 1] + right[at] + right.slice(at + 2)
        expect(identityNumberProblem(wrong)).not.toBeNull()
      }),
    )
  })

  test('R-1 exactly one check digit fits', () => {
    fc.assert(
      fc.property(someNumber, (parts) => {
        const body = anIdentityNumber(parts).slice(0, 17)
        const fitting = [...'0123456789X'].filter((digit) => identityNumberProblem(body + digit) === null)
        expect(fitting).toEqual([checkDigitOf(body)])
      }),
    )
  })

  test('birth month and sex come back as they went in', () => {
    fc.assert(
      fc.property(someNumber, (parts) => {
        const number = anIdentityNumber(parts)
        expect(birthMonthOfIdentityNumber(number)).toBe(parts.birth.slice(0, 7))
        expect(sexOfIdentityNumber(number)).toBe(parts.male ? 'male' : 'female')
      }),
    )
  })
})

describe('spelling', () => {
  test.each([
    [' 371002 19850712 0014 ', '371002198507120014'],
    ['３７１００２１９８５０７１２００１４', '371002198507120014'],
    ['37100219760901000x', '37100219760901000X'],
    ['37100219760901000Ｘ', '37100219760901000X'],
    ['371002\u{3000}19850712\t0014', '371002198507120014'],
  ])('%s is read as %s', (raw, number) => {
    expect(normalizeIdentityNumber(raw)).toBe(number)
  })

  test('a right number stays as it is', () => {
    fc.assert(
      fc.property(someNumber, (parts) => normalizeIdentityNumber(anIdentityNumber(parts)) === anIdentityNumber(parts)),
    )
  })
})

describe('findings on a person', () => {
  test('a person whose number, birth month and sex agree has none', () => {
    expect(opinions({})).toEqual([])
    expect(opinions({ sex: 'female', birthMonth: '1991-12' })).toEqual([])
  })

  test('R-1 a person without a number has none', () => {
    expect(opinions({ identityNumber: null })).toEqual([])
  })

  test('R-1 a wrong number is the only finding: nothing is read out of it', () => {
    const wrong = { identityNumber: '110101199001011234', birthMonth: '1970-01', sex: 'female' } as const
    expect(opinions(wrong)).toEqual([['wrong-check-digit', 'identityNumber']])
  })

  test('R-2 a birth month that differs is shown with both, as offices write them', () => {
    const person = aCadre({ birthMonth: '1985-05', identityNumber: '371002198507120014' })
    expect(identityNumberFindings(person)).toEqual([
      {
        rule: 'R-2',
        outcome: 'birth-differs',
        severity: 'warn',
        field: 'birthMonth',
        params: { archive: '1985.05', number: '1985.07' },
      },
    ])
  })

  test('R-2 R-3 what is not filled in cannot differ', () => {
    expect(opinions({ birthMonth: null, sex: null, identityNumber: '371002198507120014' })).toEqual([])
  })

  test('R-3 a sex that differs is shown on the sex', () => {
    expect(opinions({ sex: 'female', identityNumber: '371002198507120014' })).toEqual([['sex-differs', 'sex']])
  })

  test('R-2 and R-3 may both be true', () => {
    const both = { birthMonth: '1986-07', sex: 'female', identityNumber: '371002198507120014' } as const
    expect(opinions(both).map(([outcome]) => outcome)).toEqual(['birth-differs', 'sex-differs'])
  })

  test('R-4 a number that is taken names the other person', () => {
    expect(identityTakenFinding('试一一')).toMatchObject({
      rule: 'R-4',
      field: 'identityNumber',
      params: { name: '试一一' },
    })
  })

  test('none of them stops a save', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), (number) => {
        const findings = identityNumberFindings({ identityNumber: number, birthMonth: '1985-07', sex: 'male' })
        expect(findings.filter((f) => f.severity === 'block')).toEqual([])
      }),
    )
  })
})

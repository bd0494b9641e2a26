import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { onRollAt } from '../../shared/domain/cadre.ts'
import {
  ageAt,
  asOfDate,
  dotted,
  Instant,
  LocalDate,
  localDateOf,
  localInstantOf,
  Month,
  yearOf,
} from '../../shared/domain/dates.ts'

const moment = fc.date({ min: new Date('1995-01-01'), max: new Date('2099-12-30'), noInvalidDate: true })
const day = moment.map((m) => m.toISOString().slice(0, 10))

describe('today in Weihai', () => {
  test.each([
    ['2026-11-20T15:59:59.999Z', '2026-11-20'],
    ['2026-11-20T16:00:00.000Z', '2026-11-21'],
    ['2026-12-31T15:59:59.000Z', '2026-12-31'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01'],
    ['2028-02-28T16:00:00.000Z', '2028-02-29'],
  ])('at %s it is %s', (at, date) => {
    expect(localDateOf(new Date(at))).toBe(date)
  })

  test('a moment is written as officers read their clock', () => {
    expect(localInstantOf(new Date('2026-11-20T01:14:03Z'))).toBe('2026-11-20T09:14:03+08:00')
    expect(localInstantOf(new Date('2026-11-20T16:00:00Z'))).toBe('2026-11-21T00:00:00+08:00')
  })

  test('the written moment is the same moment, on the same day, whatever zone the PC is in', () => {
    fc.assert(
      fc.property(moment, (at) => {
        const written = localInstantOf(at)
        expect(Instant.safeParse(written).success).toBe(true)
        expect(new Date(written).getTime()).toBe(Math.floor(at.getTime() / 1000) * 1000)
        expect(written.slice(0, 10)).toBe(localDateOf(at))
      }),
    )
  })
})

describe('days and months', () => {
  test.each(['2026-02-29', '2026-13-01', '2026-1-5', '20260105', '2026.01.05', ''])('%s is not a day', (value) => {
    expect(LocalDate.safeParse(value).success).toBe(false)
  })

  test.each(['1990-00', '1990-13', '1990-1', '199001', '1890-01', '2100-01'])('%s is not a month', (value) => {
    expect(Month.safeParse(value).success).toBe(false)
  })

  test('months and days print with dots', () => {
    expect(dotted('1990-01')).toBe('1990.01')
    expect(dotted('1990-01-05')).toBe('1990.01.05')
  })

  test('a year is read from a day and from a month', () => {
    expect([yearOf('2026-11-20'), yearOf('1990-01')]).toEqual([2026, 1990])
  })
})

describe('the day figures are taken', () => {
  test.each([
    [2026, '2026-11-20', '2026-11-20'],
    [2026, '2026-12-31', '2026-12-31'],
    [2026, '2027-01-01', '2026-12-31'],
    [2025, '2026-11-20', '2025-12-31'],
    [2027, '2026-11-20', '2026-11-20'],
  ])('of %i, asked on %s, is %s', (year, today, asOf) => {
    expect(asOfDate(year, today)).toBe(asOf)
  })

  test('is never after today', () => {
    fc.assert(fc.property(fc.integer({ min: 1990, max: 2100 }), day, (year, today) => asOfDate(year, today) <= today))
  })
})

describe('age', () => {
  test.each([
    ['1985-07', '2026-06-30', 40],
    ['1985-07', '2026-07-01', 41],
    ['1985-07', '2026-07-31', 41],
    ['1985-12', '2026-01-01', 40],
    ['2026-11', '2026-11-20', 0],
  ])('of somebody born in %s is, on %s, %i', (birth, on, age) => {
    expect(ageAt(birth, on)).toBe(age)
  })

  test('goes up by one each year and never goes down', () => {
    fc.assert(
      fc.property(day, day, (a, b) => {
        const [birth, on] = a < b ? [a, b] : [b, a]
        const nextYear = `${yearOf(on) + 1}${on.slice(4)}`
        expect(ageAt(birth.slice(0, 7), nextYear)).toBe(ageAt(birth.slice(0, 7), on) + 1)
        expect(ageAt(birth.slice(0, 7), on)).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

describe('on the roll', () => {
  const person = { joinedOn: '2026-03-01', leftOn: '2026-09-01', voided: false }

  test.each([
    ['2026-02-28', false],
    ['2026-03-01', true],
    ['2026-08-31', true],
    ['2026-09-01', false],
  ])('W18-4 on %s: %s', (on, expected) => {
    expect(onRollAt(person, on)).toBe(expected)
  })

  test('W18-4 without dates a person always was and still is', () => {
    fc.assert(fc.property(day, (on) => onRollAt({ joinedOn: null, leftOn: null, voided: false }, on)))
  })

  test('W18-8 a voided record never is', () => {
    fc.assert(fc.property(day, (on) => !onRollAt({ ...person, voided: true }, on)))
  })
})

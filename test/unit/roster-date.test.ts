import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDate, type DateEvidence } from '../../core/roster/read-date.ts'

const NOTHING: DateEvidence = { twoDigitMonths: false, date1904: false }
const monthOf = (cell: string | number, evidence = NOTHING, shown?: string) => readDate(cell, evidence, shown)?.month

test.each([
  '1990.01',
  '1990.1',
  '199001',
  '19900105',
  '1990年1月',
  '1990年01月',
  '1990年1月5日',
  '1990-01-05',
  '1990-01',
  '1990/1/5',
  '1990/1',
  '1990.01.05',
  '1990．01',
  '１９９０．０１',
  '1990。01',
  '1990、01',
  '1990 01',
  '1990.01（35岁）',
  '1990.01\n（35岁）',
  '1990.01(35岁)',
  '1990.01 35岁',
  '1990年1月生',
  '1990年1月出生',
  '1990.01-',
  '1990.01至今',
  "'1990.01",
  ' 1990.01 ',
  '1990-01-05 00:00:00',
  '1990-01-05T00:00:00.000Z',
  '一九九〇年一月',
  '一九九〇年一月五日',
  199001,
  19900105,
  1990.01,
  32878,
])('%j is January 1990', (cell) => {
  expect(monthOf(cell)).toBe('1990-01')
})

test.each([
  '1990',
  '1990年',
  '90.01',
  '1990.13',
  '1990.00',
  '1990-02-30',
  '1880.01',
  '2100.01',
  '党员',
  '',
  '无',
  'abc',
  '35',
  '19901',
  '1990.01.05.06',
  Number.NaN,
  Infinity,
  -1,
])('%j is no month', (cell) => {
  expect(readDate(cell, NOTHING)).toBeNull()
})

test('a day is kept where one is written, and only there', () => {
  expect(readDate('1990-01-05', NOTHING)?.day).toBe('1990-01-05')
  expect(readDate('1990.01', NOTHING)?.day).toBeNull()
})

test('a serial number counts from 1904 in files of that system', () => {
  expect(monthOf(32878 - 1462, { twoDigitMonths: false, date1904: true })).toBe('1990-01')
})

test('the number 1990.1 is October where the column writes months with two digits', () => {
  expect(readDate(1990.1, { twoDigitMonths: true, date1904: false })).toMatchObject({ month: '1990-10', other: null })
})

test('the number 1990.1 is October where Excel shows 1990.10', () => {
  expect(readDate(1990.1, NOTHING, '1990.10')).toMatchObject({ month: '1990-10', other: null })
})

test('the number 1990.1 without any such proof is January as it stands, and says that it may be October', () => {
  expect(readDate(1990.1, NOTHING, '1990.1')).toMatchObject({ month: '1990-01', other: '1990-10' })
})

test('1990.11, 1990.12 and 1990.5 in number cells are certain', () => {
  expect([1990.11, 1990.12, 1990.5].map((cell) => readDate(cell, NOTHING))).toMatchObject([
    { month: '1990-11', other: null },
    { month: '1990-12', other: null },
    { month: '1990-05', other: null },
  ])
})

const year = fc.integer({ min: 1930, max: 2026 })
const month = fc.integer({ min: 1, max: 12 })
const day = fc.integer({ min: 1, max: 28 })
const two = (n: number): string => String(n).padStart(2, '0')

test('any spelling of a month is read as that month', () => {
  const spellings: ((y: number, m: number, d: number) => string | number)[] = [
    (y, m) => `${y}.${two(m)}`,
    (y, m) => `${y}.${m}`,
    (y, m) => `${y}-${m}`,
    (y, m) => `${y}/${two(m)}`,
    (y, m) => `${y}年${m}月`,
    (y, m) => `${y}${two(m)}`,
    (y, m, d) => `${y}${two(m)}${two(d)}`,
    (y, m, d) => `${y}.${m}.${d}`,
    (y, m, d) => `${y}年${two(m)}月${two(d)}日`,
    (y, m, d) => `${y}-${two(m)}-${two(d)}`,
    (y, m) => `${y}.${two(m)}\r\n（${2026 - y}岁）`,
    (y, m) => Number(`${y}${two(m)}`),
    (y, m, d) => Math.round(Date.UTC(y, m - 1, d) / 86_400_000) + 25_569,
  ]
  fc.assert(
    fc.property(year, month, day, fc.constantFrom(...spellings), (y, m, d, spell) => {
      expect(monthOf(spell(y, m, d))).toBe(`${y}-${two(m)}`)
    }),
  )
})

test('reading never throws, and what it gives is a month of the schema', () => {
  const anything = fc.oneof(fc.string(), fc.double(), fc.integer(), fc.stringMatching(/^[\d.年月日/()（）岁 -]{0,20}$/))
  fc.assert(
    fc.property(anything, (cell) => {
      const read = readDate(cell, NOTHING)
      if (read) expect(read.month).toMatch(/^(19|20)\d{2}-(0[1-9]|1[0-2])$/)
    }),
    { numRuns: 2_000 },
  )
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LocalDate } from '../../shared/domain/dates.ts'
import { isPinyin, readDay, readName, talkTypeOf } from '../../core/service/read-talk-cells.ts'

const TODAY = '2026-11-20'

describe('the day of a talk', () => {
  test.each([
    '2026-03-18', '2026-3-18', '2026/3/18', '2026.3.18', '2026.03.18', '20260318', '2026年3月18日', '2026年03月18日',
    '２０２６年３月１８日', ' 2026-03-18 ', '2026-03-18 09:30', '2026年3月18日上午', '2026/3/18 周三', '2026年3月18日（星期三）',
    '二〇二六年三月十八日', '26.3.18', '26-03-18', '26/3/18', '26年3月18日', '46099',
  ])('is read from %j', (written) => expect(readDay(written, TODAY)).toEqual({ day: '2026-03-18', guessed: false })) // prettier-ignore

  test.each([
    ['3月18日', '2026-03-18'],
    ['3.18', '2026-03-18'],
    ['3/18', '2026-03-18'],
    ['11-20', '2026-11-20'],
    ['11.21', '2025-11-21'],
    ['12月31日', '2025-12-31'],
    ['2.29', '2024-02-29'],
    ['2月29日', '2024-02-29'],
  ])('%j without a year is the last such day, and says so', (written, day) =>
    expect(readDay(written, TODAY)).toEqual({ day, guessed: true }),
  )

  test.each(['2026.3', '2026年3月', '202603'])('%j is only a month', (written) =>
    expect(readDay(written, TODAY)).toBe('no-day'),
  )

  test.each(['2026-02-30', '2.30', '13.5', '三月', '上周', '2026', '12345', '2026.3.18-19', '3/18/26', '—'])(
    '%j is none',
    (written) => expect(readDay(written, TODAY)).toBe('unreadable'),
  )

  test('is a day of the calendar or none, whatever is in the cell', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789.-/年月日 '), maxLength: 12 })
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), digits), (written) => {
        const read = readDay(written, TODAY)
        if (typeof read === 'string') expect(['no-day', 'unreadable']).toContain(read)
        else expect([read, LocalDate.safeParse(read.day).success]).toEqual([read, true])
      }),
    )
  })
})

test.each([
  ['谈心谈话', 'heart-to-heart'],
  ['谈心', 'heart-to-heart'],
  ['1', 'heart-to-heart'],
  [' 任前谈话 ', 'appointment'],
  ['提醒', 'reminder'],
  ['诫勉谈话', 'admonition'],
  ['考察', 'assessment'],
  ['６', 'other'],
  ['Reminder', 'reminder'],
  ['廉政', null],
  ['7', null],
])('the type %j is %s', (written, type) => expect(talkTypeOf(written)).toBe(type))

test.each([
  ['王强', { name: '王强', unit: '' }],
  ['王　强', { name: '王强', unit: '' }],
  ['王强（城建办）', { name: '王强', unit: '城建办' }],
  ['王强(城建办', { name: '王强', unit: '城建办' }],
  ['王强同志', { name: '王强', unit: '' }],
  ['', { name: '', unit: '' }],
])('the name %j is %j', (written, read) => expect(readName(written)).toEqual(read))

test.each([
  ['zxm', true],
  ['lv', true],
  ['张xm', false],
  ['', false],
])('%j is pinyin: %s', (name, expected) => expect(isPinyin(name)).toBe(expected))

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ROLL_GROUPS } from '../../shared/domain/cadre.ts'
import { setting, settingAt, SETTINGS } from '../../shared/domain/setting.ts'
import { valuesSchema } from '../../shared/domain/register.ts'
import { aSetting } from '../builders/setting.ts'
import { valuesOf } from '../builders/record.ts'

const KEY = 'countable-roll-groups'
const at = (all: Parameters<typeof settingAt>[0], day: string) => settingAt(all, KEY, day)

describe('the setting in force', () => {
  const first = aSetting({ value: ['in-post'], since: '2024-01-01', basis: '试验镇〔2024〕1号' })
  const second = aSetting({ value: ['in-post', 'village'], since: '2026-07-01' })

  test('W18-14 is the initial one, ours, when none is set', () => {
    expect(at([], '2026-11-20')).toEqual({ value: ['in-post', 'staffed-away'], since: null, basis: null })
  })

  test('W18-14 is the initial one before the first had started', () => {
    expect(at([first, second], '2023-12-31').since).toBeNull()
  })

  test.each([
    ['2024-01-01', '2024-01-01'],
    ['2026-06-30', '2024-01-01'],
    ['2026-07-01', '2026-07-01'],
    ['2030-01-01', '2026-07-01'],
  ])('W18-14 on %s is that of %s, in whatever order they were entered', (day, since) => {
    expect(at([first, second], day).since).toBe(since)
    expect(at([second, first], day).since).toBe(since)
  })

  test('W18-14 dated in the future is not in force', () => {
    expect(at([aSetting({ value: ['village'], since: '2026-11-21' })], '2026-11-20').value).toEqual([
      'in-post',
      'staffed-away',
    ])
  })

  test('W18-14 once voided makes way for the one before', () => {
    expect(at([first, { ...second, voided: true }], '2026-11-20')).toEqual({
      value: ['in-post'],
      since: '2024-01-01',
      basis: '试验镇〔2024〕1号',
    })
  })

  test('W18-14 of two from one day is the one entered later, in whatever order the rows come', () => {
    const id = (last: string) => `01990000-0000-7000-8000-00000000000${last}`
    const [earlier, later] = ['9', 'a'].map((last) => aSetting({ id: id(last), since: '2026-07-01', basis: last }))
    expect(at([earlier!, later!], '2026-11-20').basis).toBe('a')
    expect(at([later!, earlier!], '2026-11-20').basis).toBe('a')
  })

  test('W18-14 that cannot be understood counts as the initial one', () => {
    expect(at([aSetting({ value: ['a-group-of-a-newer-desk'] })], '2026-11-20')).toEqual(at([], '2026-11-20'))
  })

  test('W18-14 of one key says nothing about another', () => {
    const types = aSetting({ key: 'countable-talk-types', value: ['reminder'] })
    expect(at([types], '2026-11-20')).toEqual(at([], '2026-11-20'))
  })

  test('W18-14 never starts after the day asked', () => {
    const day = fc
      .date({ min: new Date('2019-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
      .map((d) => d.toISOString().slice(0, 10))
    const some = fc
      .record({ since: day, value: fc.subarray([...ROLL_GROUPS], { minLength: 1 }), voided: fc.boolean() })
      .map((over) => aSetting(over))
    fc.assert(
      fc.property(fc.array(some, { maxLength: 6 }), day, (all, today) => {
        const { since } = at(all, today)
        const started = all.filter((s) => !s.voided && s.since <= today).map((s) => s.since)
        expect(since).toBe(started.sort().at(-1) ?? null)
      }),
    )
  })
})

test('every initial value satisfies its own schema and the register', () => {
  for (const [key, { schema, initial }] of Object.entries(SETTINGS)) {
    expect(schema.safeParse(initial).success).toBe(true)
    const record = aSetting({ key: key as keyof typeof SETTINGS })
    expect(valuesSchema(setting).safeParse(valuesOf(setting, record)).success).toBe(true)
  }
})

test('the value given out is a copy: changing it changes no other answer', () => {
  at([], '2026-11-20').value.pop()
  expect(at([], '2026-11-20').value).toEqual(['in-post', 'staffed-away'])
})

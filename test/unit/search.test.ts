import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { placesTyped, searchKey, searchTextsOf } from '../../core/search/find-cadres.ts'
import { haystackOf, placesOf } from '../../core/search/haystack.ts'
import { inOrder, merged } from '../../core/search/list-order.ts'

describe('a haystack', () => {
  test('finds exactly the texts that contain the needle', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '王', '伟', '\n'), maxLength: 6 })
    const needle = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '王', '伟'), minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(fc.array(text), needle, (texts, wanted) => {
        const expected = texts.flatMap((own, place) => (own.includes(wanted) ? [place] : []))
        expect(placesOf(haystackOf(texts), wanted)).toEqual(expected)
      }),
    )
  })

  test('never finds what begins in one text and ends in the next', () => {
    expect(placesOf(haystackOf(['ab', 'cd', '', 'bc']), 'bc')).toEqual([3])
    expect(placesOf(haystackOf([]), 'a')).toEqual([])
  })
})

describe('what was typed', () => {
  const people = [
    { id: '1', name: '王伟', identityNumber: '37100219900101001X' },
    { id: '2', name: '单雪', identityNumber: '371002198501011234' },
    { id: '3', name: '尉迟伟', identityNumber: null },
  ]
  const keys = new Map([
    ['1', 'wangwei wei ww w'],
    ['2', 'shanxue xue sx x'],
    ['3', 'yuchiwei chiwei wei ycw cw w'],
  ])
  const found = (typed: string): string[] =>
    placesTyped(searchTextsOf(people, keys), searchKey(typed)).map((place) => people[place]!.id)

  test.each([
    ['伟', ['1', '3']],
    ['ＷＷ', ['1']],
    [' wei ', ['1', '3']],
    ['ei', []],
    ['shan', ['2']],
    ['371002', ['1', '2']],
    ['1234', ['2']],
    ['01x', ['1']],
    ['100', []],
    ['37', []],
    ['37100219900101001X', ['1']],
  ])('%s finds %j', (typed, ids) => {
    expect(found(typed)).toEqual(ids)
  })
})

describe('the order of lists', () => {
  const order = new Map([
    ['a', 0],
    ['b', 1],
  ])
  const person = fc.record({
    id: fc.uuid(),
    unitId: fc.constantFrom('a', 'b', 'gone', null),
    sortOrder: fc.constantFrom(1, 2, null),
    pinyin: fc.constantFrom('shan', 'shang', 'wang wei', 'wang'),
  })
  const people = fc.uniqueArray(person, { selector: ({ id }) => id })
  type Person = typeof person extends fc.Arbitrary<infer P> ? P : never
  const place = ({ unitId, sortOrder, pinyin, id }: Person) =>
    [order.get(unitId ?? '') ?? 9, sortOrder ?? 9, pinyin, id].join('\0')

  test('is by unit, leader order, pinyin and id', () => {
    fc.assert(
      fc.property(people, (all) => {
        const expected = all.map(place).sort((a, b) => (a < b ? -1 : 1))
        expect(inOrder(all, order).map(place)).toEqual(expected)
      }),
    )
  })

  test('is the same for a few put into many as for all of them at once', () => {
    fc.assert(
      fc.property(people, fc.nat(), (all, at) => {
        const cut = all.length === 0 ? 0 : at % all.length
        const [few, many] = [inOrder(all.slice(0, cut), order), inOrder(all.slice(cut), order)]
        expect(merged(many, few, order)).toEqual(inOrder(all, order))
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cadre } from '../../shared/domain/cadre.ts'
import {
  mergeChange,
  namesOf,
  NOTHING,
  sameField,
  withChange,
  type MergeRules,
  type Values,
} from '../../shared/sync/merge.ts'

const RULES = {
  a: { merge: 'B' },
  b: { merge: 'B' },
  s: { merge: 'B' },
  g1: { merge: 'C', group: 'g' },
  g2: { merge: 'C', group: 'g' },
  g3: { merge: 'C', group: 'g' },
  h1: { merge: 'C', group: 'h' },
  tags: { merge: 'E' },
} as const satisfies MergeRules
const NAMES = [...Object.keys(RULES), 'unknown']

const plain = (values: Record<string, unknown>): Values => ({ plain: values, sealed: {} })
const value = fc.constantFrom(null, 1, 2, 'x', { deep: [1, { k: 'v' }] })
const ITEMS = ['p', 'q', 'r', 's'] as const
const set = fc.oneof(fc.constant(null), fc.uniqueArray(fc.constantFrom(...ITEMS)))

/** Values of some fields; `s` may be sealed, with cipher text that says nothing about equality. */
const values: fc.Arbitrary<Values> = fc
  .record({
    plain: fc.dictionary(fc.constantFrom(...NAMES.filter((name) => name !== 'tags')), value),
    tags: fc.option(set, { nil: undefined }),
    sealed: fc.dictionary(fc.constantFrom('s', 'b'), fc.record({ c: fc.string(), m: fc.constantFrom('m1', 'm2') })),
  })
  .map(({ plain: fields, tags, sealed }) => {
    const all = tags === undefined ? fields : { ...fields, tags }
    return { plain: Object.fromEntries(Object.entries(all).filter(([name]) => !(name in sealed))), sealed }
  })

const record = values.map((some) => withChange(NOTHING, some))
const items = (of: Values): string[] => (of.plain['tags'] as string[] | null | undefined) ?? []
const partOf = (name: string): string => (RULES as MergeRules)[name]?.group ?? name
const merged = (base: Values, mine: Values, current: Values) => {
  const merge = mergeChange(RULES, base, mine, current)
  return { ...merge, result: withChange(current, merge.write) }
}
const every = (law: (base: Values, mine: Values, current: Values) => void) =>
  fc.assert(fc.property(record, values, record, law), { numRuns: 3_000 })

describe('laws of the three-way merge', () => {
  test('when nothing else changed, what was set is what is there', () => {
    every((base, mine) => {
      const { result, conflicts } = merged(base, mine, base)
      expect(conflicts).toEqual([])
      for (const name of namesOf(mine)) {
        if (name === 'tags') expect(new Set(items(result))).toEqual(new Set(items(mine)))
        else expect(sameField(result, mine, name)).toBe(true)
      }
    })
  })

  test('no value vanishes: each field set is in the result, a conflict, or was no change', () => {
    every((base, mine, current) => {
      const { result, conflicts } = merged(base, mine, current)
      for (const name of namesOf(mine)) {
        if (name === 'tags') continue
        const kept = sameField(result, mine, name) || conflicts.includes(name) || sameField(mine, base, name)
        expect(kept).toBe(true)
      }
    })
  })

  test('no value of the city is overwritten unless it is the one the writer saw', () => {
    every((base, mine, current) => {
      const { write } = merged(base, mine, current)
      for (const name of namesOf(write)) if (name !== 'tags') expect(sameField(current, base, name)).toBe(true)
    })
  })

  test('only fields that were set are written or conflict', () => {
    every((base, mine, current) => {
      const { write, conflicts } = merged(base, mine, current)
      for (const name of [...namesOf(write), ...conflicts]) expect(namesOf(mine)).toContain(name)
    })
  })

  test('equal values never conflict', () => {
    every((base, mine, current) => {
      for (const name of merged(base, mine, current).conflicts) expect(sameField(mine, current, name)).toBe(false)
      expect(merged(base, mine, withChange(current, mine)).conflicts.filter((name) => name !== 'tags')).toEqual([])
    })
  })

  test('the same change a second time changes nothing', () => {
    every((base, mine, current) => {
      const once = merged(base, mine, current)
      const twice = merged(base, mine, once.result)
      expect(namesOf(twice.write)).toEqual([])
      expect([...twice.conflicts].sort()).toEqual([...once.conflicts].sort())
    })
  })

  test('changes of different fields and groups commute', () => {
    every((base, one, other) => {
      const parts = new Set(namesOf(one).map(partOf))
      const apart: Values = {
        plain: Object.fromEntries(Object.entries(other.plain).filter(([name]) => !parts.has(partOf(name)))),
        sealed: Object.fromEntries(Object.entries(other.sealed).filter(([name]) => !parts.has(partOf(name)))),
      }
      const oneFirst = merged(base, apart, merged(base, one, base).result)
      const otherFirst = merged(base, one, merged(base, apart, base).result)
      expect([...oneFirst.conflicts, ...otherFirst.conflicts]).toEqual([])
      for (const name of NAMES) expect(sameField(oneFirst.result, otherFirst.result, name)).toBe(true)
    })
  })

  test('a group is written whole or not at all', () => {
    every((base, mine, current) => {
      const { write, conflicts } = merged(base, mine, current)
      const written = new Set(namesOf(write).map(partOf))
      for (const name of conflicts) expect(written.has(partOf(name))).toBe(false)
    })
  })

  test('a set ends with what either side added and without what either side removed', () => {
    fc.assert(
      fc.property(set, set, set, (before, wanted, now) => {
        const { result, conflicts } = merged(plain({ tags: before }), plain({ tags: wanted }), plain({ tags: now }))
        const [b, w, n] = [before, wanted, now].map((list) => new Set(list ?? []))
        const expected = ITEMS.filter((item) =>
          b?.has(item) ? w?.has(item) && n?.has(item) : w?.has(item) || n?.has(item),
        )
        expect(items(result).toSorted()).toEqual(expected)
        expect(conflicts).toEqual([])
      }),
      { numRuns: 2_000 },
    )
  })

  test('the answer depends on the values alone, not on the order of keys or on cipher text', () => {
    every((base, mine, current) => {
      const shuffled = (from: Values): Values => ({
        plain: Object.fromEntries(Object.entries(from.plain).reverse()),
        sealed: Object.fromEntries(Object.entries(from.sealed).map(([name, { m }]) => [name, { c: 'other', m }])),
      })
      const { conflicts } = merged(base, mine, current)
      expect([...merged(shuffled(base), shuffled(mine), shuffled(current)).conflicts].sort()).toEqual(
        [...conflicts].sort(),
      )
    })
  })
})

test('sealed values are compared by their HMAC, and a value never equals a sealed one', () => {
  const sealed = (m: string): Values => ({ plain: {}, sealed: { s: { c: 'c', m } } })
  expect(merged(sealed('1'), sealed('2'), { plain: {}, sealed: { s: { c: 'other', m: '1' } } }).conflicts).toEqual([])
  expect(merged(sealed('1'), sealed('2'), sealed('3')).conflicts).toEqual(['s'])
  expect(merged(sealed('1'), plain({ s: 'clear' }), sealed('1')).result).toEqual(plain({ s: 'clear' }))
})

test('a set that came sealed, or is no list, merges as one value', () => {
  expect(merged(plain({ tags: 'x' }), plain({ tags: ['a'] }), plain({ tags: 'y' })).conflicts).toEqual(['tags'])
})

test('education counts as one: degree and school of different schools are never mixed', () => {
  const base = plain({ fullTimeEducation: '大学', fullTimeSchool: '甲大学' })
  const theirs = withChange(base, plain({ fullTimeSchool: '乙大学' }))
  const { conflicts, write } = mergeChange(
    cadre.fields,
    base,
    plain({ fullTimeDegree: '硕士', inServiceDegree: '博士' }),
    theirs,
  )
  expect(conflicts).toEqual(['fullTimeDegree'])
  expect(write.plain).toEqual({ inServiceDegree: '博士' })
})

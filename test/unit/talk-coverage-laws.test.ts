import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { onRollAt, ROLL_GROUPS, type Cadre } from '../../shared/domain/cadre.ts'
import { TALK_DIRECTIONS, TALK_FORMATS, TALK_TYPES, type Talk } from '../../shared/domain/talk.ts'
import { countsTo, talkCoverage } from '../../shared/rules/talk-coverage.ts'
import { aCadre } from '../builders/cadre.ts'
import { anId } from '../builders/id.ts'
import { aCountingBasis } from '../builders/setting.ts'
import { aTalk } from '../builders/talk.ts'

/** Few people and a short time, so that talks and rolls meet often. */
const PEOPLE = Array.from({ length: 8 }, () => aCadre())
const STRANGER = anId()
const basis = aCountingBasis()

const someDay = fc
  .date({ min: new Date('2024-06-01'), max: new Date('2027-06-30'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10))
const maybeDay = fc.option(someDay, { nil: null })
const somePeople = fc.subarray(PEOPLE).chain((chosen) =>
  fc.tuple(
    ...chosen.map((person) =>
      fc
        .record({
          rollGroup: fc.constantFrom('in-post', 'staffed-away', ...ROLL_GROUPS),
          joinedOn: maybeDay,
          leftOn: maybeDay,
          voided: fc.boolean(),
        })
        .map((over): Cadre => ({ ...person, ...over })),
    ),
  ),
)
const someTalk = fc
  .record({
    cadreId: fc.constantFrom(...PEOPLE.map((c) => c.id), STRANGER),
    talkType: fc.constantFrom('heart-to-heart' as const, ...TALK_TYPES),
    format: fc.constantFrom(...TALK_FORMATS),
    direction: fc.constantFrom(...TALK_DIRECTIONS),
    heldOn: someDay,
    voided: fc.boolean(),
  })
  .map((over): Talk => ({ ...aTalk(), ...over }))
const township = fc.record({
  cadres: somePeople,
  talks: fc.array(someTalk, { maxLength: 20 }),
  year: fc.integer({ min: 2024, max: 2027 }),
  today: someDay,
})
type Township = typeof township extends fc.Arbitrary<infer T> ? T : never

const of = (t: Township) => talkCoverage(t.cadres, t.talks, t.year, t.today, basis)

describe('laws of the W18 rate', () => {
  test('W18-2 the rate is from 0 to 1, and absent exactly when nobody is on the roll', () => {
    fc.assert(
      fc.property(township, (t) => {
        const { rate, onRoll, talked } = of(t)
        expect(rate === null).toBe(onRoll === 0)
        if (rate === null) return
        expect(rate).toBeGreaterThanOrEqual(0)
        expect(rate).toBeLessThanOrEqual(1)
        expect(rate * onRoll).toBeCloseTo(talked)
      }),
    )
  })

  test('W18-3 the roll is taken at the earlier of today and 31 December', () => {
    fc.assert(
      fc.property(township, (t) => {
        const { asOf, onRoll } = of(t)
        expect(asOf).toBe([t.today, `${t.year}-12-31`].sort()[0])
        const roll = t.cadres.filter((c) => onRollAt(c, asOf) && ['in-post', 'staffed-away'].includes(c.rollGroup))
        expect(onRoll).toBe(roll.length)
      }),
    )
  })

  test('W18-3 once the year is over its figures no longer move', () => {
    fc.assert(
      fc.property(township, someDay, (t, later) => {
        const over = { ...t, today: `${t.year + 1}-01-01` }
        fc.pre(later > over.today)
        expect(of({ ...over, today: later })).toEqual(of(over))
      }),
    )
  })

  test('W18-8 a voided talk never counts: the figures are those without it', () => {
    fc.assert(
      fc.property(township, (t) => {
        expect(of(t)).toEqual(of({ ...t, talks: t.talks.filter((k) => !k.voided) }))
      }),
    )
  })

  test('W18-10 a further talk, countable or not, never lowers the rate', () => {
    fc.assert(
      fc.property(township, someTalk, (t, further) => {
        const [before, after] = [of(t), of({ ...t, talks: [...t.talks, further] })]
        expect(after.talked).toBeGreaterThanOrEqual(before.talked)
        expect(after.onRoll).toBe(before.onRoll)
        expect(after.talked - before.talked).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('W18-10 voiding a talk never raises the rate', () => {
    fc.assert(
      fc.property(township, fc.nat(), (t, at) => {
        const talks = t.talks.map((k, index) => (index === at % t.talks.length ? { ...k, voided: true } : k))
        expect(of({ ...t, talks }).talked).toBeLessThanOrEqual(of(t).talked)
      }),
    )
  })

  test('W18-10 neither the order of the talks nor saying one twice matters', () => {
    fc.assert(
      fc.property(township, (t) => {
        const talks = [...t.talks, ...t.talks].reverse()
        expect(of({ ...t, talks })).toEqual(of(t))
      }),
    )
  })

  test('W18-12 talked and missing make up the roll, and the missing keep its order', () => {
    fc.assert(
      fc.property(township, (t) => {
        const { onRoll, talked, roll, ...coverage } = of(t)
        const missing = coverage.missing.map((cadre) => cadre.id)
        expect(talked + missing.length).toBe(onRoll)
        expect(roll.filter((entry) => entry.talked)).toHaveLength(talked)
        expect(roll.filter((entry) => !entry.talked).map(({ cadre }) => cadre.id)).toEqual(missing)
        expect(new Set(missing).size).toBe(missing.length)
        expect(t.cadres.map((c) => c.id).filter((id) => missing.includes(id))).toEqual(missing)
        const talkedTo = new Set(t.talks.filter((k) => countsTo(k, t.year, basis)).map((k) => k.cadreId))
        expect(missing.filter((id) => talkedTo.has(id))).toEqual([])
      }),
    )
  })

  test('W18-13 a talk with somebody who is not on the roll changes nothing', () => {
    fc.assert(
      fc.property(township, someTalk, (t, talk) => {
        const stranger = { ...talk, cadreId: STRANGER }
        expect(of({ ...t, talks: [...t.talks, stranger] })).toEqual(of(t))
      }),
    )
  })

  test('W18-9 a talk counts to at most one year', () => {
    fc.assert(
      fc.property(someTalk, (talk) => {
        const years = [2023, 2024, 2025, 2026, 2027, 2028].filter((year) => countsTo(talk, year, basis))
        expect(years.length).toBeLessThanOrEqual(1)
        expect(years.every((year) => talk.heldOn.startsWith(String(year)))).toBe(true)
      }),
    )
  })
})

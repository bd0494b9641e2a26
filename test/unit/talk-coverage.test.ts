import { describe, expect, test } from 'vitest'
import { ROLL_GROUPS } from '../../shared/domain/cadre.ts'
import { notTalkedFinding, talkCoverage } from '../../shared/rules/talk-coverage.ts'
import { aCadre } from '../builders/cadre.ts'
import { anId } from '../builders/id.ts'
import { aCountingBasis } from '../builders/setting.ts'
import { aTalk } from '../builders/talk.ts'

const YEAR = 2026
const TODAY = '2026-11-20'
const basis = aCountingBasis()
const nextDay = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

describe('one year of one township', () => {
  const [asked, waiting] = [aCadre(), aCadre()]

  test('W18-1 who had no countable talk this year is missing', () => {
    const talks = [aTalk({ cadreId: asked.id })]
    expect(talkCoverage([asked, waiting], talks, YEAR, TODAY, basis)).toEqual({
      year: 2026,
      asOf: '2026-11-20',
      onRoll: 2,
      talked: 1,
      rate: 0.5,
      missing: [waiting],
      roll: [
        { cadre: asked, talked: true },
        { cadre: waiting, talked: false },
      ],
    })
  })

  test('W18-1 the finding names the year and stops nothing', () => {
    expect(notTalkedFinding(2026)).toEqual({
      rule: 'W18-1',
      outcome: 'not-talked',
      severity: 'warn',
      field: null,
      params: { year: 2026 },
    })
  })

  test('W18-2 with nobody on the roll there is no rate', () => {
    expect(talkCoverage([], [], YEAR, TODAY, basis)).toMatchObject({ onRoll: 0, talked: 0, rate: null, missing: [] })
    const village = aCadre({ rollGroup: 'village' })
    expect(talkCoverage([village], [aTalk({ cadreId: village.id })], YEAR, TODAY, basis).rate).toBeNull()
  })

  test('W18-2 with everybody talked to the rate is 1, with nobody 0', () => {
    const roll = [asked, waiting]
    expect(
      talkCoverage(
        roll,
        roll.map((c) => aTalk({ cadreId: c.id })),
        YEAR,
        TODAY,
        basis,
      ).rate,
    ).toBe(1)
    expect(talkCoverage(roll, [], YEAR, TODAY, basis).rate).toBe(0)
  })

  test.each(['appointment', 'reminder', 'admonition', 'assessment', 'other'] as const)(
    'W18-6 a talk of type %s does not count',
    (talkType) => {
      expect(talkCoverage([asked], [aTalk({ cadreId: asked.id, talkType })], YEAR, TODAY, basis).talked).toBe(0)
    },
  )

  test('W18-6 another type counts once it is set to', () => {
    const reminder = aTalk({ cadreId: asked.id, talkType: 'reminder' })
    const wider = aCountingBasis({ talkTypes: ['heart-to-heart', 'reminder'] })
    expect(talkCoverage([asked], [reminder], YEAR, TODAY, wider).talked).toBe(1)
  })

  test('W18-7 a collective talk does not count by default, and does once it is set to', () => {
    const together = aTalk({ cadreId: asked.id, format: 'collective' })
    expect(talkCoverage([asked], [together], YEAR, TODAY, basis).talked).toBe(0)
    const wider = aCountingBasis({ talkFormats: ['individual', 'collective'] })
    expect(talkCoverage([asked], [together], YEAR, TODAY, wider).talked).toBe(1)
  })

  test('W18-8 a voided talk does not count', () => {
    expect(talkCoverage([asked], [aTalk({ cadreId: asked.id, voided: true })], YEAR, TODAY, basis).talked).toBe(0)
  })

  test('W18-8 a voided cadre is not on the roll', () => {
    const voided = aCadre({ voided: true })
    expect(talkCoverage([voided], [aTalk({ cadreId: voided.id })], YEAR, TODAY, basis).onRoll).toBe(0)
  })

  test.each([
    ['2025-12-31', 0],
    ['2026-01-01', 1],
    ['2026-12-31', 1],
    ['2027-01-01', 0],
  ])('W18-9 a talk held on %s counts %i to 2026', (heldOn, talked) => {
    expect(talkCoverage([asked], [aTalk({ cadreId: asked.id, heldOn })], YEAR, TODAY, basis).talked).toBe(talked)
  })

  test('W18-9 a talk of December written down in January counts to December', () => {
    const late = aTalk({ cadreId: asked.id, heldOn: '2025-12-30', recordedAt: '2026-01-08T10:00:00+08:00' })
    expect(talkCoverage([asked], [late], 2025, TODAY, basis).talked).toBe(1)
    expect(talkCoverage([asked], [late], 2026, TODAY, basis).talked).toBe(0)
  })

  test('W18-10 several talks with one person count once', () => {
    const talks = [aTalk({ cadreId: asked.id }), aTalk({ cadreId: asked.id, heldOn: '2026-09-01' })]
    expect(talkCoverage([asked, waiting], talks, YEAR, TODAY, basis).talked).toBe(1)
  })

  test('W18-10 each of several cadres in one sitting counts', () => {
    const actId = anId()
    const talks = [asked, waiting].map((c) => aTalk({ actId, cadreId: c.id }))
    expect(talkCoverage([asked, waiting], talks, YEAR, TODAY, basis).rate).toBe(1)
  })

  test.each([
    ['an officer', { talker: { officerId: anId() } }],
    ['another cadre', { talker: { cadreId: anId() } }],
    ['somebody known by name', { talker: { name: '区委组织部谈话组' } }],
    ['somebody on behalf of another', { talker: { officerId: anId() }, principal: { cadreId: anId() } }],
    ['whom the cadre asked', { direction: 'requested' as const }],
  ])('W18-11 a talk held by %s counts', (_, over) => {
    expect(talkCoverage([asked], [aTalk({ cadreId: asked.id, ...over })], YEAR, TODAY, basis).talked).toBe(1)
  })

  test('W18-13 a talk with somebody who left during the year changes nothing', () => {
    const gone = aCadre({ leftOn: '2026-06-01' })
    const without = talkCoverage([asked, gone], [], YEAR, TODAY, basis)
    expect(talkCoverage([asked, gone], [aTalk({ cadreId: gone.id })], YEAR, TODAY, basis)).toEqual(without)
    expect(without.onRoll).toBe(1)
  })

  test('W18-15 a talk dated later this year counts to this year, whatever the clock says', () => {
    const ahead = aTalk({ cadreId: asked.id, heldOn: '2026-12-24' })
    expect(talkCoverage([asked], [ahead], YEAR, TODAY, basis).talked).toBe(1)
    expect(talkCoverage([asked], [ahead], YEAR, '2026-01-02', basis).talked).toBe(1)
  })
})

describe('the roll', () => {
  test.each([
    [2026, '2026-11-20', '2026-11-20'],
    [2025, '2026-11-20', '2025-12-31'],
    [2026, '2027-02-01', '2026-12-31'],
  ])('W18-3 of %i, asked on %s, is that of %s', (year, today, asOf) => {
    const gone = aCadre({ leftOn: asOf })
    const lastDay = aCadre({ leftOn: nextDay(asOf) })
    const staying = aCadre()
    const coverage = talkCoverage([gone, lastDay, staying], [], year, today, basis)
    expect(coverage.asOf).toBe(asOf)
    expect(coverage.missing).toEqual([lastDay, staying])
  })

  test.each([
    ['joins that day', { joinedOn: TODAY }, 1],
    ['joins the day after', { joinedOn: '2026-11-21' }, 0],
    ['leaves that day', { leftOn: TODAY }, 0],
    ['leaves the day after', { leftOn: '2026-11-21' }, 1],
    ['came and went before', { joinedOn: '2026-02-01', leftOn: '2026-05-01' }, 0],
  ])('W18-4 who %s', (_, dates, onRoll) => {
    expect(talkCoverage([aCadre(dates)], [], YEAR, TODAY, basis).onRoll).toBe(onRoll)
  })

  test.each(ROLL_GROUPS)('W18-5 roll group %s', (rollGroup) => {
    const counted = rollGroup === 'in-post' || rollGroup === 'staffed-away'
    expect(talkCoverage([aCadre({ rollGroup })], [], YEAR, TODAY, basis).onRoll).toBe(counted ? 1 : 0)
    const all = aCountingBasis({ rollGroups: [...ROLL_GROUPS] })
    expect(talkCoverage([aCadre({ rollGroup })], [], YEAR, TODAY, all).onRoll).toBe(1)
  })
})

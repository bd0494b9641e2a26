import { describe, expect, test } from 'vitest'
import { demoTownship, type DemoTownship } from '../../core/demo/township.ts'
import { cadre, onRollAt, ROLL_GROUPS } from '../../shared/domain/cadre.ts'
import { OFFERED } from '../../shared/domain/cadre-values.ts'
import { yearOf } from '../../shared/domain/dates.ts'
import { officer } from '../../shared/domain/officer.ts'
import { valuesSchema, type Register } from '../../shared/domain/register.ts'
import { parseResume, resumeBreaks } from '../../shared/domain/resume.ts'
import { setting } from '../../shared/domain/setting.ts'
import { KEY_GROUPS, talk, talkAssignment, TALK_TYPES, type TalkPerson } from '../../shared/domain/talk.ts'
import { unit } from '../../shared/domain/unit.ts'
import { identityNumberFindings, identityNumberProblem } from '../../shared/rules/identity-number.ts'
import { talkCoverage } from '../../shared/rules/talk-coverage.ts'
import { aCountingBasis } from '../builders/setting.ts'

const ROOT = '5b0f3d6a-8a2f-5f0e-9c4e-6d1f2a7b9c10'
const OFFICER = '00000000-0000-7000-8000-000000000001'
/** Autumn, and the awkward days: just after New Year, before the August recruits, a leap day, the last of a year. */
const DAYS = ['2026-11-21', '2026-01-01', '2026-01-03', '2026-02-10', '2026-06-30', '2028-02-29', '2027-12-31']

const on = (today: string): DemoTownship => demoTownship({ today, rootUnitId: ROOT, officerId: OFFICER })
const autumn = on(DAYS[0]!)
const valuesById = (township: DemoTownship) => new Map(township.cadres.map((c) => [c.id, c.values]))

/** Every list of the township with the register it is for. */
const lists = (t: DemoTownship): [Register, readonly { id: string; values: object }[]][] => [
  [unit, t.units],
  [officer, t.officers],
  [setting, t.settings],
  [cadre, t.cadres],
  [talkAssignment, t.assignments],
  [talk, t.talks],
]

describe.each(DAYS)('the demo township opened on %s', (today) => {
  const township = on(today)
  const cadres = valuesById(township)

  test('every record satisfies its register', () => {
    for (const [register, records] of lists(township)) {
      const schema = valuesSchema(register)
      const wrong = records.flatMap(({ values }) => schema.safeParse(values).error?.issues ?? [])
      expect(wrong).toEqual([])
    }
  })

  test('ids differ, and what refers to a record comes after it', () => {
    const known = new Set([ROOT, OFFICER])
    for (const [register, records] of lists(township)) {
      for (const { id, values } of records) {
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
        expect(known.has(id)).toBe(false)
        for (const field of Object.keys(register.references)) {
          const target = (values as Record<string, unknown>)[field] as string
          expect(known.has(target), `${register.name}.${field}`).toBe(true)
        }
        known.add(id)
      }
    }
  })

  test('identity numbers are right, differ, and can be nobody’s', () => {
    const numbers = township.cadres.map((c) => c.values.identityNumber!)
    expect(numbers.map(identityNumberProblem).filter((problem) => problem !== null)).toEqual([])
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(numbers.every((number) => number.startsWith('371099'))).toBe(true)
    expect(new Set(township.cadres.map((c) => c.values.name)).size).toBe(township.cadres.length)
  })

  test('only archive birth months differ from the number, in four files that say so', () => {
    const findings = township.cadres.flatMap((c) =>
      identityNumberFindings(c.values).map((f) => [f.outcome, c.values.note]),
    )
    expect(findings).toHaveLength(4)
    for (const [outcome, note] of findings) {
      expect(outcome).toBe('birth-differs')
      expect(note).toContain('出生年月')
    }
  })

  test('nothing but a due date lies ahead', () => {
    for (const { values } of township.cadres) {
      for (const day of [values.joinedOn, values.leftOn]) expect(day === null || day <= today).toBe(true)
      const months = [values.postSince, values.rankSince, values.leadershipLevelSince, values.workStartedOn]
      expect(months.filter((month) => month !== null && month > today.slice(0, 7))).toEqual([])
      expect(values.family!.filter((f) => f.birthMonth! > today.slice(0, 7))).toEqual([])
    }
    for (const { values } of township.talks) {
      expect(values.heldOn < today).toBe(true)
      expect(values.recordedAt >= values.heldOn && values.recordedAt < today).toBe(true)
      if (values.followUpClosedOn) expect(values.followUpClosedOn < today).toBe(true)
    }
    for (const { values } of township.assignments) expect(values.since <= today).toBe(true)
  })

  test('a life of work has no gap, and agrees with the file', () => {
    for (const { values } of township.cadres) {
      const entries = parseResume(values.resume!)
      expect(resumeBreaks(entries)).toEqual([])
      const periods = entries.filter((entry) => entry.kind === 'period')
      expect(periods).toHaveLength(entries.length)
      expect(periods.at(-1)).toMatchObject({ from: values.postSince, to: null })
      expect(periods.some((period) => period.from === values.workStartedOn)).toBe(true)
      expect(periods.flatMap((p) => p.notes).filter((note) => note.to! > today.slice(0, 7))).toEqual([])
    }
  })

  test('who is talked to was there, and so was the talker, in the present post', () => {
    const isThere = (person: TalkPerson, day: string): boolean => {
      if (!('cadreId' in person))
        return 'name' in person || [OFFICER, ...township.officers.map((o) => o.id)].includes(person.officerId)
      const values = cadres.get(person.cadreId)!
      return onRollAt({ ...values, voided: false }, day) && values.postSince! <= day.slice(0, 7)
    }
    for (const { values } of township.talks) {
      expect(onRollAt({ ...cadres.get(values.cadreId)!, voided: false }, values.heldOn)).toBe(true)
      for (const person of [values.talker, values.principal, values.recorder]) {
        if (person) expect(isThere(person, values.heldOn)).toBe(true)
        expect(person).not.toEqual({ cadreId: values.cadreId })
      }
    }
    for (const { values } of township.assignments) {
      expect(isThere(values.talker, values.since)).toBe(true)
      expect(values.talker).not.toEqual({ cadreId: values.cadreId })
    }
  })

  test('one sitting is one day, one talker, one text; two sittings never share a text', () => {
    const acts = Map.groupBy(township.talks, (t) => t.values.actId)
    const texts = new Map<string, string>()
    for (const [act, talks] of acts) {
      expect(
        new Set(talks.map(({ values: v }) => JSON.stringify([v.heldOn, v.talker, v.format, v.summary]))).size,
      ).toBe(1)
      const { summary, format, talkType } = talks[0]!.values
      if (summary === null || format === 'collective' || talkType !== 'heart-to-heart') continue
      expect(texts.get(summary) ?? act).toBe(act)
      texts.set(summary, act)
    }
  })

  test('everybody who counts is assigned to one talker at a time', () => {
    const stints = Map.groupBy(township.assignments, (a) => a.values.cadreId)
    for (const { id, values } of township.cadres) {
      if (!['in-post', 'staffed-away'].includes(values.rollGroup) || !onRollAt({ ...values, voided: false }, today))
        continue
      const now = (stints.get(id) ?? []).filter(
        ({ values: v }) => v.since <= today && (v.until === null || v.until >= today),
      )
      expect(now).toHaveLength(1)
    }
    for (const own of stints.values()) {
      const ordered = own.map((a) => a.values).sort((a, b) => a.since.localeCompare(b.since))
      ordered.slice(1).forEach((next, index) => expect(ordered[index]!.until! < next.since).toBe(true))
    }
  })

  test('past years are talked to nearly all, and this year is under way', () => {
    const people = township.cadres.map(({ id, values }) => ({ ...values, id, voided: false }))
    const talks = township.talks.map(({ values }) => ({ ...values, voided: false }))
    const year = yearOf(today)
    const rates = [year - 2, year - 1, year].map((y) => talkCoverage(people, talks, y, today, aCountingBasis()).rate!)
    expect(rates[0]).toBeGreaterThan(0.97)
    expect(rates[0]).toBeLessThan(1)
    expect(rates[1]).toBe(1)
    expect(rates[2]).toBeLessThan(0.8)
  })
})

describe('what there is to see in autumn', () => {
  const { talks, cadres, units, officers } = autumn
  const is = (today: string) => ({
    closed: talks.filter(({ values: v }) => v.followUpClosedOn !== null),
    overdue: talks.filter(({ values: v }) => v.followUpDue && !v.followUpClosedOn && v.followUpDue < today),
    open: talks.filter(({ values: v }) => v.followUpDue && !v.followUpClosedOn && v.followUpDue >= today),
  })

  test('a township of believable size', () => {
    expect(cadres.length).toBeGreaterThanOrEqual(115)
    expect(cadres.length).toBeLessThanOrEqual(130)
    expect(units.filter((u) => u.values.kind === 'village')).toHaveLength(15)
    expect(units.filter((u) => ['office', 'institution'].includes(u.values.kind))).toHaveLength(9)
    expect(officers.map((o) => o.values.role)).toEqual(['operator', 'viewer', 'sysAdmin'])
    for (const group of ROLL_GROUPS) expect(cadres.some((c) => c.values.rollGroup === group)).toBe(true)
  })

  test('people who left and people who came this year', () => {
    expect(cadres.filter((c) => c.values.leftOn !== null).length).toBeGreaterThanOrEqual(4)
    expect(cadres.filter((c) => c.values.joinedOn?.startsWith('2026')).length).toBeGreaterThanOrEqual(3)
    const merged = units.find((u) => u.values.validTo !== null)!
    const there = cadres.filter((c) => c.values.unitId === merged.id)
    expect(there.map((c) => c.values.leftOn)).toEqual([merged.values.validTo])
  })

  test('about seven in ten talked to this year', () => {
    const people = cadres.map(({ id, values }) => ({ ...values, id, voided: false }))
    const held = talks.map(({ values }) => ({ ...values, voided: false }))
    const { rate, missing } = talkCoverage(people, held, 2026, '2026-11-21', aCountingBasis())
    expect(rate).toBeGreaterThan(0.6)
    expect(rate).toBeLessThan(0.78)
    expect(missing.length).toBeGreaterThan(15)
  })

  test('every kind of talk but 其他, every key group, both directions and formats', () => {
    const seen = (field: 'talkType' | 'reason' | 'direction' | 'format') => new Set(talks.map((t) => t.values[field]))
    expect(seen('talkType')).toEqual(new Set(TALK_TYPES.filter((type) => type !== 'other')))
    for (const group of KEY_GROUPS) expect(seen('reason')).toContain(group)
    expect(seen('direction').size + seen('format').size).toBe(4)
  })

  test('talks on behalf of somebody, on paper, late, and with private lines', () => {
    const count = (holds: (v: (typeof talks)[number]['values']) => boolean) =>
      talks.filter((t) => holds(t.values)).length
    expect(count((v) => v.principal !== null)).toBeGreaterThan(2)
    expect(count((v) => v.paperRecord !== null && v.summary === null)).toBeGreaterThan(10)
    expect(count((v) => v.privateLine !== null)).toBeGreaterThan(5)
    expect(count((v) => Date.parse(v.recordedAt) - Date.parse(v.heldOn) > 9 * 86_400_000)).toBeGreaterThan(20)
  })

  test('needs that are closed, open and overdue', () => {
    const states = is('2026-11-21')
    expect(states.closed.length).toBeGreaterThan(20)
    expect(states.open.length).toBeGreaterThan(2)
    expect(states.overdue.length).toBeGreaterThan(2)
    const names = new Set(cadres.filter((c) => c.values.leftOn === null).map((c) => c.values.name))
    for (const { values } of [...states.open, ...states.overdue]) expect(names).toContain(values.followUpOwner)
  })

  test('coded fields hold the words the forms offer', () => {
    const coded = [
      'ethnicity',
      'politicalStatus',
      'cadreCategory',
      'staffing',
      'rollState',
      'leadershipLevel',
      'leftReason',
    ] as const
    for (const field of coded) {
      const values = cadres.map((c) => c.values[field]).filter((value) => value !== null)
      for (const value of values) expect(OFFERED[field]).toContain(value)
    }
  })
})

describe('the same again', () => {
  test('the same input gives the same township', () => {
    expect(on('2026-11-21')).toEqual(autumn)
  })

  test('another township has the same people under other ids', () => {
    const other = demoTownship({
      today: '2026-11-21',
      rootUnitId: '11111111-1111-5111-8111-111111111111',
      officerId: OFFICER,
    })
    expect(other.cadres.map((c) => c.values.name)).toEqual(autumn.cadres.map((c) => c.values.name))
    const ids = new Set(autumn.cadres.map((c) => c.id))
    expect(other.cadres.filter((c) => ids.has(c.id))).toEqual([])
  })
})

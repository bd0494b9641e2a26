import { describe, expect, test } from 'vitest'
import type { Cadre } from '../../shared/domain/cadre.ts'
import type { Talk, TalkPerson } from '../../shared/domain/talk.ts'
import { startDesk, type TestDesk } from '../helpers/desk.ts'
import { byText } from '../helpers/by-text.ts'

const TODAY = { now: () => new Date('2026-11-20T01:00:00Z') }

interface Township extends TestDesk {
  readonly add: (name: string, over?: Partial<Cadre>) => Promise<string>
  readonly talk: (cadreId: string, heldOn?: string, over?: Partial<Talk>) => Promise<string>
  readonly figures: (year?: number) => Promise<[onRoll: number, talked: number, rate: number | null, missing: string]>
}
async function aTownship(options = TODAY): Promise<Township> {
  const desk = await startDesk(options)
  const { call } = desk
  return {
    ...desk,
    add: async (name, over = {}) => (await call('cadre.save', { set: { name, ...over } })).id,
    talk: async (cadreId, heldOn = '2026-03-18', over = {}) =>
      (await call('talk.save', { set: { cadreId, heldOn, talker: { name: '赵书记' }, ...over } })).id,
    figures: async (year = 2026) => {
      const { onRoll, talked, rate, missing } = await call('talk.coverage', { year })
      return [onRoll, talked, rate, missing.map((person) => person.name).join('')]
    },
  }
}

describe('the rate of a year', () => {
  test('is null for an empty roll, then those talked to among those on it', async () => {
    const { add, talk, figures } = await aTownship()
    expect(await figures()).toEqual([0, 0, null, ''])
    const first = await add('甲')
    await add('乙')
    await add('丙')
    expect(await figures()).toEqual([3, 0, 0, '丙甲乙'])
    await talk(first)
    await talk(first, '2026-04-18')
    expect(await figures()).toEqual([3, 1, 1 / 3, '丙乙'])
    expect(await figures(2025)).toEqual([3, 0, 0, '丙甲乙'])
  })

  test('counts the roll groups in force, and another choice from its day on', async () => {
    const { call, add, figures } = await aTownship()
    for (const [name, rollGroup] of [
      ['甲', 'in-post'],
      ['乙', 'staffed-away'],
      ['丙', 'received'],
      ['丁', 'village'],
      ['戊', 'auxiliary'],
    ] as const) {
      await add(name, { rollGroup })
    }
    expect(await figures()).toEqual([2, 0, 0, '甲乙'])
    await call('setting.save', {
      set: { key: 'countable-roll-groups', value: ['in-post', 'received', 'village'], since: '2026-01-01' },
    })
    expect(await figures()).toEqual([3, 0, 0, '丙丁甲'])
    expect(await figures(2025)).toEqual([2, 0, 0, '甲乙'])
  })

  test('is of the roll of today, or of 31 December once the year is over', async () => {
    const { call, add, talk, figures } = await aTownship()
    const here = await add('始')
    await add('春', { joinedOn: '2026-03-01' })
    await add('将', { joinedOn: '2026-11-21' })
    await add('今', { joinedOn: '2026-11-20' })
    const gone = await add('走', { leftOn: '2026-11-20' })
    await add('明', { leftOn: '2026-11-21' })
    await add('末', { leftOn: '2026-01-01' })
    expect((await figures())[3]).toBe('春今明始')
    expect((await figures(2025))[3]).toBe('明末始走')
    await talk(here, '2025-06-01')
    await talk(gone, '2025-06-01')
    expect(await figures(2025)).toEqual([4, 2, 0.5, '明末'])
    expect((await call('talk.coverage', { year: 2025 })).asOf).toBe('2025-12-31')
    expect((await call('talk.coverage', { year: 2026 })).asOf).toBe('2026-11-20')
    expect((await call('talk.coverage', { year: 2027 })).asOf).toBe('2026-11-20')
  })

  test('takes only countable types and formats, of talks that stand', async () => {
    const { call, add, talk, figures } = await aTownship()
    const id = await add('甲')
    await talk(id, '2026-03-18', { format: 'collective' })
    for (const talkType of ['appointment', 'reminder', 'admonition', 'assessment', 'other'] as const)
      await talk(id, '2026-03-18', { talkType })
    expect(await figures()).toEqual([1, 0, 0, '甲'])
    const counts = await talk(id)
    expect(await figures()).toEqual([1, 1, 1, ''])
    await call('talk.void', { id: counts, version: 1, reason: '没谈成' })
    expect(await figures()).toEqual([1, 0, 0, '甲'])
    await call('setting.save', {
      set: { key: 'countable-talk-formats', value: ['individual', 'collective'], since: '2026-01-01' },
    })
    expect(await figures()).toEqual([1, 1, 1, ''])
  })

  test('goes by the day a talk was held, not when it was written down, changed or brought back', async () => {
    const { call, add, talk, figures } = await aTownship()
    const id = await add('甲')
    const held = await talk(id, '2025-12-31')
    expect([await figures(2025), await figures(2026)]).toMatchObject([
      [1, 1, 1, ''],
      [1, 0, 0, '甲'],
    ])
    await call('talk.save', { id: held, version: 1, set: { heldOn: '2026-01-01' } })
    expect([await figures(2025), await figures(2026)]).toMatchObject([
      [1, 0, 0, '甲'],
      [1, 1, 1, ''],
    ])
    const { rows } = await call('change.list', { register: 'talk', recordId: held })
    await call('change.undo', { txn: rows[0]!.txn })
    expect([await figures(2025), await figures(2026)]).toMatchObject([
      [1, 1, 1, ''],
      [1, 0, 0, '甲'],
    ])
  })

  test('counts each cadre of a sitting, and none who was voided from it', async () => {
    const { call, add, figures } = await aTownship()
    const [a, b, c] = [await add('甲'), await add('乙'), await add('丙')]
    const set = { cadreId: a, heldOn: '2026-03-18', talker: { name: '赵书记' } }
    const { ids } = await call('talk.save', { set, others: [{ cadreId: b }, { cadreId: c }] })
    expect(await figures()).toEqual([3, 3, 1, ''])
    await call('talk.void', { id: ids[1]!, version: 1, reason: '没来' })
    expect(await figures()).toEqual([3, 2, 2 / 3, '乙'])
    await call('talk.save', { id: ids[0]!, version: 1, set: { format: 'collective' }, wholeAct: true })
    expect(await figures()).toEqual([3, 0, 0, '丙甲乙'])
  })

  test('leaves a voided cadre out, whoever talked to them', async () => {
    const { call, add, talk, figures } = await aTownship()
    const id = await add('甲')
    await add('乙')
    await talk(id)
    await call('cadre.void', { id, version: 1, reason: '重复' })
    expect(await figures()).toEqual([1, 0, 0, '乙'])
  })
})

describe('the tallies', () => {
  test('by unit add up to the whole, in the order of the tree', async () => {
    const { call, add, talk } = await aTownship()
    const second = await call('unit.save', { set: { name: '乙办', sortOrder: 2 } })
    const first = await call('unit.save', { set: { name: '甲办', sortOrder: 1 } })
    await add('钱', { unitId: second.id })
    const talkedTo = await add('赵', { unitId: first.id })
    await add('孙', { unitId: first.id })
    await add('李')
    await add('村', { unitId: second.id, rollGroup: 'village' })
    await talk(talkedTo)
    const { byUnit, onRoll, talked, missing } = await call('talk.coverage', { year: 2026 })
    expect(byUnit).toEqual([
      { unitId: first.id, unitName: '甲办', onRoll: 2, talked: 1, rate: 0.5 },
      { unitId: second.id, unitName: '乙办', onRoll: 1, talked: 0, rate: 0 },
      { unitId: null, unitName: null, onRoll: 1, talked: 0, rate: 0 },
    ])
    expect(byUnit.reduce((sum, tally) => sum + tally.onRoll, 0)).toBe(onRoll)
    expect(byUnit.reduce((sum, tally) => sum + tally.talked, 0)).toBe(talked)
    expect(missing.map((person) => person.unitName)).toEqual(['甲办', '乙办', null])
  })

  test('by talker go by the latest assignment in force on that day', async () => {
    const { call, add, talk, officerId } = await aTownship()
    const [a, b, c] = [await add('甲'), await add('乙'), await add('丙')]
    const assign = (cadreId: string, talker: TalkPerson, since: string, until: string | null = null) =>
      call('talk-assignment.save', { set: { cadreId, talker, since, until } })
    await assign(a, { name: '赵书记' }, '2026-01-01')
    await assign(a, { officerId }, '2026-06-01')
    await assign(b, { officerId }, '2025-01-01', '2026-11-19')
    await assign(c, { name: '赵书记' }, '2027-01-01')
    await talk(a)
    const tallies = async (year: number) =>
      (await call('talk.coverage', { year })).byTalker.map((t) => [t.talkerName, t.onRoll, t.talked])
    expect((await tallies(2026)).sort(byText)).toEqual(
      [
        [null, 2, 0],
        ['王组委', 1, 1],
      ].sort(byText),
    )
    expect((await tallies(2025)).sort(byText)).toEqual(
      [
        [null, 2, 0],
        ['王组委', 1, 0],
      ].sort(byText),
    )
    const voided = (await call('talk-assignment.list', { cadreId: a })).rows[0]!
    await call('talk-assignment.void', { id: voided.record.id, version: 1, reason: '换人' })
    expect((await tallies(2026)).sort(byText)).toEqual(
      [
        [null, 2, 0],
        ['赵书记', 1, 1],
      ].sort(byText),
    )
  })

  test('name for everybody missing the post, the talker and the last talk of any kind', async () => {
    const { call, add, talk } = await aTownship()
    const id = await add('甲', { postTitle: '党建办主任' })
    await talk(id, '2024-05-01')
    await talk(id, '2026-05-01', { talkType: 'reminder' })
    await call('talk-assignment.save', { set: { cadreId: id, talker: { name: '赵书记' }, since: '2026-01-01' } })
    expect((await call('talk.coverage', { year: 2026 })).missing).toEqual([
      {
        cadreId: id,
        name: '甲',
        unitId: null,
        unitName: null,
        postTitle: '党建办主任',
        talkerName: '赵书记',
        lastTalkOn: '2026-05-01',
      },
    ])
  })
})

describe('one figure everywhere', () => {
  test('the list, the person and the coverage agree on who was talked to', async () => {
    const { call, add, talk } = await aTownship()
    const ids = await Promise.all(['甲', '乙', '丙', '丁'].map((name) => add(name)))
    await add('村', { rollGroup: 'village' })
    await add('离', { leftOn: '2026-05-01' })
    await talk(ids[0]!)
    await talk(ids[1]!, '2025-03-18')
    await talk(ids[2]!, '2026-03-18', { format: 'collective' })
    const { missing, talked } = await call('talk.coverage', { year: 2026 })
    const listed = (await call('cadre.list', { talked: 'no' })).rows
    expect(listed.map((row) => row.id)).toEqual(missing.map((person) => person.cadreId))
    expect((await call('cadre.list', { talked: 'yes' })).total).toBe(talked)
    for (const row of (await call('cadre.list', { presence: 'all' })).rows) {
      const person = await call('cadre.get', { id: row.id })
      expect([row.name, person.talkedThisYear, person.lastTalkOn]).toEqual([
        row.name,
        row.talkedThisYear,
        row.lastTalkOn,
      ])
      const warned = person.findings.some((finding) => finding.rule === 'W18-1')
      expect([row.name, warned]).toEqual([row.name, missing.some((missed) => missed.cadreId === row.id)])
    }
  })
})

test('"today" is Weihai’s, also when the PC believes it is elsewhere or in another century', async () => {
  const newYear = await aTownship({ now: () => new Date('2026-12-31T16:00:00Z') })
  expect((await newYear.call('session.get', {})).today).toBe('2027-01-01')
  expect((await newYear.call('talk.coverage', { year: 2026 })).asOf).toBe('2026-12-31')
  for (const moment of ['1970-01-01T00:00:00Z', '2099-06-01T00:00:00Z']) {
    const township = await aTownship({ now: () => new Date(moment) })
    const id = await township.add('甲')
    await township.talk(id, '2026-03-18')
    expect((await township.figures(2026)).slice(1, 3)).toEqual([1, 1])
    expect((await township.call('desk.verify', {})).ok).toBe(true)
  }
})

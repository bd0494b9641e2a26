import { describe, expect, test } from 'vitest'
import { openTestDesk, PASSPHRASE, startDesk } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'
import { signInAs } from '../helpers/roles.ts'

const TODAY = { now: () => new Date('2026-11-20T01:14:03Z') }

async function aDesk(names: readonly string[] = ['试一', '试二', '试三']) {
  const started = await startDesk(TODAY)
  const ids: string[] = []
  for (const name of names) ids.push((await started.call('cadre.save', { set: { name } })).id)
  const [first, second, third] = ids as [string, string, string]
  return { ...started, first, second, third }
}

describe('a talk', () => {
  test('needs whom, when and by whom; the rest is filled in, the talker never', async () => {
    const { call, first, officerId } = await aDesk()
    const { id } = await call('talk.save', {
      set: { cadreId: first, heldOn: '2026-03-18', talker: { name: '甲书记' } },
    })
    const { record } = await call('talk.get', { id })
    expect(record).toMatchObject({
      talkType: 'heart-to-heart',
      format: 'individual',
      direction: 'arranged',
      heldOn: '2026-03-18',
      recordedAt: '2026-11-20T09:14:03+08:00',
      talker: { name: '甲书记' },
      recorder: { officerId },
      principal: null,
    })
    for (const set of [
      { heldOn: '2026-03-18', talker: { name: '甲' } },
      { cadreId: first, talker: { name: '甲' } },
      { cadreId: first, heldOn: '2026-03-18' },
    ]) {
      await refused(call('talk.save', { set }), 'invalid-input')
    }
  })

  test('keeps the day it was held apart from the moment it was written down, and warns of a future day only', async () => {
    const { call, first } = await aDesk()
    const late = await call('talk.save', { set: { cadreId: first, heldOn: '2025-12-31', talker: { name: '甲' } } })
    expect(late.findings).toEqual([])
    const early = await call('talk.save', { set: { cadreId: first, heldOn: '2026-11-21', talker: { name: '甲' } } })
    expect(early.findings).toMatchObject([{ rule: 'R-5', severity: 'warn', field: 'heldOn' }])
    const today = await call('talk.save', { set: { cadreId: first, heldOn: '2026-11-20', talker: { name: '甲' } } })
    expect(today.findings).toEqual([])
    expect((await call('talk.list', {})).rows.map((row) => row.heldOn)).toEqual([
      '2026-11-21',
      '2026-11-20',
      '2025-12-31',
    ])
  })

  test('may have its content on paper instead, or be held for somebody else', async () => {
    const { call, first, second } = await aDesk()
    const paperRecord = { number: '谈〔2026〕7号', custodian: '王组委' }
    const set = {
      cadreId: first,
      heldOn: '2026-03-18',
      talker: { cadreId: second },
      principal: { name: '乙书记' },
      paperRecord,
    }
    const { id } = await call('talk.save', { set })
    expect((await call('talk.get', { id })).record).toMatchObject({ paperRecord, principal: { name: '乙书记' } })
    expect((await call('talk.list', {})).rows[0]).toMatchObject({
      talkerName: '试二',
      principalName: '乙书记',
      hasContent: true,
    })
  })

  test.each([
    [{ talker: {} }],
    [{ talker: { name: '' } }],
    [{ talker: { name: '甲', officerId: 'x' } }],
    [{ talker: null }],
    [{ talkType: 'chat' }],
    [{ heldOn: '2026-02-30' }],
    [{ heldOn: '2026-03' }],
    [{ summary: '长'.repeat(8_001) }],
  ])('with %j is refused', async (over) => {
    const { desk, first } = await aDesk()
    const set = { cadreId: first, heldOn: '2026-03-18', talker: { name: '甲' }, ...over }
    expect(await desk.call('talk.save', { set })).toMatchObject({ ok: false, code: 'invalid-input' })
  })
})

describe('a sitting of several cadres', () => {
  async function aSitting() {
    const started = await aDesk()
    const { call, first, second, third } = started
    const set = {
      cadreId: first,
      heldOn: '2026-03-18',
      talker: { name: '甲' },
      summary: '共同内容',
      privateLine: '一的',
      place: '会议室',
    }
    const others = [{ cadreId: second, privateLine: '二的' }, { cadreId: third }]
    const { ids } = await call('talk.save', { set, others })
    return { ...started, ids: ids as [string, string, string] }
  }

  test('is one record each, with the common content and a private line of its own', async () => {
    const { call, ids } = await aSitting()
    expect(ids).toHaveLength(3)
    const records = await Promise.all(ids.map(async (id) => (await call('talk.get', { id })).record))
    expect(new Set(records.map((record) => record.actId)).size).toBe(1)
    const lines = await Promise.all(
      ids.map(async (id) => (await call('talk.reveal', { id, fields: ['summary', 'privateLine', 'place'] })).values),
    )
    expect(lines).toEqual([
      { summary: '共同内容', privateLine: '一的', place: '会议室' },
      { summary: '共同内容', privateLine: '二的', place: '会议室' },
      { summary: '共同内容', privateLine: null, place: '会议室' },
    ])
    expect((await call('talk.list', {})).rows.map((row) => row.inAct)).toEqual([3, 3, 3])
  })

  test('keeps what each person said and wants with that person, and follows it up there', async () => {
    const { call, first, second, third } = await aDesk()
    const own = { privateLine: '二的', stateOfMind: '平稳', needs: '补休', measures: '协调', followUpOwner: '王组委' }
    const { ids } = await call('talk.save', {
      set: { cadreId: first, heldOn: '2026-03-18', talker: { name: '甲' }, needs: '一的诉求', stateOfMind: '焦虑' },
      others: [{ cadreId: second, ...own, followUpDue: '2026-12-01' }, { cadreId: third }],
    })
    const fields = ['privateLine', 'stateOfMind', 'needs', 'measures']
    const said = await Promise.all(ids.map(async (id) => (await call('talk.reveal', { id, fields })).values))
    expect(said).toEqual([
      { privateLine: null, stateOfMind: '焦虑', needs: '一的诉求', measures: null },
      { privateLine: '二的', stateOfMind: '平稳', needs: '补休', measures: '协调' },
      { privateLine: null, stateOfMind: null, needs: null, measures: null },
    ])
    expect((await call('talk.list', { followUp: 'open' })).rows).toMatchObject([
      { id: ids[1], followUpOwner: '王组委', followUpDue: '2026-12-01' },
    ])
    const tooLong = { cadreId: second, needs: '长'.repeat(2_001) }
    const set = { cadreId: first, heldOn: '2026-03-18', talker: { name: '甲' } }
    await refused(call('talk.save', { set, others: [tooLong] }), 'invalid-input')
  })

  test('takes a change of the common facts over to all of them, and leaves each its own', async () => {
    const { call, ids } = await aSitting()
    await call('talk.save', {
      id: ids[1],
      version: 1,
      set: { summary: '改过的', heldOn: '2026-03-19', privateLine: '二改' },
      wholeAct: true,
    })
    const values = await Promise.all(
      ids.map(async (id) => (await call('talk.reveal', { id, fields: ['summary', 'heldOn', 'privateLine'] })).values),
    )
    expect(values).toEqual([
      { summary: '改过的', heldOn: '2026-03-19', privateLine: '一的' },
      { summary: '改过的', heldOn: '2026-03-19', privateLine: '二改' },
      { summary: '改过的', heldOn: '2026-03-19', privateLine: null },
    ])
    await call('talk.save', { id: ids[1], version: 2, set: { summary: '只改一人' } })
    expect((await call('talk.reveal', { id: ids[0], fields: ['summary'] })).values).toEqual({ summary: '改过的' })
    expect((await call('desk.verify', {})).ok).toBe(true)
  })

  test('does not touch a voided record of it, and counts those that are left', async () => {
    const { call, ids } = await aSitting()
    await call('talk.void', { id: ids[2], version: 1, reason: '没来' })
    await call('talk.save', { id: ids[0], version: 1, set: { place: '办公室' }, wholeAct: true })
    expect((await call('talk.get', { id: ids[2] })).record).toMatchObject({ place: '会议室', voided: true })
    expect((await call('talk.list', {})).rows.map((row) => row.inAct)).toEqual([2, 2])
    expect((await call('talk.list', { withVoided: true })).total).toBe(3)
  })

  test('is saved whole or not at all', async () => {
    const { call, first, second } = await aDesk()
    await call('cadre.void', { id: second, version: 1, reason: '错' })
    const set = { cadreId: first, heldOn: '2026-03-18', talker: { name: '甲' } }
    await refused(call('talk.save', { set, others: [{ cadreId: second }] }), 'voided', { register: 'cadre' })
    expect((await call('talk.list', { withVoided: true })).total).toBe(0)
  })

  test('can gain a cadre later', async () => {
    const { call, first, second } = await aDesk()
    const { id } = await call('talk.save', {
      set: { cadreId: first, heldOn: '2026-03-18', talker: { name: '甲' }, summary: '内容' },
    })
    const { ids } = await call('talk.save', { id, version: 1, set: {}, others: [{ cadreId: second }] })
    expect((await call('talk.reveal', { id: ids[1]!, fields: ['summary'] })).values).toEqual({ summary: '内容' })
    expect((await call('talk.list', {})).rows.map((row) => row.inAct)).toEqual([2, 2])
  })
})

describe('the list of talks', () => {
  test('keeps to year, person, type and what was typed', async () => {
    const { call, first, second, officerId } = await aDesk(['张晓明', '李四', '王五'])
    const hold = (cadreId: string, heldOn: string, over: object = {}) =>
      call('talk.save', { set: { cadreId, heldOn, talker: { name: '赵书记' }, ...over } })
    await hold(first, '2026-03-18')
    await hold(first, '2025-03-18', { talkType: 'reminder' })
    await hold(second, '2026-04-18', { talker: { officerId } })
    await hold(second, '2026-05-18', { talker: { cadreId: first } })
    const found = async (input: object) => (await call('talk.list', input)).rows.map((row) => row.heldOn)
    expect(await found({ year: 2026 })).toEqual(['2026-05-18', '2026-04-18', '2026-03-18'])
    expect(await found({ cadreId: first })).toEqual(['2026-03-18', '2025-03-18'])
    expect(await found({ talkType: 'reminder' })).toEqual(['2025-03-18'])
    expect(await found({ text: 'lisi' })).toEqual(['2026-05-18', '2026-04-18'])
    expect(await found({ text: '赵书记' })).toEqual(['2026-03-18', '2025-03-18'])
    expect(await found({ text: '王组委' })).toEqual(['2026-04-18'])
    expect(await found({ text: 'zxm' })).toEqual(['2026-05-18', '2026-03-18', '2025-03-18'])
    expect(await found({ year: 2026, limit: 1, offset: 1 })).toEqual(['2026-04-18'])
  })

  test.each(['name', 'officerId', 'na', 'Id', '"', '{', ':', '%', '0', 'f'])(
    'is not found by %s, which nobody is called',
    async (text) => {
      const { call, first, officerId } = await aDesk()
      await call('talk.save', { set: { cadreId: first, heldOn: '2026-03-18', talker: { name: '赵书记' } } })
      await call('talk.save', { set: { cadreId: first, heldOn: '2026-03-18', talker: { officerId } } })
      expect((await call('talk.list', { text })).total).toBe(0)
    },
  )

  test('says how a follow-up stands on that day', async () => {
    const { call, first } = await aDesk()
    const add = (over: object) =>
      call('talk.save', { set: { cadreId: first, heldOn: '2026-03-18', talker: { name: '甲' }, ...over } })
    await add({})
    await add({ heldOn: '2026-03-17', followUpOwner: '王组委', followUpDue: '2026-11-20' })
    const due = await add({ heldOn: '2026-03-16', followUpOwner: '王组委', followUpDue: '2026-11-19' })
    await add({ heldOn: '2026-03-15', followUpOwner: '王组委' })
    const states = async (input = {}) => (await call('talk.list', input)).rows.map((row) => row.followUp)
    expect(await states()).toEqual(['none', 'open', 'overdue', 'open'])
    expect(await states({ followUp: 'open' })).toEqual(['open', 'overdue', 'open'])
    expect(await states({ followUp: 'overdue' })).toEqual(['overdue'])
    await call('talk.save', { id: due.id, version: 1, set: { followUpClosedOn: '2026-11-20', followUpReply: '已办' } })
    expect(await states({ followUp: 'closed' })).toEqual(['closed'])
    expect(await states({ followUp: 'overdue' })).toEqual([])
  })
})

describe('an assignment', () => {
  test('says who is to talk to whom, and needs a cadre who is there', async () => {
    const { call, first, second, officerId } = await aDesk()
    await call('talk-assignment.save', { set: { cadreId: first, talker: { officerId } } })
    await call('talk-assignment.save', { set: { cadreId: second, talker: { cadreId: first }, since: '2026-01-01' } })
    const { rows } = await call('talk-assignment.list', {})
    expect(rows.map((row) => [row.cadreName, row.talkerName, row.record.since])).toEqual([
      ['试一', '王组委', '2026-11-20'],
      ['试二', '试一', '2026-01-01'],
    ])
    expect((await call('talk-assignment.list', { cadreId: second })).rows).toHaveLength(1)
    const cadreId = '0199b7aa-0000-7000-8000-00000000ffff'
    await refused(call('talk-assignment.save', { set: { cadreId, talker: { name: '甲' } } }), 'not-found', {
      register: 'cadre',
    })
    await call('talk-assignment.void', { id: rows[1]!.record.id, version: 1, reason: '换人' })
    expect((await call('talk-assignment.list', {})).rows).toHaveLength(1)
  })
})

test('a talk written down without a line to anybody is there after a restart, for whoever may see it', async () => {
  const { dir, desk, call, first, officerId } = await aDesk()
  const { id } = await call('talk.save', {
    set: { cadreId: first, heldOn: '2026-03-18', talker: { name: '甲' }, summary: '内容' },
  })
  await desk.close()
  const again = await openTestDesk(dir, TODAY)
  await again.call('desk.unlock', { officerId, passphrase: PASSPHRASE })
  expect(await again.call('talk.reveal', { id, fields: ['summary'] })).toEqual({ values: { summary: '内容' } })
  await signInAs(again.call, 'viewer')
  expect((await again.call('talk.list', {})).rows).toMatchObject([{ id, hasContent: true, cadreName: '试一' }])
  await refused(again.call('talk.reveal', { id, fields: ['summary'] }), 'not-allowed', { can: 'talk:content' })
})

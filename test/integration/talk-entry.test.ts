import { describe, expect, test } from 'vitest'
import { ENTRY_ROWS, type EntryCells } from '../../shared/contract/talk-entry.ts'
import { byText } from '../helpers/by-text.ts'
import { startDesk } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'
import { signInAs } from '../helpers/roles.ts'
import { rowsIn } from '../helpers/workspace.ts'

const TODAY = { now: () => new Date('2026-11-20T01:14:03Z') }
const cells = (over: Partial<EntryCells> = {}): EntryCells => ({
  cadre: '张晓明',
  heldOn: '2026.3.18',
  talker: '李书记',
  talkType: '谈心',
  ...over,
})

/** Two called 王强, one in 城建办 and one in 党政办; 赵敏 has left; 张晓明 is there once. */
async function aDesk() {
  const started = await startDesk(TODAY)
  const { call } = started
  const root = (await call('session.get', {})).unit.id
  const unit = async (name: string) => (await call('unit.save', { set: { name, parentId: root } })).id
  const [build, office] = [await unit('城建办'), await unit('党政办')]
  const add = async (set: { name: string; [field: string]: unknown }) => (await call('cadre.save', { set })).id
  return {
    ...started,
    zhang: await add({ name: '张晓明', unitId: office, postTitle: '科员' }),
    wangOfBuild: await add({ name: '王强', unitId: build }),
    wangOfOffice: await add({ name: '王强', unitId: office }),
    zhao: await add({ name: '赵敏', leftOn: '2026-06-30' }),
  }
}
type Desk = Awaited<ReturnType<typeof aDesk>>
const readOne = async ({ call }: Pick<Desk, 'call'>, over: Partial<EntryCells> = {}) =>
  (await call('talk.readRows', { rows: [cells(over)] })).rows[0]!

describe('the cells of an entry table', () => {
  test('are read as offices write them', async () => {
    const desk = await aDesk()
    expect(await readOne(desk)).toEqual({
      cadre: { id: desk.zhang, name: '张晓明', unitName: '党政办', postTitle: '科员' },
      cadres: [],
      heldOn: '2026-03-18',
      talker: { name: '李书记' },
      talkerName: '李书记',
      talkType: 'heart-to-heart',
      problems: [],
      notes: [],
      findings: [],
    })
    expect(await readOne(desk, { talkType: '' })).toMatchObject({ talkType: 'heart-to-heart', problems: [] })
    expect(await readOne(desk, { cadre: 'zxm' })).toMatchObject({ cadre: { id: desk.zhang } })
  })

  test('of an empty or wrong row say what is missing, each in its own word', async () => {
    const desk = await aDesk()
    expect((await readOne(desk, { cadre: '', heldOn: '', talker: ' ' })).problems).toEqual([
      'cadre-missing',
      'date-missing',
      'talker-missing',
    ])
    const wrong = await readOne(desk, { cadre: '没有人', heldOn: '2026.3', talker: 'qqq', talkType: '廉政' })
    expect(wrong).toMatchObject({ cadre: null, heldOn: null, talker: null, talkType: null })
    expect(wrong.problems).toEqual(['cadre-unknown', 'date-no-day', 'talker-unreadable', 'type-unknown'])
    expect((await readOne(desk, { heldOn: '上个月' })).problems).toEqual(['date-unreadable'])
  })

  test('with a name that two people have offer both, until one is chosen or the unit says which', async () => {
    const desk = await aDesk()
    const { wangOfBuild, wangOfOffice } = desk
    const open = await readOne(desk, { cadre: '王 强' })
    expect(open.problems).toEqual(['cadre-several'])
    expect(open.cadre).toBeNull()
    expect(open.cadres.map(({ id, unitName }) => [id, unitName]).sort(byText)).toEqual(
      [
        [wangOfBuild, '城建办'],
        [wangOfOffice, '党政办'],
      ].sort(byText),
    )
    for (const over of [{ cadreId: wangOfBuild }, { unit: '城建办公室' }, { cadre: '王强（城建办）' }]) {
      expect(await readOne(desk, { cadre: '王强', ...over })).toMatchObject({
        cadre: { id: wangOfBuild },
        problems: [],
      })
    }
    // Whoever was chosen under another name is forgotten with it.
    expect(await readOne(desk, { cadreId: wangOfBuild })).toMatchObject({ cadre: { id: desk.zhang } })
  })

  test('name somebody who has left; it is only mentioned when they were gone that day', async () => {
    const desk = await aDesk()
    expect(await readOne(desk, { cadre: '赵敏' })).toMatchObject({ cadre: { id: desk.zhao }, notes: [] })
    expect((await readOne(desk, { cadre: '赵敏', heldOn: '2026-09-01' })).notes).toEqual([
      { code: 'cadre-left', params: {} },
    ])
  })

  test('name the talker as the talk form would: an officer, a cadre, otherwise the plain name', async () => {
    const desk = await aDesk()
    const talkerOf = async (over: Partial<EntryCells>) => (await readOne(desk, over)).talker
    expect(await talkerOf({ talker: '王组委' })).toEqual({ officerId: desk.officerId })
    expect(await talkerOf({ talker: '张晓明' })).toEqual({ cadreId: desk.zhang })
    expect(await talkerOf({ talker: '王强' })).toEqual({ name: '王强' })
    expect(await talkerOf({ talker: '王强', talkerChosen: { cadreId: desk.wangOfBuild } })).toEqual({
      cadreId: desk.wangOfBuild,
    })
    await signInAs(desk.call, 'sysAdmin', '管理员')
    await desk.call('desk.unlock', { officerId: desk.officerId, passphrase: 'correct horse 1' })
    expect(await talkerOf({ talker: '管理员' })).toEqual({ name: '管理员' })
  })

  test('that were held long ago are normal; a future day and a guessed year are pointed out', async () => {
    const desk = await aDesk()
    expect(await readOne(desk, { heldOn: '2019-01-02' })).toMatchObject({ findings: [], notes: [] })
    expect((await readOne(desk, { heldOn: '2026-11-21' })).findings).toMatchObject([{ rule: 'R-5', severity: 'warn' }])
    expect((await readOne(desk, { heldOn: '12月3日' })).notes).toEqual([
      { code: 'year-guessed', params: { year: '2025' } },
    ])
    expect(await readOne(desk, { heldOn: '3月18日' })).toMatchObject({ heldOn: '2026-03-18', notes: [] })
  })

  test('of a talk that is already there, or twice in the table, are pointed out and not refused', async () => {
    const desk = await aDesk()
    const set = { cadreId: desk.zhang, heldOn: '2026-03-18', talker: { name: '李书记' } }
    const { id } = await desk.call('talk.save', { set })
    const codes = async (rows: EntryCells[]) =>
      (await desk.call('talk.readRows', { rows })).rows.map(({ problems, notes }) => [
        problems,
        notes.map(({ code }) => code),
      ])
    expect(await codes([cells()])).toEqual([[[], ['exists']]])
    expect(await codes([cells({ talker: '孙镇长' }), cells({ heldOn: '3-19-2026' })])).toEqual([
      [[], []],
      [['date-unreadable'], []],
    ])
    expect(await codes([cells({ heldOn: '2026-05-01' }), cells({ heldOn: '2026年5月1日' })])).toEqual([
      [[], ['twice']],
      [[], ['twice']],
    ])
    await desk.call('talk.void', { id, version: 1, reason: '重复录入' })
    expect(await codes([cells()])).toEqual([[[], []]])
  })

  test('are read for those who may write talks, and reading leaves no trace', async () => {
    const desk = await aDesk()
    const sum = 'select (select count(*) from op) as ops, (select count(*) from access_log) as entries'
    const before = await rowsIn(desk.dir, sum)
    await readOne(desk)
    expect(await rowsIn(desk.dir, sum)).toEqual(before)
    await signInAs(desk.call, 'viewer')
    await refused(readOne(desk), 'not-allowed', { can: 'talk:write' })
  })
})

describe('a table of talks', () => {
  const aTalk = (cadreId: string, over: object = {}) => ({
    set: { cadreId, heldOn: '2026-03-18', talker: { name: '李书记' }, ...over },
  })

  test('is saved as single talks would be, in one transaction that one undo takes back', async () => {
    const { call, zhang, wangOfBuild, officerId } = await aDesk()
    const rows = [
      aTalk(zhang, { summary: '谈了通勤', needs: '无', talkType: 'reminder' }),
      aTalk(wangOfBuild, { heldOn: '2025-12-31', paperRecord: { number: '2026-谈-018', custodian: null } }),
    ]
    const { txn, ids } = await call('talk.saveMany', { rows })
    expect(ids).toHaveLength(2)
    expect((await call('talk.get', { id: ids[0]! })).record).toMatchObject({
      cadreId: zhang,
      talkType: 'reminder',
      format: 'individual',
      recorder: { officerId },
      recordedAt: '2026-11-20T09:14:03+08:00',
    })
    expect((await call('talk.reveal', { id: ids[0]!, fields: ['summary', 'needs'] })).values).toEqual({
      summary: '谈了通勤',
      needs: '无',
    })
    // Not one sitting: each talk is its own.
    expect((await call('talk.list', {})).rows.map(({ inAct }) => inAct)).toEqual([1, 1])
    for (const recordId of ids) {
      expect((await call('change.list', { register: 'talk', recordId })).rows).toMatchObject([{ txn }])
    }
    expect(await call('change.undo', { txn })).toMatchObject({ undone: 2, kept: [] })
    expect((await call('talk.list', {})).total).toBe(0)
    expect((await call('desk.verify', {})).ok).toBe(true)
  })

  test.each([
    ['a missing talker', { talker: undefined }, 'invalid-input'],
    ['an unreal day', { heldOn: '2026-02-30' }, 'invalid-input'],
    ['an unknown cadre', { cadreId: '0199b7aa-0000-7000-8000-00000000ffff' }, 'not-found'],
    ['a text that is too long', { summary: '长'.repeat(8_001) }, 'invalid-input'],
  ] as const)('with %s in one row is refused as talk.save would, whole', async (_, over, code) => {
    const { call, desk, zhang } = await aDesk()
    const wrong = aTalk(zhang, over)
    expect(await desk.call('talk.save', wrong)).toMatchObject({ ok: false, code })
    const many = await desk.call('talk.saveMany', { rows: [aTalk(zhang), aTalk(zhang), wrong] })
    expect(many).toMatchObject({ ok: false, code })
    expect((await call('talk.list', { withVoided: true })).total).toBe(0)
  })

  test('names the row that could not be saved', async () => {
    const { call, zhang, zhao } = await aDesk()
    await call('cadre.void', { id: zhao, version: 1, reason: '录错' })
    await refused(call('talk.saveMany', { rows: [aTalk(zhang), aTalk(zhao)] }), 'voided', { register: 'cadre', row: 1 })
  })

  test(`holds ${ENTRY_ROWS} talks and no more, and none is none`, async () => {
    const { call, zhang } = await aDesk()
    const many = (count: number) => Array.from({ length: count }, () => aTalk(zhang, { summary: '谈了通勤' }))
    await refused(call('talk.saveMany', { rows: many(ENTRY_ROWS + 1) }), 'invalid-input')
    await refused(call('talk.saveMany', { rows: [] }), 'invalid-input')
    await refused(
      call('talk.readRows', { rows: Array.from({ length: ENTRY_ROWS + 1 }, () => cells()) }),
      'invalid-input',
    )
    const { txn, ids } = await call('talk.saveMany', { rows: many(ENTRY_ROWS) })
    expect(new Set(ids).size).toBe(ENTRY_ROWS)
    expect((await call('desk.verify', {})).ok).toBe(true)
    expect(await call('change.undo', { txn })).toMatchObject({ undone: ENTRY_ROWS })
  })

  test('is for those who may write talks', async () => {
    const { call, zhang } = await aDesk()
    await signInAs(call, 'viewer')
    await refused(call('talk.saveMany', { rows: [aTalk(zhang)] }), 'not-allowed', { can: 'talk:write' })
  })

  test('that is not finished is a draft of its officer’s alone, in the encrypted file', async () => {
    const { call } = await aDesk()
    const content = { rows: [{ cells: cells(), words: '独此一份的诉求' }] }
    await call('draft.save', { key: 'talk:entry', content })
    expect((await call('draft.list', {})).rows).toMatchObject([{ key: 'talk:entry', content }])
    await signInAs(call, 'operator')
    expect((await call('draft.list', {})).rows).toEqual([])
  })
})

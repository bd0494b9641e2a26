import { describe, expect, test } from 'vitest'
import { IMPORTED_LIMITS } from '../../shared/domain/imported-texts.ts'
import { byText } from '../helpers/by-text.ts'
import { atCity, cadreInConflict, fieldOf, inConflict, type InConflict } from '../helpers/conflict.ts'
import { refused } from '../helpers/faults.ts'
import { signInAs } from '../helpers/roles.ts'
import { databaseOf, rowsIn } from '../helpers/workspace.ts'

const posts = () =>
  cadreInConflict({ name: '王伟', postTitle: '科员' }, { postTitle: '副镇长' }, { postTitle: '党政办主任' })

/** Everything is answered, the desk's own proof holds, and nothing was a bug. */
async function settled({ call, bugs }: InConflict): Promise<void> {
  expect(await call('sync.run', {})).toMatchObject({ pending: 0, attention: 0, failure: null })
  expect(await call('desk.verify', {})).toMatchObject({ ok: true })
  expect(bugs).toEqual([])
}

const openProposals = async ({ city }: InConflict) =>
  city.db.selectFrom('proposal').select('field').where('state', '=', 'open').execute()

describe('a conflict', () => {
  test('shows both values, who saved the own one, and chooses nothing', async () => {
    const { call, id, seq } = await posts()
    const conflict = await call('sync.conflict', { seq })
    expect(conflict).toMatchObject({ seq, register: 'cadre', recordId: id, label: '王伟', version: 2, voided: false })
    expect(conflict).toMatchObject({ mayReveal: true, maySettle: true, deciders: ['operator', 'orgCommissioner'] })
    expect(conflict.fields).toMatchObject([
      { field: 'postTitle', ours: '党政办主任', theirs: '副镇长', known: true, shown: 'open', byName: '王组委' },
    ])
  })

  test('is decided by the own value, which is said again although it does not change', async () => {
    const it = await posts()
    const { call, id, seq } = it
    const done = await call('sync.settle', { seq, version: 2, choose: { postTitle: { take: 'ours' } } })
    expect(done).toMatchObject({ id, version: 3 })
    expect(await call('sync.status', {})).toMatchObject({ attention: 0, pending: 1 })
    await settled(it)
    expect((await atCity(it)).data).toMatchObject({ postTitle: '党政办主任' })
    expect(await openProposals(it)).toEqual([])
  })

  test('is decided by the city’s value, which the township takes over', async () => {
    const it = await posts()
    await it.call('sync.settle', { seq: it.seq, version: 2, choose: { postTitle: { take: 'theirs' } } })
    await settled(it)
    expect((await it.call('cadre.get', { id: it.id })).record.postTitle).toBe('副镇长')
    expect(await atCity(it)).toMatchObject({ rev: 2, data: { postTitle: '副镇长' } })
    expect(await openProposals(it)).toEqual([])
  })

  test('is decided by a third value, with the reason in the history', async () => {
    const it = await posts()
    const choose = { postTitle: { take: 'value', value: '二级主任科员' } } as const
    await it.call('sync.settle', { seq: it.seq, version: 2, choose, why: '以任职文件为准' })
    await settled(it)
    expect((await atCity(it)).data).toMatchObject({ postTitle: '二级主任科员' })
    const { rows } = await it.call('change.list', { register: 'cadre', recordId: it.id })
    expect(rows[0]).toMatchObject({ kind: 'supersede', why: '以任职文件为准', state: 'applied' })
  })

  test('takes no third value that the register’s own save would refuse for its size', async () => {
    const it = await cadreInConflict({ name: '王伟' }, { imported: { 栏: '甲' } }, { imported: { 栏: '乙' } })
    const choose = { imported: { take: 'value', value: { 栏: '字'.repeat(IMPORTED_LIMITS.valueLength + 1) } } } as const
    await refused(it.call('sync.settle', { seq: it.seq, version: 2, choose }), 'imported-too-much', IMPORTED_LIMITS)
    expect(await it.call('sync.status', {})).toMatchObject({ attention: 1, pending: 0 })
  })

  test('of several fields is decided whole, each field by its own choice', async () => {
    const it = await cadreInConflict(
      { name: '王伟', postTitle: '科员', rank: '一级科员' },
      { postTitle: '副镇长', rank: '三级主任科员' },
      { postTitle: '党政办主任', rank: '四级主任科员' },
    )
    const { call, seq } = it
    const half = call('sync.settle', { seq, version: 2, choose: { postTitle: { take: 'ours' } } })
    await expect(half).rejects.toMatchObject({ code: 'invalid-input', params: { issues: 'rank' } })
    // One field of two, saved in the form, decides nothing: the other would be decided unseen.
    await call('cadre.save', { id: it.id, version: 2, set: { postTitle: '党政办副主任' } })
    expect(await call('sync.run', {})).toMatchObject({ pending: 0, attention: 2 })
    expect((await atCity(it)).data).toMatchObject({ postTitle: '副镇长', rank: '三级主任科员' })
    const choose = { postTitle: { take: 'ours' }, rank: { take: 'theirs' } } as const
    await call('sync.settle', { seq, version: 3, choose })
    expect(await call('sync.status', {})).toMatchObject({ attention: 0, pending: 1 })
    await settled(it)
    expect((await atCity(it)).data).toMatchObject({ postTitle: '党政办副主任', rank: '三级主任科员' })
    expect(await openProposals(it)).toEqual([])
  })

  test('about a later change that had not been answered yet is settled with it', async () => {
    const it = await posts()
    await it.city.close()
    await it.call('cadre.save', { id: it.id, version: 2, set: { rank: '一级科员', postTitle: '党政办主任' } })
    await it.call('sync.settle', { seq: it.seq, version: 3, choose: { postTitle: { take: 'ours' } } })
    const city = await it.city.restart({ port: Number(new URL(it.city.url).port) })
    await settled(it)
    expect((await atCity({ ...it, city })).data).toMatchObject({ rank: '一级科员', postTitle: '党政办主任' })
    expect(await openProposals({ ...it, city })).toEqual([])
  })

  test('can be taken back where a value changed, and not where it was only said again', async () => {
    const theirs = await posts()
    await theirs.call('sync.settle', { seq: theirs.seq, version: 2, choose: { postTitle: { take: 'theirs' } } })
    const { rows } = await theirs.call('change.list', { register: 'cadre', recordId: theirs.id })
    expect(await theirs.call('change.undo', { txn: rows[0]!.txn })).toMatchObject({ undone: 1 })
    expect((await theirs.call('cadre.get', { id: theirs.id })).record.postTitle).toBe('党政办主任')
    await settled(theirs)
    expect((await atCity(theirs)).data).toMatchObject({ postTitle: '党政办主任' })

    const ours = await posts()
    await ours.call('sync.settle', { seq: ours.seq, version: 2, choose: { postTitle: { take: 'ours' } } })
    const said = await ours.call('change.list', { register: 'cadre', recordId: ours.id })
    const undo = ours.call('change.undo', { txn: said.rows[0]!.txn })
    await expect(undo).rejects.toMatchObject({ code: 'nothing-to-undo' })
  })
})

describe('undoing a change in conflict', () => {
  test('decides nothing: the record is kept, listed as edited, and the city’s value stays', async () => {
    const it = await posts()
    const { rows } = await it.call('change.list', { register: 'cadre', recordId: it.id })
    const undo = it.call('change.undo', { txn: rows[0]!.txn })
    expect(await undo).toMatchObject({ undone: 0, kept: [{ label: '王伟', reason: 'edited' }] })
    expect(await it.call('sync.run', {})).toMatchObject({ pending: 0, attention: 1 })
    expect((await it.call('cadre.get', { id: it.id })).record).toMatchObject({ postTitle: '党政办主任', version: 2 })
    expect(await atCity(it)).toMatchObject({ rev: 2, data: { postTitle: '副镇长' } })
    await it.call('sync.settle', { seq: it.seq, version: 2, choose: { postTitle: { take: 'theirs' } } })
  })
})

describe('deciding', () => {
  test('twice, on an older copy, or with a value the register refuses changes nothing', async () => {
    const it = await posts()
    const { call, seq } = it
    const ours = { postTitle: { take: 'ours' } } as const
    await expect(call('sync.settle', { seq, version: 1, choose: ours })).rejects.toMatchObject({ code: 'stale' })
    for (const choose of [{}, { ...ours, rank: { take: 'ours' } }, { postTitle: { take: 'value', value: 7 } }] as const)
      await expect(call('sync.settle', { seq, version: 2, choose })).rejects.toMatchObject({ code: 'invalid-input' })
    expect(await call('sync.status', {})).toMatchObject({ attention: 1, pending: 0 })
    await call('sync.settle', { seq, version: 2, choose: ours })
    for (const version of [2, 3])
      await expect(call('sync.settle', { seq, version, choose: ours })).rejects.toMatchObject({ code: 'stale' })
    await expect(call('sync.conflict', { seq })).rejects.toMatchObject({ code: 'stale' })
    await settled(it)
    expect(await atCity(it)).toMatchObject({ rev: 3 })
  })

  test('without knowing the city’s value is possible, taking it is not', async () => {
    const it = await posts()
    const { call, dir, seq } = it
    const sqlite = await databaseOf(dir)
    sqlite.prepare(`update op set problem = json_remove(problem, '$.city') where seq = ?`).run(seq)
    expect((await call('sync.conflict', { seq })).fields).toMatchObject([{ known: false, theirs: null }])
    const theirs = call('sync.settle', { seq, version: 2, choose: { postTitle: { take: 'theirs' } } })
    await expect(theirs).rejects.toMatchObject({ code: 'invalid-input' })
    await call('sync.settle', { seq, version: 2, choose: { postTitle: { take: 'ours' } } })
    await settled(it)
  })
})

describe('a value that travels sealed', () => {
  const notes = () => cadreInConflict({ name: '王伟', note: '一' }, { note: '城里的话' }, { note: '镇上的话' })

  test('is unsealed on the desk alone, and can be taken', async () => {
    const it = await notes()
    const stored = await it.city.db.selectFrom('op').select('fields').where('verdict', '=', 'conflict').execute()
    expect(JSON.stringify(stored)).not.toContain('城里的话')
    expect(stored).toMatchObject([{ fields: [{ f: 'note', city: { sealed: {} } }] }])
    const { fields } = await it.call('sync.conflict', { seq: it.seq })
    expect(fields).toMatchObject([{ field: 'note', ours: '镇上的话', theirs: '城里的话', known: true }])
    await it.call('sync.settle', { seq: it.seq, version: 2, choose: { note: { take: 'theirs' } } })
    await settled(it)
    const { record } = await it.call('cadre.get', { id: it.id })
    expect(record.note).toBe('城里的话')
  })

  test('and is restated replaces the city’s', async () => {
    const it = await notes()
    const before = (await atCity(it)).sealed['note']?.m
    await it.call('sync.settle', { seq: it.seq, version: 2, choose: { note: { take: 'ours' } } })
    await settled(it)
    expect((await atCity(it)).sealed['note']?.m).not.toBe(before)
    expect(await openProposals(it)).toEqual([])
  })
})

describe('what was said in a talk', () => {
  const talks = () =>
    inConflict(
      async (call) => {
        const { id: cadreId } = await call('cadre.save', { set: { name: '王伟', phone: '13800001111' } })
        const set = { cadreId, heldOn: '2026-11-18', talker: { name: '李书记' }, summary: '一' }
        return (await call('talk.save', { set })).id
      },
      {
        lost: (call, id) => call('talk.save', { id, version: 1, set: { summary: '城里记的话' } }),
        ours: (call, id) => call('talk.save', { id, version: 1, set: { summary: '镇上记的话' } }),
      },
    )

  test('is shown on demand only, and the log has it', async () => {
    const { call, dir, id, seq } = await talks()
    const conflict = await call('sync.conflict', { seq })
    expect(fieldOf(conflict, 'summary')).toMatchObject({ shown: 'hidden', ours: null, theirs: null, known: true })
    expect(JSON.stringify(conflict)).not.toContain('记的话')
    const revealed = await call('sync.reveal', { seq, fields: ['summary'] })
    expect(revealed).toEqual({ values: { summary: { ours: '镇上记的话', theirs: '城里记的话' } } })
    const log = await rowsIn(dir, `select action, register, record_id, detail from access_log where action = 'reveal'`)
    expect(log).toEqual([{ action: 'reveal', register: 'talk', record_id: id, detail: 'summary' }])
    await expect(call('sync.reveal', { seq, fields: ['needs'] })).rejects.toMatchObject({ code: 'invalid-input' })
  })

  test('is kept from who may not see it, and so is the decision', async () => {
    const it = await talks()
    const { call, dir, seq } = it
    await signInAs(call, 'viewer')
    const seen = await call('sync.conflict', { seq })
    expect(seen).toMatchObject({ mayReveal: false, maySettle: false, deciders: ['operator', 'orgCommissioner'] })
    const entries = await rowsIn(dir, 'select count(*) as n from access_log')
    const reveal = call('sync.reveal', { seq, fields: ['summary'] })
    await expect(reveal).rejects.toMatchObject({ code: 'not-allowed', params: { can: 'talk:content' } })
    const settle = call('sync.settle', { seq, version: 2, choose: { summary: { take: 'ours' } } })
    await expect(settle).rejects.toMatchObject({ code: 'not-allowed', params: { can: 'talk:write' } })
    expect(await rowsIn(dir, 'select count(*) as n from access_log')).toEqual(entries)
    expect(await call('sync.status', {})).toMatchObject({ attention: 1 })
  })

  test('is not even shown in part to an administrator', async () => {
    const { call, seq } = await cadreInConflict(
      { name: '王伟', phone: '13800001111', postTitle: '科员' },
      { phone: '13800002222', postTitle: '副镇长' },
      { phone: '13800003333', postTitle: '主任' },
    )
    const own = await call('sync.conflict', { seq })
    expect(fieldOf(own, 'phone')).toMatchObject({ shown: 'masked', ours: '*******3333', theirs: '*******2222' })
    await signInAs(call, 'sysAdmin')
    const seen = await call('sync.conflict', { seq })
    expect(seen).toMatchObject({ label: '—', mayReveal: false, maySettle: false })
    expect(seen.fields.map(({ field, shown, ours, theirs }) => [field, shown, ours, theirs]).sort(byText)).toEqual([
      ['phone', 'hidden', null, null],
      ['postTitle', 'hidden', null, null],
    ])
  })
})

describe('voided on one side', () => {
  const voiding = { lost: 'edit', ours: 'void' } as const
  const editing = { lost: 'void', ours: 'edit' } as const
  const sides = { edit: '主任', void: '重复录入' }
  const between = (how: typeof voiding | typeof editing) => {
    const act = (what: 'edit' | 'void') => (call: InConflict['call'], id: string) =>
      what === 'edit'
        ? call('cadre.save', { id, version: 1, set: { postTitle: sides.edit } })
        : call('cadre.void', { id, version: 1, reason: sides.void })
    return inConflict(async (call) => (await call('cadre.save', { set: { name: '王伟', postTitle: '科员' } })).id, {
      lost: act(how.lost),
      ours: act(how.ours),
    })
  }

  test('by the township: it stays void there and becomes so at the city', async () => {
    const it = await between(voiding)
    const { fields } = await it.call('sync.conflict', { seq: it.seq })
    expect(fields).toMatchObject([{ field: 'voided', ours: true, theirs: false, why: '重复录入' }])
    await it.call('sync.settle', { seq: it.seq, version: 2, choose: { voided: { take: 'ours' } } })
    await settled(it)
    expect(await atCity(it)).toMatchObject({ voided: true })
    expect(await openProposals(it)).toEqual([])
  })

  test('by the township, but the city’s living record is taken', async () => {
    const it = await between(voiding)
    await it.call('sync.settle', { seq: it.seq, version: 2, choose: { voided: { take: 'theirs' } } })
    await settled(it)
    expect((await it.call('cadre.get', { id: it.id })).record).toMatchObject({ voided: false, voidReason: null })
    expect(await atCity(it)).toMatchObject({ voided: false, data: { postTitle: '主任' } })
  })

  test('by the city, but the township keeps the record and what it says', async () => {
    const it = await between(editing)
    const { fields } = await it.call('sync.conflict', { seq: it.seq })
    expect(fields).toMatchObject([
      { field: 'voided', ours: false, theirs: true },
      { field: 'postTitle', ours: '主任', theirs: '科员' },
    ])
    const choose = { voided: { take: 'ours' }, postTitle: { take: 'ours' } } as const
    await it.call('sync.settle', { seq: it.seq, version: 2, choose })
    await settled(it)
    expect(await atCity(it)).toMatchObject({ voided: false, data: { postTitle: '主任' } })
  })

  test('by the city, and the township follows, with a reason', async () => {
    const it = await between(editing)
    const choose = { voided: { take: 'theirs' }, postTitle: { take: 'ours' } } as const
    const { call, seq } = it
    const silent = call('sync.settle', { seq, version: 2, choose })
    await expect(silent).rejects.toMatchObject({ code: 'invalid-input', params: { issues: 'why' } })
    await call('sync.settle', { seq, version: 2, choose, why: '确系重复' })
    await settled(it)
    const { record } = await call('cadre.get', { id: it.id })
    expect(record).toMatchObject({ voided: true, voidReason: '确系重复', version: 3 })
    expect(await atCity(it)).toMatchObject({ voided: true, data: { postTitle: '主任' } })
    expect(await openProposals(it)).toEqual([])
  })

  test('after another conflict: a record voided meanwhile can still be settled', async () => {
    const it = await posts()
    await it.call('cadre.void', { id: it.id, version: 2, reason: '重复录入' })
    expect(await it.call('sync.run', {})).toMatchObject({ attention: 1, pending: 0 })
    await it.call('sync.settle', { seq: it.seq, version: 3, choose: { postTitle: { take: 'ours' } } })
    await settled(it)
    expect(await atCity(it)).toMatchObject({ voided: true, data: { postTitle: '党政办主任' } })
  })
})

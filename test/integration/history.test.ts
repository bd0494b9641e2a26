import { describe, expect, test } from 'vitest'
import { PASSPHRASE, startDesk } from '../helpers/desk.ts'
import { signInAs } from '../helpers/roles.ts'
import { answerFromCity } from '../helpers/workspace.ts'

describe('the history of a record', () => {
  test('tells every change with who, when, why and what was before, newest first', async () => {
    let minute = 0
    const { call, dir } = await startDesk({ now: () => new Date(Date.UTC(2026, 10, 20, 1, (minute += 1))) })
    const { id } = await call('cadre.save', { set: { name: '试一', postTitle: '甲' }, why: '调入' })
    await call('cadre.save', { id, version: 1, set: { postTitle: '乙', tags: ['丙'] }, why: '任职' })
    await call('cadre.void', { id, version: 2, reason: '重复' })
    await answerFromCity(dir, [{ seq: 3, verdict: 'applied', rev: 1 }])
    const { total, rows } = await call('change.list', { register: 'cadre', recordId: id })
    expect(total).toBe(3)
    expect(rows.map((row) => [row.seq, row.kind, row.why, row.byName, row.state])).toEqual([
      [5, 'void', '重复', '王组委', 'pending'],
      [4, 'patch', '任职', '王组委', 'pending'],
      [3, 'create', '调入', '王组委', 'applied'],
    ])
    expect(rows[0]!.fields).toEqual([{ field: 'voided', was: false, now: true, hidden: false }])
    expect(rows[1]!.fields).toEqual([
      { field: 'postTitle', was: '甲', now: '乙', hidden: false },
      { field: 'tags', was: null, now: ['丙'], hidden: false },
    ])
    expect(rows[0]!.at > rows[1]!.at && rows[1]!.at > rows[2]!.at).toBe(true)
  })

  test('comes in pages that fit together', async () => {
    const { call } = await startDesk()
    const { id } = await call('cadre.save', { set: { name: '试一', sortOrder: 0 } })
    for (let n = 1; n < 8; n += 1) await call('cadre.save', { id, version: n, set: { sortOrder: n } })
    const pages = []
    for (let offset = 0; offset < 8; offset += 3) {
      const page = await call('change.list', { register: 'cadre', recordId: id, limit: 3, offset })
      expect(page.total).toBe(8)
      pages.push(...page.rows.map((row) => row.seq))
    }
    expect(pages).toEqual([10, 9, 8, 7, 6, 5, 4, 3])
  })

  test('names the officer as they are called now, each change its own', async () => {
    const { call, officerId } = await startDesk()
    const { id } = await call('cadre.save', { set: { name: '试一' } })
    await signInAs(call, 'operator', '李干事')
    await call('cadre.save', { id, version: 1, set: { postTitle: '甲' } })
    await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    await call('officer.save', { id: officerId, version: 1, set: { name: '王改名' } })
    const { rows } = await call('change.list', { register: 'cadre', recordId: id })
    expect(rows.map((row) => row.byName)).toEqual(['李干事', '王改名'])
  })

  test('shows what was said in a talk to nobody, only that it changed', async () => {
    const { call, desk } = await startDesk()
    const person = await call('cadre.save', { set: { name: '试一' } })
    const { id } = await call('talk.save', {
      set: { cadreId: person.id, heldOn: '2026-03-18', talker: { name: '甲' }, summary: '独此一份' },
    })
    await call('talk.save', { id, version: 1, set: { summary: '独此一份改', place: '会议室' } })
    const reply = await desk.call('change.list', { register: 'talk', recordId: id })
    expect(JSON.stringify(reply)).not.toContain('独此一份')
    const { rows } = await call('change.list', { register: 'talk', recordId: id })
    expect(rows[0]!.fields.find((field) => field.field === 'summary')).toEqual({
      field: 'summary',
      was: null,
      now: null,
      hidden: true,
    })
    expect(rows[0]!.fields.find((field) => field.field === 'place')).toMatchObject({
      was: null,
      now: '会议室',
      hidden: false,
    })
  })

  test('of a record nobody has is empty', async () => {
    const { call } = await startDesk()
    const recordId = '0199b7aa-0000-7000-8000-00000000ffff'
    expect(await call('change.list', { register: 'cadre', recordId })).toEqual({ total: 0, rows: [] })
  })

  test('of what one command changed in several records is one txn', async () => {
    const { call } = await startDesk()
    const a = await call('cadre.save', { set: { name: '试一' } })
    const b = await call('cadre.save', { set: { name: '试二' } })
    const talk = await call('talk.save', {
      set: { cadreId: a.id, heldOn: '2026-03-18', talker: { name: '甲' } },
      others: [{ cadreId: b.id, privateLine: '私' }],
    })
    const txns = []
    for (const id of talk.ids) txns.push((await call('change.list', { register: 'talk', recordId: id })).rows[0]!.txn)
    expect(new Set(txns).size).toBe(1)
    expect(await call('change.undo', { txn: txns[0]! })).toMatchObject({ undone: 2 })
    expect((await call('talk.list', {})).total).toBe(0)
  })
})

import { describe, expect, test } from 'vitest'
import { OpLine } from '../../shared/sync/protocol.ts'
import { startDesk } from '../helpers/desk.ts'
import { answerFromCity, aProblem, rowsIn } from '../helpers/workspace.ts'

interface OpRow {
  seq: number
  kind: string
  state: string
  of_seq: number | null
  bytes: string
}
const ops = (dir: string): Promise<OpRow[]> =>
  rowsIn<OpRow>(dir, `select seq, kind, state, of_seq, bytes from op where register = 'cadre' order by seq`)
const line = (op: OpRow | undefined): OpLine => OpLine.parse(JSON.parse(op!.bytes))
const rejection = (seq: number, field = 'identityNumber') =>
  ({ seq, verdict: 'rejected', problem: aProblem('not-unique', field) }) as const

describe('a rejected change', () => {
  test('is shown with its sentence, its field and the person it is about', async () => {
    const { dir, call } = await startDesk()
    const { id } = await call('cadre.save', { set: { name: '试一', identityNumber: '371002198507120014' } })
    await answerFromCity(dir, [rejection(3)])
    expect(await call('sync.status', {})).toMatchObject({ attention: 1 })
    const { rows, total } = await call('sync.list', { state: 'attention' })
    expect(total).toBe(1)
    expect(rows[0]).toMatchObject({
      seq: 3,
      register: 'cadre',
      recordId: id,
      label: '试一',
      state: 'rejected',
      problem: { code: 'not-unique', field: 'identityNumber' },
    })
    expect((await call('cadre.get', { id })).report).toMatchObject({ attention: 1, pending: 0 })
    expect((await call('cadre.list', {})).rows[0]?.reported).toBe(false)
  })

  test('is repaired by the next save, which says all that the rejected one said, as it is now', async () => {
    const { dir, call } = await startDesk()
    const { id } = await call('cadre.save', {
      set: { name: '试一', identityNumber: '371002198507120014', phone: '139', postTitle: '甲' },
    })
    await answerFromCity(dir, [rejection(3)])
    await call('cadre.save', { id, version: 1, set: { identityNumber: '371002198507120022' } })
    const [rejected, repair] = await ops(dir)
    expect(rejected).toMatchObject({ seq: 3, state: 'superseded' })
    expect(repair).toMatchObject({ seq: 4, kind: 'supersede', state: 'unsent', of_seq: 3 })
    expect(line(repair)).toMatchObject({
      k: 'supersede',
      of: 3,
      id,
      base: 0,
      after: null,
      set: { name: '试一', identityNumber: '371002198507120022', postTitle: '甲', rollGroup: 'in-post' },
    })
    expect(Object.keys(line(repair).sealed)).toEqual(['phone'])
    expect(await call('sync.status', {})).toMatchObject({ attention: 0, pending: 3 })
    expect(await call('desk.verify', {})).toMatchObject({ ok: true })
  })

  test('takes what was held behind it along', async () => {
    const { dir, call } = await startDesk()
    const { id } = await call('cadre.save', { set: { name: '试一' } })
    await answerFromCity(dir, [{ seq: 3, verdict: 'applied', rev: 1 }])
    await call('cadre.save', { id, version: 1, set: { identityNumber: '371002198507120014' } })
    await call('cadre.save', { id, version: 2, set: { rank: '四级主任科员', note: '备注' } })
    await answerFromCity(dir, [rejection(4), { seq: 5, verdict: 'held' }])
    await call('cadre.save', { id, version: 3, set: { identityNumber: null } })
    const repair = line((await ops(dir)).at(-1))
    expect(repair).toMatchObject({
      k: 'supersede',
      of: 4,
      base: 1,
      after: null,
      set: { identityNumber: null, rank: '四级主任科员' },
    })
    expect(Object.keys(repair.set).sort()).toEqual(['identityNumber', 'rank'])
    expect(Object.keys(repair.sealed)).toEqual(['note'])
    expect((await ops(dir)).map((op) => op.state)).toEqual(['applied', 'superseded', 'held', 'unsent'])
  })

  test('stays superseded when an old answer about it comes again', async () => {
    const { dir, call } = await startDesk()
    const { id } = await call('cadre.save', { set: { name: '试一' } })
    await answerFromCity(dir, [rejection(3, 'name')])
    await call('cadre.save', { id, version: 1, set: { name: '试二' } })
    await answerFromCity(dir, [rejection(3, 'name')])
    expect((await ops(dir)).map((op) => op.state)).toEqual(['superseded', 'unsent'])
  })

  test('whose repair is rejected too is repaired once more, and nothing it said is lost', async () => {
    const { dir, call } = await startDesk()
    const { id } = await call('cadre.save', { set: { name: '试一', postTitle: '甲' } })
    await answerFromCity(dir, [rejection(3)])
    await call('cadre.save', { id, version: 1, set: { identityNumber: '371002198507120014' } })
    await answerFromCity(dir, [rejection(4)])
    await call('cadre.save', { id, version: 2, set: { rank: '一级科员' } })
    const repair = line((await ops(dir)).at(-1))
    expect(repair).toMatchObject({ k: 'supersede', of: 4 })
    expect(repair.set).toMatchObject({
      name: '试一',
      postTitle: '甲',
      identityNumber: '371002198507120014',
      rank: '一级科员',
    })
    expect((await ops(dir)).map((op) => op.state)).toEqual(['superseded', 'superseded', 'unsent'])
  })

  test('delays its own record alone', async () => {
    const { dir, call } = await startDesk()
    await call('cadre.save', { set: { name: '试一' } })
    const other = await call('cadre.save', { set: { name: '试二' } })
    await answerFromCity(dir, [rejection(3, 'name')])
    await call('cadre.save', { id: other.id, version: 1, set: { postTitle: '甲' } })
    expect(line((await ops(dir)).at(-1))).toMatchObject({ k: 'patch', after: 4 })
  })
})

describe('a record voided after its change was rejected', () => {
  test('is a supersede that voids: nothing at the city, nothing left to do', async () => {
    const { dir, call } = await startDesk()
    const { id } = await call('cadre.save', { set: { name: '试一', phone: '139' } })
    await answerFromCity(dir, [rejection(3, 'name')])
    await call('cadre.void', { id, version: 1, reason: '录错人' })
    const repair = line((await ops(dir)).at(-1))
    expect(repair).toMatchObject({ k: 'supersede', of: 3, void: true, why: '录错人', set: {}, sealed: {} })
    await answerFromCity(dir, [{ seq: 4, verdict: 'applied' }])
    expect(await call('sync.status', {})).toMatchObject({ attention: 0 })
    expect((await call('cadre.list', { presence: 'all' })).total).toBe(0)
  })

  test('and brought back by undo is a create with every value', async () => {
    const { dir, call } = await startDesk()
    const { id } = await call('cadre.save', { set: { name: '试一', postTitle: '甲', phone: '139' } })
    await answerFromCity(dir, [rejection(3, 'name')])
    await call('cadre.void', { id, version: 1, reason: '录错人' })
    await answerFromCity(dir, [{ seq: 4, verdict: 'applied' }])
    const { rows } = await call('change.list', { register: 'cadre', recordId: id })
    await call('change.undo', { txn: rows[0]!.txn })
    const again = line((await ops(dir)).at(-1))
    expect(again).toMatchObject({ k: 'create', base: 0, after: null, set: { name: '试一', postTitle: '甲' }, was: {} })
    expect(Object.keys(again.sealed)).toEqual(['phone'])
    expect(await call('desk.verify', {})).toMatchObject({ ok: true })
  })

  test('that the city had at an earlier revision is voided there', async () => {
    const { dir, call } = await startDesk()
    const { id } = await call('cadre.save', { set: { name: '试一' } })
    await answerFromCity(dir, [{ seq: 3, verdict: 'applied', rev: 1 }])
    await call('cadre.save', { id, version: 1, set: { postTitle: '甲' } })
    await answerFromCity(dir, [rejection(4, 'postTitle')])
    await call('cadre.void', { id, version: 2, reason: '录错人' })
    expect(line((await ops(dir)).at(-1))).toMatchObject({ k: 'supersede', of: 4, void: true, base: 1 })
  })
})

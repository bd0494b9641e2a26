import { describe, expect, test } from 'vitest'
import { put } from '../../db/put.ts'
import { cadre } from '../../shared/domain/cadre.ts'
import { unit } from '../../shared/domain/unit.ts'
import { aCadre } from '../builders/cadre.ts'
import { aUnit } from '../builders/unit.ts'
import { openTestDesk, PASSPHRASE, startDesk, type Call } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'
import { rowsIn, startWorkspace } from '../helpers/workspace.ts'
import { undoTransaction } from '../../core/ledger/undo.ts'
import { byText } from '../helpers/by-text.ts'

const lastTxn = async (call: Call, register: string, recordId: string): Promise<string> =>
  (await call('change.list', { register, recordId })).rows[0]!.txn
const verified = (call: Call) => call('desk.verify', {})

describe('undoing', () => {
  test('a create voids what it made, which then counts nowhere', async () => {
    const { call, dir } = await startDesk()
    const { id } = await call('cadre.save', { set: { name: '试一' } })
    const txn = await lastTxn(call, 'cadre', id)
    const undone = await call('change.undo', { txn })
    expect(undone).toMatchObject({ undone: 1, kept: [] })
    expect((await call('cadre.list', { presence: 'all' })).total).toBe(0)
    expect((await call('cadre.get', { id })).record).toMatchObject({ voided: true, version: 2 })
    const [op] = await rowsIn<{ kind: string; undoes: string; txn: string; bytes: string }>(
      dir,
      'select * from op order by seq desc limit 1',
    )
    expect(op).toMatchObject({ kind: 'void', undoes: txn, txn: undone.txn })
    expect(JSON.parse(op!.bytes)).toMatchObject({ undoes: txn })
    expect(await verified(call)).toMatchObject({ ok: true })
  })

  test('a patch puts the old values back, sealed ones too, and keeps what that save did not touch', async () => {
    const { call } = await startDesk()
    const { id } = await call('cadre.save', {
      set: { name: '试一', postTitle: '甲', phone: '13900000014', tags: ['甲'] },
    })
    await call('cadre.save', {
      id,
      version: 1,
      set: { postTitle: '乙', phone: null, tags: ['乙', '丙'], rank: '科员' },
    })
    await call('change.undo', { txn: await lastTxn(call, 'cadre', id) })
    expect((await call('cadre.get', { id })).record).toMatchObject({
      postTitle: '甲',
      tags: ['甲'],
      rank: null,
      version: 3,
    })
    expect(await call('cadre.reveal', { id, fields: ['phone'] })).toEqual({ values: { phone: '13900000014' } })
  })

  test('a void brings the record back, without its reason', async () => {
    const { call } = await startDesk()
    const { id } = await call('cadre.save', { set: { name: '试一' } })
    await call('cadre.void', { id, version: 1, reason: '录错人' })
    await call('change.undo', { txn: await lastTxn(call, 'cadre', id) })
    expect((await call('cadre.get', { id })).record).toMatchObject({ voided: false, voidReason: null })
    expect((await call('cadre.list', {})).total).toBe(1)
  })

  test('an undo does again what it undid, as often as one likes', async () => {
    const { call } = await startDesk()
    const { id } = await call('cadre.save', { set: { name: '试一' } })
    let txn = await lastTxn(call, 'cadre', id)
    for (let round = 0; round < 5; round += 1) {
      txn = (await call('change.undo', { txn })).txn
      const { record } = await call('cadre.get', { id })
      expect(record.voided).toBe(round % 2 === 0)
      expect(record.voidReason === null).toBe(!record.voided)
    }
    expect(await verified(call)).toMatchObject({ ok: true })
  })

  test('the same thing twice changes nothing the second time', async () => {
    const { call, dir } = await startDesk()
    const { id } = await call('cadre.save', { set: { name: '试一' } })
    const txn = await lastTxn(call, 'cadre', id)
    await call('change.undo', { txn })
    const again = await call('change.undo', { txn })
    expect(again).toMatchObject({
      undone: 0,
      kept: [{ register: 'cadre', recordId: id, label: '试一', reason: 'edited' }],
    })
    expect(await rowsIn(dir, 'select seq from op')).toHaveLength(4)
  })

  test('nothing, or something that never was, is refused', async () => {
    const { call } = await startDesk()
    await refused(call('change.undo', { txn: '0199b7aa-0000-7000-8000-000000000001' }), 'nothing-to-undo')
  })
})

describe('what is kept', () => {
  test('is a record edited since, with its name', async () => {
    const { call } = await startDesk()
    const { id } = await call('cadre.save', { set: { name: '试一' } })
    const txn = await lastTxn(call, 'cadre', id)
    await call('cadre.save', { id, version: 1, set: { postTitle: '甲' } })
    expect(await call('change.undo', { txn })).toMatchObject({ undone: 0, kept: [{ label: '试一', reason: 'edited' }] })
    expect((await call('cadre.get', { id })).record).toMatchObject({ voided: false, postTitle: '甲' })
  })

  test('is a record that others refer to', async () => {
    const { call } = await startDesk()
    const { id } = await call('cadre.save', { set: { name: '试一' } })
    const talk = await call('talk.save', { set: { cadreId: id, heldOn: '2026-03-18', talker: { name: '甲' } } })
    const txn = await lastTxn(call, 'cadre', id)
    expect(await call('change.undo', { txn })).toMatchObject({ undone: 0, kept: [{ reason: 'referenced' }] })
    await call('talk.void', { id: talk.id, version: 1, reason: '错' })
    expect(await call('change.undo', { txn })).toMatchObject({ undone: 1, kept: [] })
  })

  test('of a large import is the edited and the referenced; the rest goes, units it made after their people', async () => {
    const { workspace, command, dir } = await startWorkspace()
    const root = (await workspace.store.db.selectFrom('unit').select('id').executeTakeFirstOrThrow()).id
    const office = aUnit({ parentId: root })
    const empty = aUnit({ parentId: root })
    const people = Array.from({ length: 300 }, (_, n) => aCadre({ unitId: n % 2 ? office.id : root }))
    const txn = await command(async (ctx) => {
      for (const record of [office, empty]) put(ctx.tx, unit, null, record, ctx.at)
      for (const record of people) put(ctx.tx, cadre, null, record, ctx.at)
      return ctx.txn
    })
    const edited = people[7]!
    await command(async (ctx) => put(ctx.tx, cadre, { ...edited, version: 1 }, { ...edited, postTitle: '改' }, ctx.at))
    const result = await command((ctx) => undoTransaction(ctx, txn))
    expect(result.undone).toBe(300) // 299 people and the empty office; the other office still has the edited one
    expect(result.kept.map((kept) => [kept.register, kept.reason]).sort(byText)).toEqual([
      ['cadre', 'edited'],
      ['unit', 'referenced'],
    ])
    const [left] = await rowsIn(
      dir,
      'select (select count(*) from cadre where voided = 0) as people, (select count(*) from unit where voided = 0) as units',
    )
    expect(left).toEqual({ people: 1, units: 2 })
    const ops = await rowsIn<{ n: number }>(dir, 'select count(*) as n from op where undoes = ?', txn)
    expect(ops).toEqual([{ n: 300 }])
  })

  test('is never taken half: undoing an import that also changed people puts each back as it was', async () => {
    const { command, dir } = await startWorkspace()
    const old = aCadre({ postTitle: '原' })
    const before = await command(async (ctx) => put(ctx.tx, cadre, null, old, ctx.at))
    const txn = await command(async (ctx) => {
      put(ctx.tx, cadre, before, { ...before, postTitle: '新', rank: '科员' }, ctx.at)
      const made = put(ctx.tx, cadre, null, aCadre({ name: '新人' }), ctx.at)
      put(ctx.tx, cadre, made, { ...made, rank: '科员' }, ctx.at) // an importer may touch its own row twice
      return ctx.txn
    })
    expect(await command((ctx) => undoTransaction(ctx, txn))).toMatchObject({ undone: 2, kept: [] })
    const rows = await rowsIn(dir, 'select name, post_title, rank, voided from cadre order by voided')
    expect(rows).toEqual([
      { name: old.name, post_title: '原', rank: old.rank, voided: 0 },
      { name: '新人', post_title: aCadre().postTitle, rank: '科员', voided: 1 },
    ])
  })
})

describe('what an undo may not do', () => {
  const SECOND = 'battery staple 2'
  async function withOperator() {
    const started = await startDesk()
    const { id } = await started.call('officer.save', { set: { name: '李干事', role: 'operator' } })
    await started.call('officer.setPassphrase', { officerId: id, passphrase: SECOND })
    return { ...started, operatorId: id }
  }

  test('take the township and its first officer away', async () => {
    const { call, dir, officerId, desk } = await startDesk()
    const [first] = await rowsIn<{ txn: string }>(dir, 'select txn from op where seq = 1')
    const result = await call('change.undo', { txn: first!.txn }).catch((error: unknown) => error as { code: string })
    expect('code' in result ? result.code : result.kept.map((kept) => kept.reason)).toEqual([
      'referenced',
      'referenced',
    ])
    await desk.close()
    const again = await openTestDesk(dir)
    await again.call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    expect((await again.call('unit.list', {})).rows).toHaveLength(1)
  })

  test('change what the officer may not write: an operator cannot undo a setting or an officer', async () => {
    const { call, operatorId } = await withOperator()
    const setting = await call('setting.save', {
      set: { key: 'countable-roll-groups', value: ['in-post'], since: '2026-01-01', basis: null },
    })
    const other = await call('officer.save', { set: { name: '赵旁', role: 'viewer' } })
    await call('officer.save', { id: other.id, version: 1, set: { state: 'disabled' } })
    const txns = [await lastTxn(call, 'setting', setting.id), await lastTxn(call, 'officer', other.id)]
    await call('desk.unlock', { officerId: operatorId, passphrase: SECOND })
    await refused(call('change.undo', { txn: txns[0]! }), 'not-allowed', { can: 'setting:write' })
    await refused(call('change.undo', { txn: txns[1]! }), 'not-allowed', { can: 'officer:write' })
  })

  test('demote or disable the one who undoes', async () => {
    const { call, operatorId } = await withOperator()
    await call('officer.save', { id: operatorId, version: 1, set: { role: 'orgCommissioner' } })
    const txn = await lastTxn(call, 'officer', operatorId)
    await call('desk.unlock', { officerId: operatorId, passphrase: SECOND })
    expect(await call('change.undo', { txn })).toMatchObject({ undone: 0, kept: [{ reason: 'referenced' }] })
    expect((await call('session.get', {})).officer.role).toBe('orgCommissioner')
  })

  test('void an officer who has done something: their name stands in the history', async () => {
    const { call, operatorId, officerId } = await withOperator()
    const txn = await lastTxn(call, 'officer', operatorId)
    await call('desk.unlock', { officerId: operatorId, passphrase: SECOND })
    await call('cadre.save', { set: { name: '试一' } })
    await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    expect(await call('change.undo', { txn })).toMatchObject({ undone: 0, kept: [{ reason: 'referenced' }] })
  })

  test('void a unit with people or units in it, though they came in the same transaction but were kept', async () => {
    const { workspace, command, dir } = await startWorkspace()
    const root = (await workspace.store.db.selectFrom('unit').select('id').executeTakeFirstOrThrow()).id
    const parent = aUnit({ parentId: root })
    const child = aUnit({ parentId: parent.id })
    const txn = await command(async (ctx) => {
      for (const record of [parent, child]) put(ctx.tx, unit, null, record, ctx.at)
      return ctx.txn
    })
    await command(async (ctx) => put(ctx.tx, cadre, null, aCadre({ unitId: child.id }), ctx.at))
    expect(await command((ctx) => undoTransaction(ctx, txn))).toMatchObject({ undone: 0 })
    expect(await rowsIn(dir, 'select id from unit where voided = 1')).toEqual([])
  })

  test('bring back a record whose unit is gone: what it refers to must be there', async () => {
    const { call, dir } = await startDesk()
    const [root] = await rowsIn<{ id: string }>(dir, 'select id from unit')
    const office = await call('unit.save', { set: { name: '办公室', parentId: root!.id } })
    const { id } = await call('cadre.save', { set: { name: '试一', unitId: office.id } })
    await call('cadre.void', { id, version: 1, reason: '错' })
    const txn = await lastTxn(call, 'cadre', id)
    await call('unit.void', { id: office.id, version: 1, reason: '撤并' })
    expect(await call('change.undo', { txn })).toMatchObject({
      undone: 0,
      kept: [{ register: 'cadre', reason: 'referenced' }],
    })
  })
})

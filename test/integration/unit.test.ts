import { describe, expect, test } from 'vitest'
import { rootUnitId } from '../../core/ids.ts'
import { startDesk, UNIT_CODE, type Call } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'

const ROOT = rootUnitId(UNIT_CODE)
const tree = async (call: Call) =>
  (await call('unit.list', {})).rows.map((row) => `${'·'.repeat(row.depth)}${row.record.name} ${row.onRoll}`)

describe('the tree of units', () => {
  test('begins with the township, whose id follows from its code alone', async () => {
    const { call } = await startDesk()
    const { rows } = await call('unit.list', {})
    expect(rows).toMatchObject([
      { depth: 0, onRoll: 0, record: { id: ROOT, kind: 'township', unitCode: UNIT_CODE, parentId: null } },
    ])
    expect(rootUnitId(UNIT_CODE)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(rootUnitId('371002102')).not.toBe(ROOT)
  })

  test('is listed from the top down, siblings by their order and then by name, with the people on the roll today', async () => {
    const { call } = await startDesk({ now: () => new Date('2026-11-20T01:00:00Z') })
    const second = await call('unit.save', { set: { name: '乙办', sortOrder: 2 } })
    await call('unit.save', { set: { name: '丙村', kind: 'village' } })
    await call('unit.save', { set: { name: '丁组', parentId: second.id } })
    await call('unit.save', { set: { name: '甲办', sortOrder: 1 } })
    await call('cadre.save', { set: { name: '试一', unitId: second.id } })
    await call('cadre.save', { set: { name: '试二', unitId: second.id, rollGroup: 'village' } })
    await call('cadre.save', { set: { name: '试三', unitId: second.id, leftOn: '2026-11-20' } })
    await call('cadre.save', { set: { name: '试四', unitId: ROOT } })
    expect(await tree(call)).toEqual(['测试镇 1', '·甲办 0', '·乙办 2', '··丁组 0', '·丙村 0'])
  })

  test('puts a unit without a parent below the township', async () => {
    const { call } = await startDesk()
    await call('unit.save', { set: { name: '党建办' } })
    expect(await tree(call)).toEqual(['测试镇 0', '·党建办 0'])
  })

  test('has one root: a second one is refused, made or moved', async () => {
    const { call, bugs } = await startDesk()
    await refused(call('unit.save', { set: { name: '另一镇', parentId: null } }), 'invalid-input')
    const { id } = await call('unit.save', { set: { name: '党建办' } })
    await refused(call('unit.save', { id, version: 1, set: { parentId: null } }), 'invalid-input')
    await call('unit.save', { id: ROOT, version: 1, set: { name: '新名镇', parentId: null } })
    expect(await tree(call)).toEqual(['新名镇 0', '·党建办 0'])
    expect(bugs).toEqual([])
  })

  test('has no loop: not below itself, not below what is below it', async () => {
    const { call } = await startDesk()
    const a = await call('unit.save', { set: { name: '甲' } })
    const b = await call('unit.save', { set: { name: '乙', parentId: a.id } })
    const c = await call('unit.save', { set: { name: '丙', parentId: b.id } })
    for (const parentId of [a.id, b.id, c.id]) {
      await refused(call('unit.save', { id: a.id, version: 1, set: { parentId } }), 'invalid-input', {
        issues: 'parentId',
      })
    }
    await refused(call('unit.save', { id: ROOT, version: 1, set: { parentId: c.id } }), 'invalid-input')
    await call('unit.save', { id: c.id, version: 1, set: { parentId: a.id } })
    expect(await tree(call)).toEqual(['测试镇 0', '·甲 0', '··丙 0', '··乙 0'])
  })

  test('takes no parent that is not there or was voided', async () => {
    const { call } = await startDesk()
    const { id } = await call('unit.save', { set: { name: '甲' } })
    await call('unit.void', { id, version: 1, reason: '撤并' })
    await refused(call('unit.save', { set: { name: '乙', parentId: id } }), 'voided', { register: 'unit' })
    const parentId = '0199b7aa-0000-7000-8000-00000000ffff'
    await refused(call('unit.save', { set: { name: '乙', parentId } }), 'not-found', { register: 'unit' })
    expect((await call('desk.verify', {})).ok).toBe(true)
  })
})

describe('a unit', () => {
  test('with people or units in it, or the township itself, cannot be voided', async () => {
    const { call } = await startDesk()
    const a = await call('unit.save', { set: { name: '甲' } })
    const b = await call('unit.save', { set: { name: '乙', parentId: a.id } })
    const person = await call('cadre.save', { set: { name: '试一', unitId: b.id } })
    await refused(call('unit.void', { id: a.id, version: 1, reason: '撤' }), 'in-use')
    await refused(call('unit.void', { id: b.id, version: 1, reason: '撤' }), 'in-use')
    await refused(call('unit.void', { id: ROOT, version: 1, reason: '撤' }), 'in-use')
    await call('cadre.void', { id: person.id, version: 1, reason: '错' })
    await call('unit.void', { id: b.id, version: 1, reason: '撤' })
    await call('unit.void', { id: a.id, version: 1, reason: '撤' })
    expect(await tree(call)).toEqual(['测试镇 0'])
    await refused(
      call('unit.void', { id: '0199b7aa-0000-7000-8000-00000000ffff', version: 1, reason: '撤' }),
      'not-found',
    )
  })

  test.each([
    [{ name: '' }],
    [{ name: '长'.repeat(61) }],
    [{ name: '甲', kind: 'county' }],
    [{ name: '甲', unitCode: '12' }],
    [{ name: '甲', validFrom: '2026' }],
  ])('of %j is refused', async (set) => {
    const { desk } = await startDesk()
    expect(await desk.call('unit.save', { set })).toMatchObject({ ok: false, code: 'invalid-input' })
  })
})

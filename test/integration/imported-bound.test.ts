import { describe, expect, test } from 'vitest'
import { IMPORTED_LIMITS, importedExcess } from '../../shared/domain/imported-texts.ts'
import { MAX_OP_BYTES } from '../../shared/sync/protocol.ts'
import { startDesk } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'
import { databaseOf, rowsIn } from '../helpers/workspace.ts'

const { keys, keyLength, valueLength, total } = IMPORTED_LIMITS
const columns = (count: number, value = '有') =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`栏${at}`, value]))

describe('texts kept from a roster', () => {
  test.each([
    ['keys', columns(keys), columns(keys + 1)],
    ['keyLength', { ['栏'.repeat(keyLength)]: '有' }, { ['栏'.repeat(keyLength + 1)]: '有' }],
    ['valueLength', { 栏: '字'.repeat(valueLength) }, { 栏: '字'.repeat(valueLength + 1) }],
    ['total', columns(2, '字'.repeat(total / 2 - 2)), columns(2, '字'.repeat(total / 2 - 1))],
  ])('are bounded by %s when a cadre is saved, and what is just within is kept whole', async (what, most, more) => {
    const { call, bugs } = await startDesk()
    expect([importedExcess(most), importedExcess(more)]).toEqual([null, what])
    const { id } = await call('cadre.save', { set: { name: '试一', imported: most } })
    expect((await call('cadre.reveal', { id, fields: ['imported'] })).values).toEqual({ imported: most })
    await refused(call('cadre.save', { set: { name: '试二', imported: more } }), 'imported-too-much', IMPORTED_LIMITS)
    await refused(call('cadre.save', { id, version: 1, set: { imported: more } }), 'imported-too-much', IMPORTED_LIMITS)
    expect(await call('cadre.list', {})).toMatchObject({ total: 1 })
    expect(bugs).toEqual([])
  })

  test('as many as are let in, beside the longest résumé, still make a change the city takes', async () => {
    const { dir, call } = await startDesk()
    const imported = columns(2, '字'.repeat(total / 2 - 2))
    await call('cadre.save', { set: { name: '试一', imported, resume: '历'.repeat(20_000) } })
    const [{ length }] = (await rowsIn(dir, 'select max(length(cast(bytes as blob))) as length from op')) as [
      { length: number },
    ]
    expect(length).toBeLessThan(MAX_OP_BYTES)
  })

  test('are refused where, with all else a cadre may have, the city would refuse the change', async () => {
    const { dir, call, bugs } = await startDesk()
    const set = {
      name: '试一',
      imported: columns(2, '字'.repeat(total / 2 - 2)),
      resume: '历'.repeat(20_000),
      formExtras: { 另项: '项'.repeat(19_000) },
    }
    await refused(call('cadre.save', { set }), 'change-too-large')
    expect(await call('cadre.list', {})).toMatchObject({ total: 0 })
    const { id } = await call('cadre.save', { set: { ...set, resume: null } })
    await call('cadre.save', { id, version: 1, set: { resume: set.resume } })
    const [{ length }] = (await rowsIn(dir, 'select max(length(cast(bytes as blob))) as length from op')) as [
      { length: number },
    ]
    expect(length).toBeLessThanOrEqual(MAX_OP_BYTES)
    expect(bugs).toEqual([])
  })

  test('of a record that held more before it was bounded stay, and the record can be read and saved', async () => {
    const { dir, call } = await startDesk()
    const { id } = await call('cadre.save', { set: { name: '试一', imported: columns(1) } })
    const held = columns(keys + 1)
    const sqlite = await databaseOf(dir)
    sqlite.prepare('update cadre set imported = ? where id = ?').run(JSON.stringify(held), id)
    await call('cadre.save', { id, version: 1, set: { postTitle: '副镇长' } })
    expect((await call('cadre.get', { id })).record).toMatchObject({ postTitle: '副镇长', imported: null })
    expect((await call('cadre.reveal', { id, fields: ['imported'] })).values).toEqual({ imported: held })
  })

  test('that are null, or not given, are no matter', async () => {
    const { call } = await startDesk()
    const { id } = await call('cadre.save', { set: { name: '试一', imported: null } })
    await call('cadre.save', { id, version: 1, set: { name: '试二' } })
  })
})

test('another input that does not fit is still told by its place', async () => {
  const { desk } = await startDesk()
  const reply = await desk.call('cadre.save', { set: { name: '试一', imported: { 栏: 1 } } })
  expect(reply).toMatchObject({
    ok: false,
    code: 'invalid-input',
    params: { issues: expect.stringContaining('set.imported') },
  })
})

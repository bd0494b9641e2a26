import { describe, expect, test } from 'vitest'
import { mask } from '../../shared/domain/register.ts'
import { cadre } from '../../shared/domain/cadre.ts'
import { aCadre, aFamilyMember } from '../builders/cadre.ts'
import { anIdentityNumber } from '../builders/identity-number.ts'
import { valuesOf } from '../builders/record.ts'
import { startDesk } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'
import { databaseOf, rowsIn } from '../helpers/workspace.ts'

const NUMBER = anIdentityNumber({ birth: '1985-07-12', sequence: 41 })
const PHONE = '13912345678'

describe('what a page is given', () => {
  test('never holds the digits of an identity number, a phone, or what is restricted', async () => {
    const { desk, call } = await startDesk()
    const over = { identityNumber: NUMBER, phone: PHONE, address: '独此一份的住址', healthStatus: '独此一份的病' }
    const { id } = await call('cadre.save', { set: valuesOf(cadre, aCadre(over)) })
    await call('cadre.save', { id, version: 1, set: { phone: '13987654321', identityNumber: null } })
    await call('cadre.save', { id, version: 2, set: { phone: PHONE, identityNumber: NUMBER } })
    const asked: [string, unknown][] = [
      ['cadre.list', {}],
      ['cadre.list', { text: NUMBER }],
      ['cadre.get', { id }],
      ['change.list', { register: 'cadre', recordId: id }],
      ['sync.list', { state: 'pending' }],
      ['talk.coverage', { year: 2026 }],
    ]
    for (const [name, input] of asked) {
      const reply = JSON.stringify(await desk.call(name, input))
      expect([name, reply.includes('"ok":true')]).toEqual([name, true])
      for (const secret of [
        NUMBER,
        NUMBER.slice(6, 14),
        NUMBER.slice(0, 10),
        PHONE,
        PHONE.slice(0, 8),
        '1398765',
        '独此一份',
      ]) {
        expect([name, secret, reply.includes(secret)]).toEqual([name, secret, false])
      }
    }
    const { record } = await call('cadre.get', { id })
    expect(record).toMatchObject({
      identityNumber: mask(NUMBER),
      phone: mask(PHONE),
      address: null,
      healthStatus: null,
    })
    expect(record.hidden.sort()).toEqual(['address', 'healthStatus', 'identityNumber', 'phone'])
    const { rows } = await call('change.list', { register: 'cadre', recordId: id })
    const phones = rows.flatMap((row) => row.fields.filter((field) => field.field === 'phone'))
    expect(phones[0]).toEqual({ field: 'phone', was: mask('13987654321'), now: mask(PHONE), hidden: true })
    const address = rows.at(-1)!.fields.find((field) => field.field === 'address')
    expect(address).toEqual({ field: 'address', was: null, now: null, hidden: true })
  })
})

describe('a reveal', () => {
  test('gives the fields asked for, and is in the access log before they are given', async () => {
    const { call, dir, officerId } = await startDesk({ now: () => new Date('2026-11-20T01:14:03Z') })
    const { id } = await call('cadre.save', {
      set: { name: '试一', identityNumber: NUMBER, phone: PHONE, address: '住址' },
    })
    expect(await call('cadre.reveal', { id, fields: ['identityNumber', 'address', 'rank'] })).toEqual({
      values: { identityNumber: NUMBER, address: '住址', rank: null },
    })
    expect((await call('access-log.list', {})).rows[0]).toMatchObject({
      at: '2026-11-20T09:14:03+08:00',
      byName: '王组委',
      action: 'reveal',
      register: 'cadre',
      recordId: id,
      detail: 'identityNumber,address,rank',
    })
    const [row] = await rowsIn(dir, 'select by_officer from access_log order by n desc limit 1')
    expect(row).toEqual({ by_officer: officerId })
  })

  test('gives nothing when the log cannot be written', async () => {
    const { call, dir, desk } = await startDesk()
    const { id } = await call('cadre.save', { set: { name: '试一', phone: PHONE } })
    const sqlite = await databaseOf(dir)
    sqlite.exec(`create trigger no_log before insert on access_log begin select raise(abort, 'no'); end`)
    const reply = await desk.call('cadre.reveal', { id, fields: ['phone'] })
    expect(reply).toMatchObject({ ok: false })
    expect(JSON.stringify(reply)).not.toContain(PHONE)
    sqlite.exec('drop trigger no_log')
    expect(await call('cadre.reveal', { id, fields: ['phone'] })).toEqual({ values: { phone: PHONE } })
  })

  test.each([['noSuchField'], ['unknown'], ['__proto__'], ['id'], ['constructor']])(
    'of %s, which is no field, is refused',
    async (field) => {
      const { call } = await startDesk()
      const { id } = await call('cadre.save', { set: { name: '试一' } })
      await refused(call('cadre.reveal', { id, fields: ['phone', field] }), 'invalid-input')
      expect((await call('access-log.list', {})).rows.map((row) => row.action)).not.toContain('reveal')
    },
  )

  test('of nobody is refused', async () => {
    const { call } = await startDesk()
    await refused(call('cadre.reveal', { id: '0199b7aa-0000-7000-8000-00000000ffff', fields: ['phone'] }), 'not-found')
  })
})

describe('a save', () => {
  test('keeps every field of a whole file', async () => {
    const { call } = await startDesk()
    const whole = aCadre({
      identityNumber: null,
      family: [aFamilyMember(), aFamilyMember({ relation: '儿子' })],
      tags: ['双肩挑', '女干部'],
      imported: { 备注列: '原样', 1: '数字头' },
      resume: '2007.08--2010.03  试验镇党政办科员\n2010.03--         试验镇党建办副主任',
      sortOrder: 3,
      joinedOn: '2007-08-01',
    })
    const { id } = await call('cadre.save', { set: valuesOf(cadre, whole) })
    const { record } = await call('cadre.get', { id })
    const { values } = await call('cadre.reveal', { id, fields: ['imported'] })
    expect({ ...record, ...values }).toMatchObject(valuesOf(cadre, whole))
  })

  test.each([
    [{ name: '' }],
    [{ name: '   ' }],
    [{ name: '名'.repeat(19) }],
    [{ birthMonth: '1985.07' }],
    [{ birthMonth: '1985-13' }],
    [{ identityNumber: '12345' }],
    [{ sex: 'x' }],
    [{ joinedOn: '2026-02-30' }],
    [{ rollGroup: null }],
    [{ sortOrder: -1 }],
    [{ sortOrder: 1.5 }],
    [{ noSuchField: 1 }],
    [{ version: 3 }],
    [{ voided: true }],
  ])('of %j is refused and writes nothing', async (set) => {
    const { desk, call } = await startDesk()
    expect(await desk.call('cadre.save', { set: { name: '试一', ...set } })).toMatchObject({
      ok: false,
      code: 'invalid-input',
    })
    expect((await call('cadre.list', {})).total).toBe(0)
  })

  test('takes an identity number in small letters with spaces round it, and warns instead of refusing', async () => {
    const { call } = await startDesk()
    const first = await call('cadre.save', {
      set: { name: '试一', sex: 'female', birthMonth: '1985-08', identityNumber: ` ${NUMBER.toLowerCase()} ` },
    })
    expect(first.findings.map((finding) => finding.rule).sort()).toEqual(['R-2', 'R-3'])
    const second = await call('cadre.save', { set: { name: '试二', identityNumber: NUMBER } })
    expect(second.findings).toMatchObject([{ rule: 'R-4', params: { name: '试一' } }])
  })

  test('of somebody who was voided is refused', async () => {
    const { call } = await startDesk()
    const { id } = await call('cadre.save', { set: { name: '试一' } })
    await call('cadre.void', { id, version: 1, reason: '错' })
    await refused(call('cadre.save', { id, version: 2, set: { name: '试二' } }), 'voided')
    await refused(call('cadre.void', { id, version: 2, reason: '错' }), 'voided')
  })

  test('into a unit that is not there, or was voided, is refused in words about that', async () => {
    const { call, bugs } = await startDesk()
    const root = (await call('unit.list', {})).rows[0]!.record
    const office = await call('unit.save', { set: { name: '撤掉的办公室', parentId: root.id } })
    await call('unit.void', { id: office.id, version: 1, reason: '撤并' })
    await refused(call('cadre.save', { set: { name: '试一', unitId: office.id } }), 'voided', { register: 'unit' })
    await refused(
      call('cadre.save', { set: { name: '试一', unitId: '0199b7aa-0000-7000-8000-00000000ffff' } }),
      'not-found',
      { register: 'unit' },
    )
    expect(bugs).toEqual([])
  })
})

describe('a voided cadre', () => {
  test('is on no list and in no figure, and still can be read', async () => {
    const { call } = await startDesk()
    const root = (await call('unit.list', {})).rows[0]!.record
    const { id } = await call('cadre.save', { set: { name: '试一', unitId: root.id } })
    await call('talk.save', { set: { cadreId: id, heldOn: '2026-03-18', talker: { name: '甲' } } })
    await call('cadre.void', { id, version: 1, reason: '重复' })
    for (const presence of ['here', 'left', 'all'] as const)
      expect((await call('cadre.list', { presence })).total).toBe(0)
    expect((await call('cadre.list', { text: '试一', presence: 'all' })).total).toBe(0)
    expect((await call('unit.list', {})).rows[0]?.onRoll).toBe(0)
    expect(await call('talk.coverage', { year: 2026 })).toMatchObject({ onRoll: 0, talked: 0, rate: null })
    expect((await call('cadre.get', { id })).record).toMatchObject({ voided: true, voidReason: '重复' })
    await refused(call('talk.save', { set: { cadreId: id, heldOn: '2026-03-18', talker: { name: '甲' } } }), 'voided')
    await refused(call('talk-assignment.save', { set: { cadreId: id, talker: { name: '甲' } } }), 'voided')
  })
})

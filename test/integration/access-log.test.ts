import { expect, test } from 'vitest'
import { openTestDesk, PASSPHRASE, startDesk } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'
import { signInAs } from '../helpers/roles.ts'

test('the access log says who unlocked, looked and set a passphrase, newest first, a page at a time', async () => {
  const { dir, desk, call, officerId } = await startDesk()
  const { id } = await call('cadre.save', { set: { name: '试一', phone: '139' } })
  for (let n = 0; n < 3; n += 1) await call('cadre.reveal', { id, fields: ['phone'] })
  await desk.close()
  const again = await openTestDesk(dir)
  await again.call('desk.unlock', { officerId, passphrase: PASSPHRASE })
  const whole = await again.call('access-log.list', {})
  expect(whole.rows.map((row) => [row.n, row.action, row.byName])).toEqual([
    [5, 'unlock', '王组委'],
    [4, 'reveal', '王组委'],
    [3, 'reveal', '王组委'],
    [2, 'reveal', '王组委'],
    [1, 'unlock', '王组委'],
  ])
  expect(whole.total).toBe(5)
  const page = await again.call('access-log.list', { limit: 2, offset: 1 })
  expect([page.total, page.rows.map((row) => row.n)]).toEqual([5, [4, 3]])
})

test('a refused look, a wrong field and a stale save leave no entry', async () => {
  const { call } = await startDesk()
  const { id } = await call('cadre.save', { set: { name: '试一', phone: '139' } })
  await refused(call('cadre.reveal', { id, fields: ['nothing'] }), 'invalid-input')
  await refused(call('talk.reveal', { id, fields: ['summary'] }), 'not-found')
  await refused(call('cadre.save', { id, version: 9, set: { name: '试二' } }), 'stale')
  expect((await call('access-log.list', {})).total).toBe(1)
})

test('nobody can write or empty it: there is no endpoint that does', async () => {
  const { desk, call } = await startDesk()
  await signInAs(call, 'secAuditor')
  const before = (await call('access-log.list', {})).total
  for (const name of ['access-log.save', 'access-log.void', 'access-log.delete', 'access-log.clear']) {
    expect(await desk.call(name, {})).toMatchObject({ ok: false, code: 'not-found' })
  }
  expect((await call('access-log.list', {})).total).toBe(before)
})

test('what goes on paper is logged: a list by its length, a talk by what was open of it', async () => {
  const { call } = await startDesk()
  const { id: cadreId } = await call('cadre.save', { set: { name: '试一' } })
  const { id } = await call('talk.save', {
    set: { cadreId, heldOn: '2026-03-18', talker: { name: '甲' }, summary: '谈了' },
  })
  await call('print.cadreList', { rows: 12 })
  await call('print.talkList', { rows: 0 })
  await call('print.talk', { recordId: id, fields: [] })
  await call('print.talk', { recordId: id, fields: ['summary', 'needs'] })
  const { rows } = await call('access-log.list', { limit: 4 })
  expect(rows.map(({ action, register, recordId, detail }) => [action, register, recordId, detail])).toEqual([
    ['print', 'talk', id, 'summary,needs'],
    ['print', 'talk', id, null],
    ['print', 'talk', null, 'rows=0'],
    ['print', 'cadre', null, 'rows=12'],
  ])
})

test('nobody prints what they may not see, nor a talk or field there is not', async () => {
  const { call } = await startDesk()
  const { id: cadreId } = await call('cadre.save', { set: { name: '试一' } })
  const { id } = await call('talk.save', {
    set: { cadreId, heldOn: '2026-03-18', talker: { name: '甲' }, summary: '谈了' },
  })
  await refused(call('print.talk', { recordId: cadreId, fields: [] }), 'not-found')
  await refused(call('print.talk', { recordId: id, fields: ['nothing'] }), 'invalid-input')
  await signInAs(call, 'viewer')
  await call('print.talk', { recordId: id, fields: [] })
  await refused(call('print.talk', { recordId: id, fields: ['summary'] }), 'not-allowed')
})

test('the form on paper has what its reader may export, and is logged before it is handed out', async () => {
  const { call } = await startDesk()
  const set = { name: '试一', healthStatus: '健康', identityNumber: '371002198507120014', politicalStatus: '民建会员' }
  const { id } = await call('cadre.save', { set })
  const form = await call('print.cadreForm', { recordId: id })
  expect(form).toMatchObject({ values: { name: '试一', healthStatus: '健康', partyJoined: '民建' }, photo: null })
  expect(form.agesOn).toBe((await call('session.get', {})).today)
  expect(JSON.stringify(form)).not.toContain(set.identityNumber)
  const entry = async () => (await call('access-log.list', { limit: 1 })).rows[0]
  expect(await entry()).toMatchObject({ action: 'print', register: 'cadre', recordId: id, detail: 'healthStatus' })

  const { total } = await call('access-log.list', {})
  await call('cadre.void', { id, version: 1, reason: '重复' })
  await refused(call('print.cadreForm', { recordId: id }), 'voided')
  expect((await call('access-log.list', {})).total).toBe(total)
  const { id: other } = await call('cadre.save', { set: { name: '试二', ageCalculatedOn: '2026-01-01' } })
  expect((await call('print.cadreForm', { recordId: other })).agesOn).toBe('2026-01-01')
  await signInAs(call, 'viewer')
  await refused(call('print.cadreForm', { recordId: other }), 'not-allowed')
})

test('who reads no cadre prints none', async () => {
  const { call } = await startDesk()
  await signInAs(call, 'secAuditor')
  await refused(call('print.cadreList', { rows: 3 }), 'not-allowed')
  const { rows } = await call('access-log.list', {})
  expect(rows.map(({ action }) => action)).not.toContain('print')
})

import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openTestDesk, PASSPHRASE, startDesk, temporaryFolder } from '../helpers/desk.ts'

test('the demo can be ended, its files kept aside, and a real township begun in the same folder', async () => {
  const dir = temporaryFolder()
  const { call } = await openTestDesk(dir)
  const { session } = await call('desk.demo', {})
  expect(session).toMatchObject({ demo: true, unit: { name: '演示镇' } })
  expect((await call('cadre.list', {})).total).toBeGreaterThan(100)
  await call('desk.endDemo', {})
  expect(await call('desk.status', {})).toMatchObject({ state: 'absent' })
  expect(readdirSync(dir)).not.toContain('keys.json')
  const real = { unitName: '测试镇', unitCode: '371002101', officerName: '王组委', passphrase: PASSPHRASE }
  expect((await call('desk.init', real)).session).toMatchObject({ demo: false })
  expect((await call('cadre.list', { presence: 'all' })).total).toBe(0)
})

test('a real desk cannot be ended like a demo', async () => {
  const { call } = await startDesk()
  await expect(call('desk.endDemo', {})).rejects.toMatchObject({ code: 'not-allowed' })
  expect(await call('desk.status', {})).toMatchObject({ state: 'open' })
})

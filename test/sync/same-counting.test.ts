import { expect, test } from 'vitest'
import { startCity } from '../helpers/city.ts'
import { signIn } from '../helpers/console.ts'
import { startDesk, UNIT_CODE } from '../helpers/desk.ts'

test('W18-14 desk and city choose the same one of two values from one day', async () => {
  let moment = Date.parse('2026-11-20T01:00:00Z')
  const now = () => new Date(moment++)
  const city = await startCity({ now })
  const { call } = await startDesk({ now })
  await call('sync.enrol', { city: city.url, code: await city.enrolCode(UNIT_CODE) })
  const set = { key: 'countable-roll-groups' as const, since: '2026-01-01' }
  const first = await call('setting.save', { set: { ...set, value: ['in-post'], basis: '一' } })
  await call('setting.void', { id: first.id, version: 1, reason: '录错' })
  await call('setting.save', { set: { ...set, value: ['village'], basis: '二' } })
  // Undoing the void brings the first one back beside the second, which is how a desk comes to have both.
  const { rows } = await call('change.list', { register: 'setting', recordId: first.id })
  await call('change.undo', { txn: rows.find(({ kind }) => kind === 'void')!.txn })
  expect((await call('setting.list', {})).rows).toHaveLength(2)
  await call('sync.run', {})

  const { basis } = (await (await signIn(city, UNIT_CODE)).townships()).townships[0]!.coverage!
  expect(basis.rollGroups).toEqual({ value: ['village'], since: '2026-01-01', basis: '二' })
  expect((await call('talk.coverage', { year: 2026 })).basis).toMatchObject({ rollGroups: ['village'], document: '二' })
})

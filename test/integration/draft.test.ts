import { describe, expect, test } from 'vitest'
import { openTestDesk, PASSPHRASE, startDesk } from '../helpers/desk.ts'
import { SECOND_PASSPHRASE, signInAs } from '../helpers/roles.ts'
import { rowsIn } from '../helpers/workspace.ts'

describe('a draft', () => {
  test('is there again after the desk was locked, closed and opened', async () => {
    const { dir, desk, call, officerId } = await startDesk()
    const content = {
      set: { summary: '写到一半', heldOn: '2026-03-18' },
      others: [{ cadreId: 'x' }],
      n: 1.5,
      empty: null,
    }
    await call('draft.save', { key: 'talk', content })
    await call('desk.lock', {})
    await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    expect((await call('draft.list', {})).rows).toMatchObject([{ key: 'talk', content }])
    await desk.close()
    const again = await openTestDesk(dir)
    await again.call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    expect((await again.call('draft.list', {})).rows).toMatchObject([{ key: 'talk', content }])
  })

  test('is replaced by the next one of its form, and thrown away by null', async () => {
    let seconds = 0
    const { call } = await startDesk({ now: () => new Date(Date.UTC(2026, 10, 20, 1, 0, (seconds += 1))) })
    await call('draft.save', { key: 'talk', content: { a: 1 } })
    await call('draft.save', { key: 'cadre:1', content: 'text' })
    await call('draft.save', { key: 'talk', content: { a: 2 } })
    expect((await call('draft.list', {})).rows.map((row) => [row.key, row.content])).toEqual([
      ['talk', { a: 2 }],
      ['cadre:1', 'text'],
    ])
    await call('draft.save', { key: 'talk', content: null })
    await call('draft.save', { key: 'never-was', content: null })
    expect((await call('draft.list', {})).rows.map((row) => row.key)).toEqual(['cadre:1'])
  })

  test('is its officer’s alone', async () => {
    const { call, officerId } = await startDesk()
    await call('draft.save', { key: 'talk', content: '王的' })
    const other = await signInAs(call, 'operator')
    expect((await call('draft.list', {})).rows).toEqual([])
    await call('draft.save', { key: 'talk', content: '李的' })
    await call('draft.save', { key: 'cadre', content: null })
    await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    expect((await call('draft.list', {})).rows.map((row) => row.content)).toEqual(['王的'])
    await call('draft.save', { key: 'talk', content: null })
    await call('desk.unlock', { officerId: other, passphrase: SECOND_PASSPHRASE })
    expect((await call('draft.list', {})).rows.map((row) => row.content)).toEqual(['李的'])
  })

  test('is no change: nothing of it is queued, in the history or counted', async () => {
    const { call, dir } = await startDesk()
    await call('draft.save', { key: 'talk', content: { summary: '不上报' } })
    expect(await call('sync.status', {})).toMatchObject({ pending: 2 })
    expect(await rowsIn(dir, 'select count(*) as n from op')).toEqual([{ n: 2 }])
    expect((await call('desk.verify', {})).ok).toBe(true)
  })
})

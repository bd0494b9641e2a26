import { describe, expect, test } from 'vitest'
import { startDesk } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'

const at = (moment: string) => ({ now: () => new Date(moment) })

describe('a dated setting', () => {
  test('is in force from its day on, with its document, and is listed newest first', async () => {
    const { call } = await startDesk(at('2026-11-20T01:00:00Z'))
    const save = (since: string, value: string[], basis: string | null) =>
      call('setting.save', { set: { key: 'countable-roll-groups', value, since, basis } })
    await save('2025-01-01', ['in-post'], '威组〔2025〕1号')
    await save('2026-01-01', ['in-post', 'village'], '威组〔2026〕1号')
    await save('2027-01-01', ['village'], null)
    expect((await call('setting.list', {})).rows.map((row) => row.since)).toEqual([
      '2027-01-01',
      '2026-01-01',
      '2025-01-01',
    ])
    const basis = async (year: number) => (await call('talk.coverage', { year })).basis
    expect(await basis(2024)).toMatchObject({ rollGroups: ['in-post', 'staffed-away'], since: null, document: null })
    expect(await basis(2025)).toMatchObject({
      rollGroups: ['in-post'],
      since: '2025-01-01',
      document: '威组〔2025〕1号',
    })
    expect(await basis(2026)).toMatchObject({ rollGroups: ['in-post', 'village'], document: '威组〔2026〕1号' })
  })

  test('that is voided is as if it had never been', async () => {
    const { call } = await startDesk(at('2026-11-20T01:00:00Z'))
    const { id } = await call('setting.save', {
      set: { key: 'countable-talk-formats', value: ['individual', 'collective'], since: '2026-01-01' },
    })
    expect((await call('talk.coverage', { year: 2026 })).basis.talkFormats).toEqual(['individual', 'collective'])
    await call('setting.void', { id, version: 1, reason: '录错' })
    expect((await call('talk.coverage', { year: 2026 })).basis).toMatchObject({
      talkFormats: ['individual'],
      since: null,
    })
    expect((await call('setting.list', {})).rows).toEqual([])
  })

  test('is named by its key in the list of changes, also where a change does not say it', async () => {
    const { call } = await startDesk()
    const set = { key: 'countable-roll-groups', value: ['in-post'], since: '2026-01-01' } as const
    const { id } = await call('setting.save', { set })
    await call('setting.save', { id, version: 1, set: { basis: '威组〔2026〕1号' } })
    await call('setting.void', { id, version: 2, reason: '录错' })
    const { rows } = await call('sync.list', { state: 'pending' })
    const own = rows.filter(({ register }) => register === 'setting')
    expect(own.map(({ kind, label }) => [kind, label])).toEqual(
      ['void', 'patch', 'create'].map((kind) => [kind, set.key]),
    )
  })

  test.each([
    ['countable-roll-groups', ['retired']],
    ['countable-roll-groups', []],
    ['countable-roll-groups', ['in-post', 'in-post']],
    ['countable-talk-types', ['in-post']],
    ['countable-talk-formats', ['individual', 'written']],
    ['no-such-setting', ['in-post']],
  ])('%s cannot be %j, and nothing of the attempt stays', async (key, value) => {
    const { desk, call } = await startDesk()
    const reply = await desk.call('setting.save', { set: { key, value, since: '2026-01-01' } })
    expect(reply).toMatchObject({ ok: false, code: 'invalid-input' })
    expect((await call('setting.list', {})).rows).toEqual([])
    expect((await call('sync.status', {})).pending).toBe(2)
  })

  test('of a key has no second value from the same day: the first one is to be changed', async () => {
    const { call } = await startDesk()
    const set = { key: 'countable-roll-groups', value: ['in-post'], since: '2026-01-01' } as const
    const first = await call('setting.save', { set: { ...set, value: [...set.value] } })
    await refused(call('setting.save', { set: { ...set, value: ['village'] } }), 'same-day-setting')
    const other = await call('setting.save', { set: { ...set, value: ['village'], since: '2026-02-01' } })
    await refused(call('setting.save', { id: other.id, version: 1, set: { since: '2026-01-01' } }), 'same-day-setting')
    await call('setting.save', { id: first.id, version: 1, set: { value: ['village'] } })
    await call('setting.save', { set: { key: 'countable-talk-types', value: ['reminder'], since: '2026-01-01' } })
    expect((await call('setting.list', {})).rows.map(({ key, since, value }) => [key, since, value])).toEqual([
      ['countable-roll-groups', '2026-02-01', ['village']],
      ['countable-roll-groups', '2026-01-01', ['village']],
      ['countable-talk-types', '2026-01-01', ['reminder']],
    ])
  })

  test('may take the day of one that was voided', async () => {
    const { call } = await startDesk()
    const set = { key: 'countable-roll-groups' as const, since: '2026-01-01' }
    const { id } = await call('setting.save', { set: { ...set, value: ['in-post'] } })
    await call('setting.void', { id, version: 1, reason: '录错' })
    await call('setting.save', { set: { ...set, value: ['village'] } })
    expect((await call('talk.coverage', { year: 2026 })).basis.rollGroups).toEqual(['village'])
  })

  test('cannot be changed into one that means nothing', async () => {
    const { call } = await startDesk()
    const { id } = await call('setting.save', {
      set: { key: 'countable-roll-groups', value: ['in-post'], since: '2026-01-01' },
    })
    await refused(call('setting.save', { id, version: 1, set: { key: 'countable-talk-types' } }), 'invalid-input')
    expect((await call('setting.list', {})).rows).toMatchObject([{ key: 'countable-roll-groups', version: 1 }])
  })
})

import { describe, expect, test } from 'vitest'
import type { Call } from '../helpers/desk.ts'
import { startDesk } from '../helpers/desk.ts'
import { databaseOf, rowsIn } from '../helpers/workspace.ts'

/** A desk with a few of everything, its database opened beside it. */
async function aDeskWithHistory() {
  const { dir, call } = await startDesk()
  const { id } = await call('cadre.save', { set: { name: '试一', postTitle: '甲', phone: '139', note: '备注' } })
  await call('cadre.save', { id, version: 1, set: { postTitle: '乙', note: '改' } })
  const talk = await call('talk.save', {
    set: { cadreId: id, heldOn: '2026-03-18', talker: { name: '丁' }, summary: '内容' },
  })
  await call('talk.reveal', { id: talk.id, fields: ['summary'] })
  await call('talk.void', { id: talk.id, version: 1, reason: '错' })
  return { dir, call, id, sqlite: await databaseOf(dir) }
}
const failing = async (call: Call) => {
  const { ok, checks } = await call('desk.verify', {})
  const failed = checks.filter((check) => !check.ok).map((check) => [check.name, check.detail] as const)
  expect(ok).toBe(failed.length === 0)
  return failed
}

describe('the proof of a database', () => {
  test('of an honest one has nothing to say', async () => {
    const { call } = await aDeskWithHistory()
    const { checks } = await call('desk.verify', {})
    expect(checks.map((check) => check.name)).toEqual([
      'pages',
      'references',
      'chain',
      'history',
      'records',
      'access-log',
    ])
    expect(checks.every((check) => check.ok && check.detail === null)).toBe(true)
  })

  test('finds one changed character in any op, and says in which', async () => {
    const { call, sqlite, dir } = await aDeskWithHistory()
    const ops = await rowsIn<{ seq: number; bytes: string }>(dir, 'select seq, bytes from op')
    const update = sqlite.prepare('update op set bytes = ? where seq = ?')
    for (const { seq, bytes } of ops) {
      const at = (seq * 37) % bytes.length
      const other = bytes[at] === 'x' ? 'y' : 'x'
      update.run(bytes.slice(0, at) + other + bytes.slice(at + 1), seq)
      expect(await failing(call)).toContainEqual(['chain', `op ${seq}`])
      update.run(bytes, seq)
    }
    expect(await failing(call)).toEqual([])
  })

  test.each([
    ['bytes_hash', `'sha256:' || substr(bytes_hash, 9) || '0'`],
    ['hash', `'sha256:' || substr(hash, 9) || '0'`],
    ['kind', `'void'`],
    ['register', `'unit'`],
    ['record_id', `'0199b7aa-0000-7000-8000-000000000001'`],
    ['txn', `'0199b7aa-0000-7000-8000-000000000001'`],
    ['by_officer', `'0199b7aa-0000-7000-8000-000000000001'`],
    ['at', `'2020-01-01T00:00:00+08:00'`],
    ['epoch', `'another'`],
    ['undoes', `'0199b7aa-0000-7000-8000-000000000001'`],
    ['of_seq', '1'],
  ])('finds another %s in an op’s own columns', async (column, value) => {
    const { call, sqlite } = await aDeskWithHistory()
    sqlite.exec(`update op set ${column} = ${value} where seq = 4`)
    const failed = await failing(call)
    expect(failed.length).toBeGreaterThan(0)
    expect(failed[0]?.[1]).toContain('op 4')
  })

  test('finds an op that was taken out, at the place where it is missing', async () => {
    const { call, sqlite } = await aDeskWithHistory()
    sqlite.pragma('foreign_keys = OFF')
    sqlite.exec('delete from op where seq = 4')
    expect(await failing(call)).toContainEqual(['chain', 'op 5'])
  })

  test('finds two ops that changed places', async () => {
    const { call, sqlite } = await aDeskWithHistory()
    sqlite.pragma('foreign_keys = OFF')
    sqlite.exec(
      'update op set seq = 99 where seq = 4; update op set seq = 4 where seq = 5; update op set seq = 5 where seq = 99',
    )
    expect(await failing(call)).toContainEqual(['chain', 'op 4'])
  })

  test('finds a record that was changed behind the ledger’s back, by name of the field', async () => {
    const { call, sqlite, id } = await aDeskWithHistory()
    sqlite.exec(`update cadre set post_title = '丙'`)
    expect(await failing(call)).toEqual([['records', `cadre ${id} postTitle`]])
    sqlite.exec(`update cadre set post_title = '乙', voided = 1`)
    expect(await failing(call)).toEqual([['records', `cadre ${id} voided`]])
    sqlite.exec(`update cadre set voided = 0, version = 7`)
    expect(await failing(call)).toEqual([['records', `cadre ${id} version`]])
  })

  test('finds a record that was slipped in, or taken out', async () => {
    const { call, sqlite } = await aDeskWithHistory()
    sqlite.pragma('foreign_keys = OFF')
    sqlite.exec(`insert into officer (id, version, voided, created_at, updated_at, name, role, state)
      values ('x', 1, 0, '', '', '外人', 'orgCommissioner', 'active')`)
    expect((await failing(call)).map(([name]) => name)).toEqual(['records'])
    sqlite.exec(`delete from officer where id = 'x'; delete from talk`)
    expect((await failing(call)).map(([name]) => name)).toEqual(['records'])
  })

  test('finds a history that was rewritten: what is, what was, or an entry gone', async () => {
    const { call, sqlite, id } = await aDeskWithHistory()
    const original = sqlite.prepare('select changes from op where seq = 4').pluck().get() as string
    const rewrite = (text: string) => sqlite.prepare('update op set changes = ? where seq = 4').run(text)
    rewrite(original.replace('"甲"', '"子"'))
    expect(await failing(call)).toEqual([['history', 'op 4']])
    rewrite(original.replace('"乙"', '"子"'))
    expect((await failing(call)).map(([name]) => name)).toEqual(['history', 'records'])
    rewrite(original.replace(',"note":["备注","改"]', '').replace('"note":["备注","改"],', ''))
    expect((await failing(call)).map(([name]) => name)).toEqual(['history', 'records'])
    rewrite(original)
    expect(await failing(call)).toEqual([])
    sqlite.exec('update op set version = 7 where seq = 4')
    expect(await failing(call)).toEqual([
      ['history', 'op 4'],
      ['records', `cadre ${id} version`],
    ])
  })

  test('finds record and history changed together: the ledger still says what was saved', async () => {
    const { call, sqlite } = await aDeskWithHistory()
    sqlite.exec(
      `update cadre set post_title = '丙'; update op set changes = replace(changes, '"乙"', '"丙"') where seq = 4`,
    )
    expect((await failing(call)).map(([name]) => name)).toEqual(['history'])
  })

  test('accepts an op whose bytes were erased on instruction, and still proves the rest', async () => {
    const { call, sqlite } = await aDeskWithHistory()
    for (const seq of [4, 3]) {
      sqlite.exec(`update op set bytes = null where seq = ${seq}`)
      expect(await failing(call)).toEqual([])
      sqlite.exec(`update op set changes = null where seq = ${seq}`)
      expect(await failing(call)).toEqual([])
    }
    sqlite.exec(`update cadre set version = 7`)
    expect((await failing(call)).map(([name]) => name)).toEqual(['records'])
  })

  test('finds what is said of the first op rewritten, readable or sealed', async () => {
    const { call, sqlite } = await aDeskWithHistory()
    const rewrite = (text: string) => sqlite.prepare('update op set changes = ? where seq = 3').run(text)
    const original = sqlite.prepare('select changes from op where seq = 3').pluck().get() as string
    expect(Object.keys(JSON.parse(original) as object).sort()).toEqual(['note', 'phone'])
    rewrite(original.replace('"139"', '"138"'))
    expect((await failing(call)).map(([name]) => name)).toEqual(['records'])
    rewrite(JSON.stringify({ ...JSON.parse(original), postTitle: [null, '子'] }))
    expect((await failing(call)).map(([name]) => name)).toContain('history')
    rewrite('{')
    expect((await failing(call)).map(([name]) => name)).toEqual(['history', 'records'])
  })

  test('finds a talk whose cadre is gone', async () => {
    const { call, sqlite } = await aDeskWithHistory()
    sqlite.pragma('foreign_keys = OFF')
    sqlite.exec(`update talk set cadre_id = '0199b7aa-0000-7000-8000-000000000001'`)
    const failed = await failing(call)
    expect(failed.map(([name]) => name)).toContain('references')
  })
})

describe('the access log', () => {
  const entries = (dir: string) =>
    rowsIn<{ n: number; action: string }>(dir, 'select n, action from access_log order by n')

  test.each([
    ['who', `update access_log set by_name = '别人' where n = 2`, 'entry 2'],
    ['by id', `update access_log set by_officer = 'x' where n = 2`, 'entry 2'],
    ['when', `update access_log set at = '2020-01-01T00:00:00+08:00' where n = 2`, 'entry 2'],
    ['what was done', `update access_log set action = 'unlock' where n = 2`, 'entry 2'],
    ['which fields', `update access_log set detail = 'place' where n = 2`, 'entry 2'],
    ['about whom', `update access_log set record_id = null where n = 2`, 'entry 2'],
    ['in which register', `update access_log set register = 'unit' where n = 2`, 'entry 2'],
    ['the first entry gone', 'delete from access_log where n = 1', 'entry 2'],
    ['an entry in between gone', 'delete from access_log where n = 2', 'entry 3'],
    ['the last entry gone', 'delete from access_log where n = (select max(n) from access_log)', 'entry 4'],
    ['all of it gone', 'delete from access_log', 'entry 1'],
  ])('shows that somebody changed %s', async (_what, statement, where) => {
    const { call, sqlite, dir, id } = await aDeskWithHistory()
    await call('cadre.reveal', { id, fields: ['phone'] })
    await call('cadre.reveal', { id, fields: ['note'] })
    expect((await entries(dir)).map((entry) => entry.action)).toEqual(['unlock', 'reveal', 'reveal', 'reveal'])
    sqlite.exec(statement)
    expect(await failing(call)).toEqual([['access-log', where]])
  })
})

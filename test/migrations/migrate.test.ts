import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { connect } from '../../db/open.ts'
import { migrateDatabase } from '../../db/migrate.ts'
import { migration, type Migration } from '../../db/migrations/define.ts'
import { migrations } from '../../db/migrations/index.ts'
import { profilePaths } from '../../core/profile.ts'
import { openTestDesk, PASSPHRASE, startDesk, temporaryFolder } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'
import { dataKeyOf } from '../helpers/workspace.ts'

const KEY = Buffer.alloc(32, 5)
const NOW = new Date('2026-11-20T01:00:00Z')
const next = (name: string, ...statements: string[]): Migration => migration(name, ...statements)
const MORE = next('9001-more', 'create table more (a integer) strict', `insert into more values (1)`)

const aFile = (): string => join(temporaryFolder(), 'desk.db')
const digest = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')
function ask(file: string, sql: string): unknown[] {
  const sqlite = connect(file, KEY)
  try {
    return sqlite.prepare(sql).pluck().all()
  } finally {
    sqlite.close()
  }
}
const backups = (file: string): string[] => {
  const folder = join(dirname(file), 'backup')
  return existsSync(folder) ? readdirSync(folder).sort() : []
}

describe('migrating', () => {
  test('a new database runs everything that was released, in order, and needs no copy', () => {
    const file = aFile()
    expect(migrateDatabase(file, KEY, NOW)).toEqual(migrations.map((m) => m.name))
    expect(ask(file, 'select name from migration order by rowid')).toEqual(migrations.map((m) => m.name))
    expect(backups(file)).toEqual([])
  })

  test('an up-to-date database does nothing', () => {
    const file = aFile()
    migrateDatabase(file, KEY, NOW)
    const before = digest(file)
    expect(migrateDatabase(file, KEY, NOW)).toEqual([])
    expect(digest(file)).toBe(before)
    expect(backups(file)).toEqual([])
  })

  test('an older one takes an encrypted copy first, which opens with the key alone and is as it was before', () => {
    const file = aFile()
    migrateDatabase(file, KEY, NOW)
    expect(migrateDatabase(file, KEY, NOW, [...migrations, MORE])).toEqual(['9001-more'])
    expect(ask(file, 'select a from more')).toEqual([1])
    expect(backups(file)).toEqual([`before-9001-more-${NOW.getTime()}.db`])
    const copy = join(dirname(file), 'backup', backups(file)[0]!)
    expect(ask(copy, 'select name from migration')).toEqual(migrations.map((m) => m.name))
    expect(ask(copy, `select count(*) from sqlite_master where name = 'more'`)).toEqual([0])
    expect(readFileSync(copy).subarray(0, 15).toString()).not.toBe('SQLite format 3')
    expect(() => connect(copy, randomBytes(32))).toThrow(expect.objectContaining({ code: 'profile-damaged' }))
  })

  test('names are in order and none is used twice', () => {
    const names = migrations.map((m) => m.name)
    expect(names).toEqual([...names].sort())
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^\d{4}-[a-z]+(-[a-z]+)*$/)
  })
})

describe('a migration that fails', () => {
  const HALF = next(
    '9002-half',
    'create table half (a integer) strict',
    'insert into half values (1)',
    'this is not SQL',
  )

  test('leaves nothing of itself, keeps those before it, and can be repeated once it is mended', () => {
    const file = aFile()
    migrateDatabase(file, KEY, NOW)
    expect(() => migrateDatabase(file, KEY, NOW, [...migrations, MORE, HALF])).toThrow(/syntax error/)
    expect(ask(file, 'select name from migration order by rowid')).toEqual([
      ...migrations.map((m) => m.name),
      '9001-more',
    ])
    expect(ask(file, `select count(*) from sqlite_master where name = 'half'`)).toEqual([0])
    const mended = next('9002-half', 'create table half (a integer) strict')
    expect(migrateDatabase(file, KEY, new Date(NOW.getTime() + 1), [...migrations, MORE, mended])).toEqual([
      '9002-half',
    ])
  })

  test('of a program’s own code undoes what it had done so far', () => {
    const file = aFile()
    migrateDatabase(file, KEY, NOW)
    const broken: Migration = {
      name: '9003-broken',
      up: (sqlite) => {
        sqlite.exec(`delete from migration; create table broken (a) strict`.replace(' strict', ''))
        throw new Error('a bug')
      },
    }
    expect(() => migrateDatabase(file, KEY, NOW, [...migrations, broken])).toThrow('a bug')
    expect(ask(file, 'select count(*) from migration')).toEqual([migrations.length])
    expect(ask(file, `select count(*) from sqlite_master where name = 'broken'`)).toEqual([0])
  })
})

describe('a database of a newer program', () => {
  test('is refused with the name of what we do not know, and not touched', async () => {
    const { dir, desk, officerId } = await startDesk()
    await desk.close()
    const { database } = profilePaths(dir)
    const key = await dataKeyOf(dir)
    migrateDatabase(database, key, NOW, [...migrations, MORE])
    const before = digest(database)
    expect(() => migrateDatabase(database, key, NOW)).toThrow(
      expect.objectContaining({ code: 'profile-newer', params: { migration: '9001-more' } }),
    )
    const again = await openTestDesk(dir)
    await refused(again.call('desk.unlock', { officerId, passphrase: PASSPHRASE }), 'profile-newer', {
      migration: '9001-more',
    })
    expect(await again.call('desk.status', {})).toMatchObject({ state: 'locked' })
    expect(again.bugs).toEqual([])
    await again.desk.close()
    expect(digest(database)).toBe(before)
  })
})

test('0004 moves each history into its op', () => {
  const file = aFile()
  migrateDatabase(file, KEY, NOW, migrations.slice(0, 3))
  const before = connect(file, KEY)
  const insert = `insert into op (seq, epoch, register, record_id, kind, txn, by_officer, at, bytes_hash, hash) values`
  before.exec(`${insert} (1, 'e', 'cadre', 'a', 'create', 't', 'o', 'n', 'h', 'h'), (2, 'e', 'cadre', 'a', 'patch', 't', 'o', 'n', 'h', 'h');
    insert into revision (seq, register, record_id, version, changes) values (1, 'cadre', 'a', 1, '{"name":[null,"甲"]}'), (2, 'cadre', 'a', 2, '{"name":["甲","乙"]}')`)
  before.close()
  expect(migrateDatabase(file, KEY, NOW)).toEqual(migrations.slice(3).map((m) => m.name))
  expect(ask(file, `select version || changes from op order by seq`)).toEqual([
    '1{"name":[null,"甲"]}',
    '2{"name":["甲","乙"]}',
  ])
})

test('an update migrates at unlock and keeps every record', async () => {
  const { dir, desk, call, officerId } = await startDesk()
  const { id } = await call('cadre.save', { set: { name: '试一', note: '备注' } })
  await desk.close()
  // What an older program would have left: the same database, one migration short of what this one knows.
  const { database } = profilePaths(dir)
  const key = await dataKeyOf(dir)
  migrateDatabase(database, key, NOW, [...migrations, MORE])
  const sqlite = connect(database, key)
  sqlite.exec(`drop table more; delete from migration where name = '9001-more'`)
  sqlite.close()
  expect(migrateDatabase(database, key, new Date(NOW.getTime() + 1), [...migrations, MORE])).toEqual(['9001-more'])
  const tidy = connect(database, key)
  tidy.exec(`drop table more; delete from migration where name = '9001-more'`)
  tidy.close()
  const again = await openTestDesk(dir)
  await again.call('desk.unlock', { officerId, passphrase: PASSPHRASE })
  expect((await again.call('cadre.get', { id })).record).toMatchObject({ name: '试一', note: '备注' })
  expect(await again.call('desk.verify', {})).toMatchObject({ ok: true })
})

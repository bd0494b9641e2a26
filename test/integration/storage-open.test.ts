import { createHash, randomBytes } from 'node:crypto'
import {
  closeSync,
  cpSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import { connect, isTooOld, openStore } from '../../db/open.ts'
import { migrateDatabase } from '../../db/migrate.ts'
import { profilePaths } from '../../core/profile.ts'
import { aCadre } from '../builders/cadre.ts'
import { valuesOf } from '../builders/record.ts'
import { cadre } from '../../shared/domain/cadre.ts'
import { openTestDesk, PASSPHRASE, startDesk, temporaryFolder } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'
import { anEmptyStore, dataKeyOf } from '../helpers/workspace.ts'

const KEY = Buffer.alloc(32, 3)

function aDatabase(): string {
  const file = join(temporaryFolder(), 'desk.db')
  migrateDatabase(file, KEY, new Date())
  return file
}
function opened(file: string, key: Buffer = KEY, options = {}): Database.Database {
  const sqlite = connect(file, key, options)
  onTestFinished(() => void sqlite.close())
  return sqlite
}
const faultOf = (work: () => unknown): unknown => {
  try {
    work()
    return null
  } catch (error) {
    return error
  }
}
const digest = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')

describe('the settings that must hold', () => {
  test.each([1, 2, 3])('hold at opening number %i, on the writing and on the reading connection', (times) => {
    const file = aDatabase()
    for (let n = 1; n < times; n += 1) connect(file, KEY).close()
    const settings = (sqlite: Database.Database) =>
      ['journal_mode', 'synchronous', 'temp_store', 'foreign_keys'].map((name) => sqlite.pragma(name, { simple: true }))
    expect(settings(opened(file))).toEqual(['wal', 2, 2, 1])
    expect(settings(opened(file, KEY, { readonly: true }))).toEqual(['wal', 2, 2, 1])
  })

  test('would not hold by themselves: an existing WAL database opens with synchronous=NORMAL', () => {
    const file = aDatabase()
    const bare = new Database(file)
    onTestFinished(() => void bare.close())
    bare.pragma(`cipher = 'aegis'`)
    bare.pragma(`key = "raw:${KEY.toString('hex')}"`)
    bare.prepare('select count(*) from migration').get()
    expect(bare.pragma('synchronous', { simple: true })).toBe(1)
  })

  test('SQLite is new enough not to have the WAL-reset bug', () => {
    const version = opened(aDatabase()).prepare('select sqlite_version()').pluck().get() as string
    const [major, minor, patch] = version.split('.').map(Number) as [number, number, number]
    expect(major * 1e6 + minor * 1e3 + patch).toBeGreaterThanOrEqual(3_051_003)
  })

  test.each([
    ['3.51.2', true],
    ['3.7.0', true],
    ['2.99.99', true],
    ['3.51.3', false],
    ['3.52.0', false],
    ['3.53.4', false],
    ['4.0', false],
  ])('SQLite %s is too old: %s', (version, tooOld) => {
    expect(isTooOld(version)).toBe(tooOld)
  })

  test('foreign keys hold: a record cannot refer to one that is not there', async () => {
    const { call } = await startDesk()
    const values = valuesOf(cadre, aCadre({ unitId: '00000000-0000-4000-8000-000000000000' }))
    await expect(call('cadre.save', { set: values })).rejects.toMatchObject({
      code: expect.not.stringMatching('unexpected'),
    })
    await call('cadre.save', { set: { name: '试一' } })
    expect((await call('cadre.list', {})).total).toBe(1)
  })
})

describe('the reading connection', () => {
  test('cannot write', async () => {
    const { store } = anEmptyStore()
    const write = sql`insert into local_setting (key, value) values ('a', '1')`.execute(store.db)
    await expect(write).rejects.toMatchObject({ code: 'SQLITE_READONLY' })
    await expect(sql`create table t (a)`.execute(store.db)).rejects.toMatchObject({ code: 'SQLITE_READONLY' })
  })

  test('sees the last commit and nothing of a transaction under way', async () => {
    const { store } = anEmptyStore()
    const count = async () => (await store.db.selectFrom('local_setting').select('key').execute()).length
    await store.withTransaction(async (tx) => {
      tx.prepare(`insert into local_setting (key, value) values ('a', '1')`).run()
      expect(await count()).toBe(0)
    })
    expect(await count()).toBe(1)
  })
})

test('an encrypted copy is taken while a transaction is open, and opens with the key', async () => {
  const { store, file, key } = anEmptyStore()
  await store.withTransaction(
    async (tx) => void tx.prepare(`insert into local_setting (key, value) values ('a', '1')`).run(),
  )
  const copy = `${file}.copy`
  await store.withTransaction(async (tx) => {
    tx.prepare(`insert into local_setting (key, value) values ('b', '2')`).run()
    store.copyTo(copy)
  })
  expect(opened(copy, key).prepare('select key from local_setting').pluck().all()).toEqual(['a'])
  expect(faultOf(() => opened(copy, randomBytes(32)))).toMatchObject({ code: 'profile-damaged' })
})

test('closing gives back every handle: the write-ahead log is written over and gone', async () => {
  const { dir, desk, call } = await startDesk()
  await call('cadre.save', { set: { name: '试一' } })
  await desk.close()
  expect(readdirSync(dir).sort()).toEqual(['desk.db', 'desk.lock', 'epoch', 'head', 'keys.json'])
})

describe('a database that cannot be trusted', () => {
  test('a wrong key opens nothing and changes nothing', () => {
    const file = aDatabase()
    const before = digest(file)
    expect(faultOf(() => connect(file, randomBytes(32)))).toMatchObject({ code: 'profile-damaged' })
    expect(faultOf(() => openStore(file, randomBytes(32)))).toMatchObject({ code: 'profile-damaged' })
    expect(faultOf(() => migrateDatabase(file, randomBytes(32), new Date()))).toMatchObject({ code: 'profile-damaged' })
    expect(digest(file)).toBe(before)
  })

  test.each([
    ['empty', Buffer.alloc(0)],
    ['an unencrypted database', null],
    ['something else', Buffer.from('PK\u0003\u0004 not a database at all '.repeat(400))],
    ['zeros', Buffer.alloc(8192)],
  ])('%s in its place is refused and left as it is', async (_what, content) => {
    const { dir, desk, officerId } = await startDesk()
    await desk.close()
    const { database } = profilePaths(dir)
    if (content) writeFileSync(database, content)
    else cpSync(plainDatabase(), database)
    const before = digest(database)
    const { call, bugs } = await openTestDesk(dir)
    await refused(call('desk.unlock', { officerId, passphrase: PASSPHRASE }), 'profile-damaged')
    expect(digest(database)).toBe(before)
    expect(bugs).toEqual([])
  })

  test('a missing database beside its key file is damage, not a new desk', async () => {
    const { dir, desk, officerId } = await startDesk()
    await desk.close()
    const { database } = profilePaths(dir)
    rmSync(database)
    const { call } = await openTestDesk(dir)
    expect(await call('desk.status', {})).toMatchObject({ state: 'damaged' })
    await refused(call('desk.unlock', { officerId, passphrase: PASSPHRASE }), 'profile-damaged')
    await refused(
      call('desk.init', { unitName: '测', unitCode: '371002101', officerName: '甲', passphrase: PASSPHRASE }),
      'profile-exists',
    )
    expect(existsSync(database)).toBe(false)
  })
})

function plainDatabase(): string {
  const file = join(temporaryFolder(), 'plain.db')
  const plain = new Database(file)
  plain.exec('create table officer (name text); create table op (seq integer)')
  plain.close()
  return file
}

describe('one flipped byte', () => {
  const PAGE = 4096

  function flip(file: string, offset: number): void {
    const handle = openSync(file, 'r+')
    const byte = Buffer.alloc(1)
    readSync(handle, byte, 0, 1, offset)
    writeSync(handle, Buffer.from([byte[0]! ^ 0x10]), 0, 1, offset)
    closeSync(handle)
  }

  async function aClosedDesk() {
    const { dir, desk, call, officerId } = await startDesk()
    for (let n = 0; n < 40; n += 1) {
      const { id } = await call('cadre.save', { set: valuesOf(cadre, aCadre({ resume: '履历'.repeat(300) })) })
      await call('talk.save', {
        set: { cadreId: id, heldOn: '2026-03-01', talker: { name: '试' }, summary: '内容'.repeat(200) },
      })
    }
    await desk.close()
    return { dir, officerId, database: profilePaths(dir).database }
  }

  test('in any page is noticed at unlock or by the proof, reported as damage, and left as it is', async () => {
    const { dir, officerId, database } = await aClosedDesk()
    const pages = statSync(database).size / PAGE
    expect(pages).toBeGreaterThan(20)
    const good = readFileSync(database)
    for (let page = 0; page < pages; page += 1) {
      // The file begins with 16 bytes of salt, which a raw key does not use.
      const offset = page * PAGE + ((page * 977 + 100) % PAGE)
      flip(database, offset)
      const damaged = readFileSync(database).subarray(page * PAGE, (page + 1) * PAGE)
      const { desk, call, bugs } = await openTestDesk(dir)
      const outcome = await call('desk.unlock', { officerId, passphrase: PASSPHRASE }).then(
        async () => (await call('desk.verify', {})).checks.find((check) => check.name === 'pages'),
        (error: unknown) => error as { code: string },
      )
      const noticed = 'code' in outcome! ? outcome.code === 'profile-damaged' : outcome?.ok === false
      expect({ page, noticed, outcome }).toMatchObject({ noticed: true })
      expect(bugs).toEqual([])
      await desk.close()
      // Whatever else was written meanwhile (the access log), what a rescuer needs is as it was.
      expect(
        readFileSync(database)
          .subarray(page * PAGE, (page + 1) * PAGE)
          .equals(damaged),
      ).toBe(true)
      writeFileSync(database, good)
      for (const suffix of ['-wal', '-shm'])
        if (existsSync(database + suffix)) expect(statSync(database + suffix).size).toBe(0)
    }
  })

  test('in a page that a list reads reaches the user as damage, not as an unexpected failure', async () => {
    const { dir, officerId, database } = await aClosedDesk()
    const sqlite = connect(database, await dataKeyOf(dir))
    const root = sqlite.prepare(`select rootpage from sqlite_master where name = 'talk'`).pluck().get() as number
    sqlite.close()
    flip(database, (root - 1) * PAGE + 100)
    const { call, bugs } = await openTestDesk(dir)
    await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    await refused(call('talk.list', {}), 'profile-damaged')
    expect(bugs).toEqual([])
  })
})

import { copyFileSync, existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { profilePaths } from '../../core/profile.ts'
import { migrateDatabase } from '../../db/migrate.ts'
import { migration } from '../../db/migrations/define.ts'
import { migrations } from '../../db/migrations/index.ts'
import { connect } from '../../db/open.ts'
import { openTestDesk, PASSPHRASE, startDesk, temporaryFolder } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'
import { dataKeyOf } from '../helpers/workspace.ts'

const KEY = Buffer.alloc(32, 5)
const BROKEN = migration('9002-broken', 'create table broken (a integer) strict', 'this is not SQL')
const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 1, minute))

const copies = (database: string): string[] => {
  const folder = join(dirname(database), 'backup')
  const names = existsSync(folder) ? readdirSync(folder) : []
  return names.filter((name) => name.startsWith('before-')).sort()
}

/** An up-to-date database on which the next migration fails, minute by minute. */
function aFailing() {
  const file = join(temporaryFolder(), 'desk.db')
  migrateDatabase(file, KEY, at(0))
  const fail = (minute: number) =>
    expect(() => migrateDatabase(file, KEY, at(minute), [...migrations, BROKEN])).toThrow(/syntax error/)
  const change = (sql: string) => {
    const sqlite = connect(file, KEY)
    sqlite.exec(sql)
    sqlite.close()
  }
  return { file, fail, change, folder: join(dirname(file), 'backup') }
}

describe('the copy before a migration', () => {
  test('is made once, however often a desk is unlocked on a migration that fails', async () => {
    const { dir, desk, call, officerId } = await startDesk()
    await call('cadre.save', { set: { name: '试一' } })
    await desk.close()
    const { database } = profilePaths(dir)
    // The last migration is due again, and fails because its tables are there.
    const sqlite = connect(database, await dataKeyOf(dir))
    sqlite.prepare('delete from migration where name = ?').run(migrations.at(-1)!.name)
    sqlite.close()
    for (const minute of [1, 2, 3]) {
      const again = await openTestDesk(dir, { now: () => at(minute) })
      await refused(again.call('desk.unlock', { officerId, passphrase: PASSPHRASE }), 'unexpected')
      expect(again.bugs).toHaveLength(1)
      await again.desk.close()
      expect(copies(database)).toEqual([`before-${migrations.at(-1)!.name}-${at(1).getTime()}.db`])
    }
  })

  test('is made again when there is anything new to keep', () => {
    const { file, fail, change } = aFailing()
    fail(1)
    change(`insert into local_setting (key, value) values ('anything', '1')`)
    fail(2)
    fail(3)
    expect(copies(file)).toEqual([1, 2].map((minute) => `before-9002-broken-${at(minute).getTime()}.db`))
  })

  test('is made again when the one there is cut short, of another database, or no copy at all', () => {
    const { file, fail, folder } = aFailing()
    fail(1)
    truncateSync(join(folder, copies(file)[0]!), 8_000)
    fail(2)
    expect(copies(file)).toHaveLength(2)
    writeFileSync(join(folder, `before-9002-broken-${at(3).getTime()}.db`), 'not a database')
    fail(4)
    expect(copies(file)).toHaveLength(4)
    fail(5)
    expect(copies(file)).toHaveLength(4)
    const another = aFailing()
    another.change(`insert into local_setting (key, value) values ('scope', '"371002102"')`)
    another.fail(6)
    const [foreign] = copies(another.file)
    copyFileSync(join(another.folder, foreign!), join(folder, foreign!))
    fail(7)
    fail(8)
    const minutes = [1, 2, 3, 4, 6, 7]
    expect(copies(file)).toEqual(minutes.map((minute) => `before-9002-broken-${at(minute).getTime()}.db`))
  })

  test('that was cut off while it was written is replaced, not kept beside the next one', () => {
    const { file, fail, folder } = aFailing()
    fail(1)
    for (const name of copies(file)) truncateSync(join(folder, name), 0)
    writeFileSync(join(folder, 'before-9002-broken-new.partial'), 'half a copy')
    fail(2)
    expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([])
    const whole = connect(join(folder, copies(file).at(-1)!), KEY)
    expect(whole.prepare('select count(*) from migration').pluck().get()).toBe(migrations.length)
    whole.close()
  })
})

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeBackup, prepareFolder } from '../../core/backup/make.ts'
import { profilePaths } from '../../core/profile.ts'
import { put } from '../../db/put.ts'
import { cadre } from '../../shared/domain/cadre.ts'
import { aCadre } from '../builders/cadre.ts'
import { aClock, cadresIn, foldersOf } from '../helpers/backup.ts'
import { flip, sizeOf } from '../helpers/damage.ts'
import { openTestDesk, PASSPHRASE, startDesk, temporaryFolder } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'
import { startWorkspace } from '../helpers/workspace.ts'

describe('a backup', () => {
  test('is a whole desk: it opens in another folder with the same passphrase and holds every record', async () => {
    const { call, officerId } = await startDesk()
    for (const name of ['甲某', '乙某', '丙某']) await call('cadre.save', { set: { name } })
    const backup = await call('backup.make', {})
    expect(readdirSync(backup.folder).sort()).toEqual(['desk.db', 'keys.json', 'manifest.json'])
    expect(backup).toMatchObject({ ops: 5, unreported: 5, since: 0, state: 'whole', scope: '371002101' })
    expect(await cadresIn(backup.folder, officerId)).toBe(3)
  })

  test('says what was saved since, and is written to the access log', async () => {
    const { call } = await startDesk()
    const backup = await call('backup.make', {})
    await call('cadre.save', { set: { name: '甲某' } })
    expect((await call('backup.list', {})).rows).toMatchObject([
      { folder: backup.folder, since: 1, state: 'unchecked' },
    ])
    expect((await call('access-log.list', {})).rows[0]).toMatchObject({ action: 'backup', detail: backup.folder })
  })

  test('tells nothing of anybody: neither a name nor a passphrase is readable in it', async () => {
    const { call, recoveryCode } = await startDesk()
    await call('cadre.save', { set: { name: '单雄信', phone: '13800001111' } })
    const { folder } = await call('backup.make', {})
    const text = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name)).toString('utf8'))
      .join('\n')
    for (const secret of ['单雄信', '13800001111', PASSPHRASE, recoveryCode]) expect(text).not.toContain(secret)
  })

  test('made while an import is in the middle of its transaction has nothing of that import', async () => {
    const { workspace, command, dir } = await startWorkspace()
    const folder = join(dir, 'backup')
    await prepareFolder(workspace.paths, folder)
    const before = await makeBackup(workspace, folder, '0.1.0', new Date())
    const during = await command(async ({ tx, at }) => {
      for (let n = 0; n < 200; n += 1) put(tx, cadre, null, aCadre({ name: `试${n}` }), at)
      return makeBackup(workspace, folder, '0.1.0', new Date())
    })
    expect(during.manifest.ops).toBe(before.manifest.ops)
    expect((await makeBackup(workspace, folder, '0.1.0', new Date())).manifest.ops).toBe(before.manifest.ops + 200)
  })

  test('of two in the same second keeps both', async () => {
    const { call, bugs } = await startDesk({ now: aClock().now })
    const [first, second] = await Promise.all([call('backup.make', {}), call('backup.make', {})])
    expect(first.folder).not.toBe(second.folder)
    expect(await foldersOf(call)).toHaveLength(2)
    expect(bugs).toEqual([])
  })

  test('of a desk whose key file was damaged is refused: a copy nobody can open is no backup', async () => {
    const { dir, call, bugs } = await startDesk()
    const { keys, backups } = profilePaths(dir)
    const good = readFileSync(keys)
    for (const content of ['', '{"v":1,"slots":[', '{"v":1,"demo":false,"slots":[]}']) {
      writeFileSync(keys, content)
      await refused(call('backup.make', {}), 'profile-damaged', { file: 'keys.json' })
      expect(readdirSync(backups)).toEqual([])
    }
    writeFileSync(keys, good)
    await call('backup.make', {})
    expect(bugs).toEqual([])
  })

  test('of a database with a damaged page is refused as damage, and the earlier backups stay', async () => {
    const { dir, desk, call, officerId } = await startDesk()
    for (let n = 0; n < 30; n += 1) await call('cadre.save', { set: { name: `试${n}`, resume: '履历'.repeat(400) } })
    await call('backup.make', {})
    await desk.close()
    const { database } = profilePaths(dir)
    flip(database, Math.floor(sizeOf(database) / 4096 / 2) * 4096 + 200)
    const again = await openTestDesk(dir)
    await again.call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    await refused(again.call('backup.make', {}), 'profile-damaged')
    expect(await foldersOf(again.call)).toHaveLength(1)
    expect(again.bugs).toEqual([])
  })
})

describe('a backup that cannot be written', () => {
  test.each([
    [
      'where a file has the name of the folder',
      (dir: string) => (writeFileSync(join(dir, 'stick'), ''), join(dir, 'stick')),
    ],
    ['below a file', (dir: string) => (writeFileSync(join(dir, 'stick'), ''), join(dir, 'stick', 'deep'))],
    [
      'through a folder that is not there, as a stick that is not plugged in',
      (dir: string) => join(dir, 'no', 'such', 'stick'),
    ],
    ['without a full path', () => 'backup-here'],
  ])('%s is refused with the folder named, and nothing is left behind', async (_where, make) => {
    const { call, bugs } = await startDesk()
    const place = temporaryFolder()
    const folder = make(place)
    await refused(call('backup.make', { folder }), 'backup-unwritable', { folder })
    await refused(call('backup.schedule', { folder, keep: 3, daily: true }), 'backup-unwritable', { folder })
    expect(readdirSync(place).filter((name) => name !== 'stick')).toEqual([])
    expect(bugs).toEqual([])
  })

  test('half way leaves no half backup: what a killed process left is swept away by the next one, and was never offered', async () => {
    const { dir, call } = await startDesk()
    const { folder } = await call('backup.make', {})
    const { device } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { device: string }
    const { backups } = profilePaths(dir)
    // Killed between the manifest and the rename: the fullest half there can be.
    const half = join(backups, `backup-371002101-20260101-000000.${device}.partial`)
    cpSync(folder, half, { recursive: true })
    const ofAnotherPc = join(backups, 'backup-371002101-20260101-000000.dev_0000000000000000.partial')
    mkdirSync(ofAnotherPc)
    expect(await foldersOf(call)).toEqual([folder])
    expect((await call('desk.backups', {})).rows.map((row) => row.folder)).toEqual([folder])
    await call('backup.make', {})
    expect([existsSync(half), existsSync(ofAnotherPc)]).toEqual([false, true])
  })

  test('because the database went away leaves nothing behind', async () => {
    const { workspace, dir } = await startWorkspace()
    const folder = join(dir, 'backup')
    await prepareFolder(workspace.paths, folder)
    const paths = { ...workspace.paths, database: join(dir, 'gone.db') }
    await refused(makeBackup({ ...workspace, paths }, folder, '0.1.0', new Date()), 'profile-damaged', {
      file: 'gone.db',
    })
    expect(readdirSync(folder)).toEqual([])
  })
})

test('a folder of backups that somebody moved or renamed is still found when it is named', async () => {
  const { call } = await startDesk()
  const { folder } = await call('backup.make', {})
  const elsewhere = join(temporaryFolder(), '2026年备份')
  mkdirSync(elsewhere)
  renameSync(folder, join(elsewhere, 'backup-renamed'))
  const fresh = await openTestDesk(temporaryFolder())
  expect((await fresh.call('desk.backups', { folder: elsewhere })).rows).toMatchObject([{ state: 'whole' }])
  expect((await fresh.call('desk.backups', { folder: join(elsewhere, 'backup-renamed') })).rows).toMatchObject([
    { state: 'whole' },
  ])
  await refused(fresh.call('desk.backups', { folder: temporaryFolder() }), 'backup-missing')
  await refused(fresh.call('desk.backups', { folder: 'not a full path' }), 'backup-missing')
})

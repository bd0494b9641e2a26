import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeBackup, prepareFolder } from '../../core/backup/make.ts'
import { backUpIfDue, backupPlan, changePlan, checkIfDue } from '../../core/backup/schedule.ts'
import { damageOf } from '../../core/damage.ts'
import { profilePaths } from '../../core/profile.ts'
import { put } from '../../db/put.ts'
import { cadre } from '../../shared/domain/cadre.ts'
import { aCadre } from '../builders/cadre.ts'
import { flip, sizeOf } from '../helpers/damage.ts'
import { openTestDesk, PASSPHRASE, startDesk, temporaryFolder, type Call } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'
import { startWorkspace } from '../helpers/workspace.ts'

const SECOND = 'battery staple 2'

/** A clock that a test moves. */
function aClock(start = '2026-11-20T01:00:00Z') {
  let time = Date.parse(start)
  return { now: () => new Date(time), pass: (hours: number) => void (time += hours * 3_600_000) }
}

const foldersOf = async (call: Call): Promise<string[]> => (await call('backup.list', {})).rows.map((row) => row.folder)

/** Opens a backup as a desk of its own and counts what is in it. */
async function cadresIn(backup: string, officerId: string, passphrase = PASSPHRASE): Promise<number> {
  const { call, desk } = await openTestDesk(temporaryFolder())
  await call('desk.restore', { folder: backup })
  await call('desk.unlock', { officerId, passphrase })
  const { total } = await call('cadre.list', {})
  expect(await call('desk.verify', {})).toMatchObject({ ok: true })
  await desk.close()
  return total
}

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

describe('keeping so many', () => {
  test('keeps the newest ones, in the order in which they were made', async () => {
    const clock = aClock()
    const { call } = await startDesk({ now: clock.now })
    await call('backup.schedule', { folder: null, keep: 3, daily: true })
    const made = []
    for (let n = 0; n < 5; n += 1) {
      made.push((await call('backup.make', {})).folder)
      clock.pass(24)
    }
    expect(await foldersOf(call)).toEqual(made.slice(2).reverse())
    expect(made.map((folder) => existsSync(folder))).toEqual([false, false, true, true, true])
  })

  test('touches neither another township’s, nor the other PC’s, nor anybody else’s folders on the same stick', async () => {
    const stick = temporaryFolder()
    const clock = aClock()
    const other = await startDesk({ now: clock.now, unitCode: '371002102' })
    const twin = await startDesk({ now: clock.now })
    const { call } = await startDesk({ now: clock.now })
    mkdirSync(join(stick, 'backup-of-my-photos'))
    for (const one of [other.call, twin.call]) await one('backup.make', { folder: stick })
    await call('backup.schedule', { folder: stick, keep: 1, daily: true })
    for (let n = 0; n < 3; n += 1) {
      clock.pass(24)
      await call('backup.make', {})
    }
    expect(readdirSync(stick)).toHaveLength(4)
    expect(await foldersOf(call)).toHaveLength(1)
    await other.call('backup.schedule', { folder: stick, keep: 1, daily: true })
    expect(await foldersOf(other.call)).toHaveLength(1)
  })

  test('does not count those made once for another folder', async () => {
    const clock = aClock()
    const stick = temporaryFolder()
    const { call } = await startDesk({ now: clock.now })
    await call('backup.schedule', { folder: null, keep: 1, daily: true })
    for (let n = 0; n < 3; n += 1) {
      clock.pass(1)
      await call('backup.make', { folder: stick })
    }
    expect(readdirSync(stick)).toHaveLength(3)
    expect(await foldersOf(call)).toEqual([])
  })
})

describe('the daily backup', () => {
  const VERSION = '0.1.0'

  test('is made once a day by the clock of Weihai, and not at all when it is switched off', async () => {
    const clock = aClock('2026-11-20T15:30:00Z') // 23:30 there
    const { workspace } = await startWorkspace(clock.now)
    const due = () => backUpIfDue(workspace, VERSION, clock.now())
    expect([await due(), await due()]).toEqual([true, false])
    clock.pass(1) // past midnight there
    expect([await due(), await due()]).toEqual([true, false])
    clock.pass(48)
    changePlan(workspace.paths, { daily: false })
    expect(await due()).toBe(false)
    expect(readdirSync(workspace.paths.backups)).toHaveLength(2)
  })

  test('of another PC of the township into the same folder does not stand for this one’s', async () => {
    const stick = temporaryFolder()
    const clock = aClock()
    const twin = await startDesk({ now: clock.now })
    await twin.call('backup.make', { folder: stick })
    const { workspace } = await startWorkspace(clock.now)
    changePlan(workspace.paths, { folder: stick })
    expect(await backUpIfDue(workspace, VERSION, clock.now())).toBe(true)
    expect(readdirSync(stick)).toHaveLength(2)
  })

  test('that fails is kept to be said, tried again, and forgotten when it works', async () => {
    const clock = aClock()
    const { workspace } = await startWorkspace(clock.now)
    const stick = join(temporaryFolder(), 'stick')
    changePlan(workspace.paths, { folder: stick })
    await backUpIfDue(workspace, VERSION, clock.now())
    expect(backupPlan(workspace.paths).failure).toEqual({ code: 'backup-unwritable', at: clock.now().toISOString() })
    expect(existsSync(stick)).toBe(false) // it must not be made on the disk under its mount point
    mkdirSync(stick)
    await backUpIfDue(workspace, VERSION, clock.now())
    expect(backupPlan(workspace.paths).failure).toBe(null)
    expect(readdirSync(stick)).toHaveLength(1)
  })

  test('survives a plan file that was damaged: it starts from the initial plan and says so nowhere but in its own list', async () => {
    const { dir, call, bugs } = await startDesk()
    for (const content of ['', '{"folder":7}', '\u0000\u0000', '[]']) {
      writeFileSync(profilePaths(dir).backupPlan, content)
      expect(await call('backup.list', {})).toMatchObject({ keep: 14, daily: true, folder: profilePaths(dir).backups })
      expect(await call('desk.backups', {})).toEqual({ rows: [] })
    }
    expect(bugs).toEqual([])
  })

  test('does not undo a change of the plan that was made while it ran', async () => {
    const clock = aClock()
    const { workspace } = await startWorkspace(clock.now)
    changePlan(workspace.paths, { folder: join(temporaryFolder(), 'gone') })
    const running = backUpIfDue(workspace, VERSION, clock.now())
    changePlan(workspace.paths, { keep: 5 })
    await running
    expect(backupPlan(workspace.paths)).toMatchObject({ keep: 5, failure: { code: 'backup-unwritable' } })
  })
})

describe('the page says of the folder', () => {
  test('that it is on the same disk as the data, and when it is not there', async () => {
    const { call } = await startDesk()
    expect(await call('backup.list', {})).toMatchObject({ reachable: true, sameDisk: true })
    const stick = join(temporaryFolder(), 'stick')
    await call('backup.schedule', { folder: stick, keep: 7, daily: false })
    expect(await call('backup.list', {})).toMatchObject({ folder: stick, keep: 7, daily: false, reachable: true })
    rmSync(stick, { recursive: true })
    expect(await call('backup.list', {})).toMatchObject({ reachable: false, sameDisk: null, rows: [] })
    await call('backup.schedule', { folder: null, keep: 14, daily: true })
    expect(await call('backup.list', {})).toMatchObject({ reachable: true, failure: null })
  })

  test('and a failure belongs to the folder it happened with', async () => {
    const { dir, call } = await startDesk()
    changePlan(profilePaths(dir), { failure: { code: 'disk-full', at: '2026-11-19T00:00:00Z' } })
    await call('backup.schedule', { folder: null, keep: 3, daily: true })
    expect((await call('backup.list', {})).failure).toMatchObject({ code: 'disk-full' })
    await call('backup.schedule', { folder: join(temporaryFolder(), 'stick'), keep: 3, daily: true })
    expect((await call('backup.list', {})).failure).toBe(null)
  })
})

describe('the weekly check of all pages', () => {
  test('is made once a week, also after a clock that was set back, and its result kept', async () => {
    const clock = aClock()
    const { workspace } = await startWorkspace(clock.now)
    const due = () => checkIfDue(workspace, clock.now())
    expect([await due(), await due()]).toEqual([true, false])
    expect(backupPlan(workspace.paths).check).toEqual({ at: clock.now().toISOString(), ok: true })
    clock.pass(7 * 24)
    expect(await due()).toBe(true)
    clock.pass(-30 * 24)
    expect(await due()).toBe(true)
  })

  test('that meets a damaged page says so to the officer now and to the first page at the next start', async () => {
    const { dir, desk, call, officerId } = await startDesk()
    for (let n = 0; n < 30; n += 1) await call('cadre.save', { set: { name: `试${n}`, resume: '履历'.repeat(400) } })
    await desk.close()
    const { database } = profilePaths(dir)
    const good = readFileSync(database)
    flip(database, Math.floor(sizeOf(database) / 4096 / 2) * 4096 + 200)
    const again = await openTestDesk(dir)
    await again.call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    expect(await again.call('desk.status', {})).toMatchObject({ state: 'open', damage: null })
    expect(await again.call('backup.check', {})).toMatchObject({ ok: false })
    expect((await again.call('backup.list', {})).check).toMatchObject({ ok: false })
    expect(await again.call('desk.status', {})).toMatchObject({ state: 'open', damage: { kind: 'database' } })
    await again.call('desk.lock', {})
    expect(await again.call('desk.status', {})).toMatchObject({
      state: 'damaged',
      damage: { kind: 'database', canUnlock: true },
    })
    await again.desk.close()
    // Somebody puts the right file back: the next unlock proves it, and the word is taken back.
    writeFileSync(database, good)
    const last = await openTestDesk(dir)
    await last.call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    expect(await last.call('desk.status', {})).toMatchObject({ state: 'open', damage: null })
    expect(damageOf(profilePaths(dir))).toBe(null)
  })
})

describe('officers and their passphrases in a backup', () => {
  async function withSecond() {
    const { dir, desk, call, officerId, recoveryCode } = await startDesk()
    const { id, version } = await call('officer.save', { set: { name: '李干事', role: 'operator' } })
    await call('officer.setPassphrase', { officerId: id, passphrase: SECOND })
    return { dir, desk, call, officerId, recoveryCode, second: { id, version } }
  }

  test('are those of its day: after a change the old backup opens with the old passphrase, and only with that', async () => {
    const { call, officerId } = await startDesk()
    const { folder } = await call('backup.make', {})
    await call('officer.setPassphrase', { officerId, current: PASSPHRASE, passphrase: 'another good 3' })
    const later = await call('backup.make', {})
    expect(await cadresIn(folder, officerId)).toBe(0)
    expect(await cadresIn(later.folder, officerId, 'another good 3')).toBe(0)
    await refused(cadresIn(folder, officerId, 'another good 3'), 'wrong-passphrase')
    await refused(cadresIn(later.folder, officerId), 'wrong-passphrase')
  })

  test('an officer disabled before the backup stays out of the restored desk', async () => {
    const { call, second } = await withSecond()
    await call('officer.save', { id: second.id, version: second.version, set: { state: 'disabled' } })
    const { folder } = await call('backup.make', {})
    const restored = await openTestDesk(temporaryFolder())
    await restored.call('desk.restore', { folder })
    expect((await restored.call('desk.status', {})).officers.map((one) => one.name)).toEqual(['王组委'])
    await refused(restored.call('desk.unlock', { officerId: second.id, passphrase: SECOND }), 'officer-disabled')
  })

  test('an officer disabled after the backup can open it, and can be disabled again', async () => {
    const { call, officerId, second } = await withSecond()
    const { folder } = await call('backup.make', {})
    await call('officer.save', { id: second.id, version: second.version, set: { state: 'disabled' } })
    const restored = await openTestDesk(temporaryFolder())
    await restored.call('desk.restore', { folder })
    await restored.call('desk.unlock', { officerId: second.id, passphrase: SECOND })
    await restored.call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    await restored.call('officer.save', { id: second.id, version: second.version, set: { state: 'disabled' } })
    await refused(restored.call('desk.unlock', { officerId: second.id, passphrase: SECOND }), 'officer-disabled')
  })

  test('the recovery code opens every backup of the township, whatever happened to passphrases since', async () => {
    const { call, officerId, recoveryCode } = await withSecond()
    const { folder } = await call('backup.make', {})
    await call('officer.setPassphrase', { officerId, current: PASSPHRASE, passphrase: 'another good 3' })
    const restored = await openTestDesk(temporaryFolder())
    await restored.call('desk.restore', { folder })
    await restored.call('desk.recover', { officerId, recoveryCode, passphrase: 'a fourth good 4' })
    expect(await restored.call('desk.verify', {})).toMatchObject({ ok: true })
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

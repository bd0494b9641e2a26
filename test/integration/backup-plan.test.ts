import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { backUpIfDue, backupPlan, changePlan, checkIfDue } from '../../core/backup/schedule.ts'
import { damageOf } from '../../core/damage.ts'
import { profilePaths } from '../../core/profile.ts'
import { aClock, foldersOf } from '../helpers/backup.ts'
import { flip, sizeOf } from '../helpers/damage.ts'
import { openTestDesk, PASSPHRASE, startDesk, temporaryFolder } from '../helpers/desk.ts'
import { startWorkspace } from '../helpers/workspace.ts'

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

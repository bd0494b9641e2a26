import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, cpSync, fsyncSync, openSync, readdirSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import { runCommand } from '../../core/command.ts'
import { openDesk } from '../../core/desk.ts'
import { profilePaths } from '../../core/profile.ts'
import { put } from '../../db/put.ts'
import { verifyDatabase } from '../../core/ledger/verify.ts'
import { cadre } from '../../shared/domain/cadre.ts'
import { aCadre } from '../builders/cadre.ts'
import { xlsx } from '../fixtures/roster/workbook.ts'
import { bytesIn } from '../helpers/damage.ts'
import { openTestDesk, PASSPHRASE, startDesk, temporaryFolder, type Call } from '../helpers/desk.ts'
import { aDisk, sayWhySkipped } from '../helpers/disk.ts'
import { refused } from '../helpers/faults.ts'
import { dataKeyOf, startWorkspace } from '../helpers/workspace.ts'

const HOLDER = fileURLToPath(new URL('../helpers/hold-database.ts', import.meta.url))

/** Fills what is left of a disk; the returned function makes room again. */
function fillUp(dir: string, name = 'first'): () => void {
  const file = join(dir, name)
  const handle = openSync(file, 'w')
  try {
    for (let size = 65_536; size >= 1; size = Math.floor(size / 2)) {
      try {
        for (;;) if (writeSync(handle, Buffer.alloc(size)) < size) break
      } catch {
        // This size does not fit any more; a smaller one may.
      }
    }
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  return () => rmSync(file)
}

const count = async (call: Call): Promise<number> => (await call('cadre.list', {})).total

describe('a database that may not grow', () => {
  test('fails each save whole with disk-full, at whichever page it ends, and takes it whole when there is room', async () => {
    const { workspace, ctx } = await startWorkspace()
    const { store } = workspace
    const pages = async () =>
      store.withTransaction(
        async ({ db }) => (await sql<{ page_count: number }>`pragma page_count`.execute(db)).rows[0]!.page_count,
      )
    const allow = (most: number) =>
      store.withTransaction(async ({ db }) => void (await sql`pragma max_page_count = ${sql.lit(most)}`.execute(db)))
    const record = { ...aCadre({ name: '试一', resume: '履历'.repeat(6_000) }) }
    const save = () => runCommand(ctx, async ({ tx, at }) => void put(tx, cadre, null, record, at))
    const start = await pages()
    let failed = 0
    for (let most = start; ; most += 1) {
      await allow(most)
      const outcome = await save().then(
        () => 'saved',
        (error: { code?: string }) => error.code,
      )
      const stored = await store.db.selectFrom('cadre').select('id').execute()
      const ops = await store.db.selectFrom('op').select('seq').execute()
      expect([outcome, stored.length, ops.length]).toEqual(outcome === 'saved' ? ['saved', 1, 3] : ['disk-full', 0, 2])
      expect((await verifyDatabase(store.db)).filter((check) => !check.ok)).toEqual([])
      if (outcome === 'saved') break
      failed += 1
      expect(failed).toBeLessThan(200)
    }
    expect(failed).toBeGreaterThan(3)
  })
})

describe('a disk that is really full', () => {
  test('undoes an import at its very end, which can be tried again as it is', async () => {
    const disk = aDisk(12_288)
    if ('skipped' in disk) return void sayWhySkipped(disk.skipped)
    const { call, desk, bugs } = await openTestDesk(join(disk.dir, 'data'))
    onTestFinished(() => desk.close())
    await call('desk.init', {
      unitName: '测试镇',
      unitCode: '371002101',
      officerName: '王组委',
      passphrase: PASSPHRASE,
    })
    const people = Array.from({ length: 600 }, (_, n) => [`试${n}`, '主任'.repeat(40)])
    const content = Buffer.from(await xlsx([['姓名', '现任职务'], ...people])).toString('base64')
    const { importId } = await call('roster.open', { fileName: '花名册.xlsx', content })
    await call('roster.check', { importId })
    const makeRoom = fillUp(disk.dir)
    await refused(call('roster.import', { importId }), 'disk-full')
    expect(await count(call)).toBe(0)
    expect(await call('roster.progress', { importId })).toMatchObject({ stage: 'ready' })
    makeRoom()
    expect(await call('roster.import', { importId })).toMatchObject({ added: 600 })
    expect(await call('roster.progress', { importId })).toMatchObject({ stage: 'done' })
    await refused(call('roster.import', { importId }), 'import-missing')
    expect([await count(call), bugs]).toEqual([600, []])
  })

  test('keeps what was saved, says so at the save, at a backup and at the next start, and works on when there is room', async () => {
    const disk = aDisk(4_096)
    if ('skipped' in disk) return void sayWhySkipped(disk.skipped)
    const dir = join(disk.dir, 'data')
    const { call, desk, bugs } = await openTestDesk(dir)
    const { session } = await call('desk.init', {
      unitName: '测试镇',
      unitCode: '371002101',
      officerName: '王组委',
      passphrase: PASSPHRASE,
    })
    await call('cadre.save', { set: { name: '试一' } })
    const makeRoom = fillUp(disk.dir)
    const outcomes = []
    for (let n = 0; n < 12; n += 1) {
      outcomes.push(
        await call('cadre.save', { set: { name: '试', resume: '履'.repeat(8_000) } }).then(
          () => 'saved',
          (e: { code: string }) => e.code,
        ),
      )
    }
    expect(new Set(outcomes.filter((outcome) => outcome !== 'saved'))).toEqual(new Set(['disk-full']))
    await refused(call('backup.make', {}), 'disk-full')
    expect(readdirSync(profilePaths(dir).backups)).toEqual([])
    const confirmed = 1 + outcomes.filter((outcome) => outcome === 'saved').length
    expect(await count(call)).toBe(confirmed)
    await desk.close()
    const makeMoreRoom = fillUp(disk.dir, 'second') // closing has given the log back
    const full = await openDesk({ dir, version: '0.1.0' }).then(
      async (opened) => {
        const reply = await opened.call('desk.unlock', { officerId: session.officer.id, passphrase: PASSPHRASE })
        await opened.close()
        return reply.ok ? 'open' : reply.code
      },
      (error: { code: string }) => error.code,
    )
    expect(full).toBe('disk-full')
    makeRoom()
    makeMoreRoom()
    const again = await openTestDesk(dir)
    await again.call('desk.unlock', { officerId: session.officer.id, passphrase: PASSPHRASE })
    expect(await count(again.call)).toBe(confirmed)
    await again.call('cadre.save', { set: { name: '试二' } })
    expect(await again.call('desk.verify', {})).toMatchObject({ ok: true })
    expect(await again.call('desk.status', {})).toMatchObject({ damage: null })
    await again.desk.close()
    expect([...bugs, ...again.bugs]).toEqual([])
  })

  test('takes no half backup, on a stick that is too small', async () => {
    const stick = aDisk(128)
    if ('skipped' in stick) return void sayWhySkipped(stick.skipped)
    const { call, bugs } = await startDesk()
    await refused(call('backup.make', { folder: stick.dir }), 'disk-full')
    expect(readdirSync(stick.dir)).toEqual([])
    expect(bugs).toEqual([])
  })

  test('changes nothing when a restore does not fit: the damaged files stay where they are', async () => {
    const disk = aDisk(1_024)
    if ('skipped' in disk) return void sayWhySkipped(disk.skipped)
    const { dir: source, desk, call: first, officerId } = await startDesk()
    for (let n = 0; n < 20; n += 1) await first('cadre.save', { set: { name: `试${n}`, resume: '履历'.repeat(1_500) } })
    const { folder } = await first('backup.make', { folder: join(temporaryFolder(), 'stick') })
    await desk.close()
    const dir = join(disk.dir, 'data')
    cpSync(source, dir, { recursive: true })
    writeFileSync(profilePaths(dir).database, Buffer.alloc(700_000, 0xa7))
    const { call, bugs } = await openTestDesk(dir)
    await refused(call('desk.unlock', { officerId, passphrase: PASSPHRASE }), 'profile-damaged')
    const before = bytesIn(dir)
    await refused(call('desk.restore', { folder, replaceDamaged: true }), 'disk-full')
    expect(bytesIn(dir)).toEqual(before)
    expect(readdirSync(dir).filter((name) => name.startsWith('damaged-'))).toEqual([])
    expect(bugs).toEqual([])
  })
})

describe('a disk that is read-only', () => {
  test('is said at the start with the folder named, and everything is there when it can be written again', async () => {
    const disk = aDisk(4_096)
    if ('skipped' in disk) return void sayWhySkipped(disk.skipped)
    const { dir: source, desk, call, officerId } = await startDesk()
    await call('cadre.save', { set: { name: '试一' } })
    await desk.close()
    const dir = join(disk.dir, 'data')
    cpSync(source, dir, { recursive: true })
    disk.remount('ro')
    await refused(openDesk({ dir, version: '0.1.0' }), 'profile-unwritable', { dir })
    disk.remount('rw')
    const again = await openTestDesk(dir)
    await again.call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    expect(await count(again.call)).toBe(1)
    await again.desk.close()
  })

  test('takes no backup, and says which folder it was', async () => {
    const stick = aDisk(512)
    if ('skipped' in stick) return void sayWhySkipped(stick.skipped)
    const { call, bugs } = await startDesk()
    stick.remount('ro')
    const folder = join(stick.dir, 'backup')
    await refused(call('backup.make', { folder: stick.dir }), 'backup-unwritable', { folder: stick.dir })
    await refused(call('backup.make', { folder }), 'backup-unwritable', { folder })
    expect(bugs).toEqual([])
  })

  test('gives a backup all the same: restoring from it only reads', async () => {
    const stick = aDisk(2_048)
    if ('skipped' in stick) return void sayWhySkipped(stick.skipped)
    const { call, officerId } = await startDesk()
    const { folder } = await call('backup.make', { folder: join(stick.dir, 'backup') })
    stick.remount('ro')
    const { call: restored } = await openTestDesk(temporaryFolder())
    await restored('desk.restore', { folder })
    await restored('desk.unlock', { officerId, passphrase: PASSPHRASE })
  })
})

describe('a database that another program holds', () => {
  async function held(dir: string) {
    const key = (await dataKeyOf(dir)).toString('hex')
    const child = spawn(process.execPath, [HOLDER, profilePaths(dir).database, key], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    await once(child.stdout, 'data')
    return async () => {
      child.kill('SIGKILL')
      await once(child, 'close')
    }
  }

  test(
    'refuses the save with profile-in-use, keeps what was saved, and takes it when the program is gone',
    { timeout: 60_000 },
    async () => {
      const { dir, call, bugs } = await startDesk()
      await call('cadre.save', { set: { name: '试一' } })
      const letGo = await held(dir)
      await refused(call('cadre.save', { set: { name: '试二' } }), 'profile-in-use')
      expect(await count(call)).toBe(1)
      await letGo()
      await call('cadre.save', { set: { name: '试二' } })
      expect(await count(call)).toBe(2)
      expect(bugs).toEqual([])
    },
  )

  test('refuses the unlock with profile-in-use, which is no damage', { timeout: 60_000 }, async () => {
    const { dir, desk, officerId } = await startDesk()
    await desk.close()
    const letGo = await held(dir)
    const { call, bugs } = await openTestDesk(dir)
    await refused(call('desk.unlock', { officerId, passphrase: PASSPHRASE }), 'profile-in-use')
    expect(await call('desk.status', {})).toMatchObject({ state: 'locked', damage: null })
    await letGo()
    await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    expect(bugs).toEqual([])
  })
})

import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { profilePaths } from '../../core/profile.ts'
import { aCrashedDesk, asAfterCrash, bytesIn, flip, leadsToRecovery, saved, sizeOf } from '../helpers/damage.ts'
import { openTestDesk, PASSPHRASE, startDesk } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'
import { dataKeyOf, rowsIn } from '../helpers/workspace.ts'

const EMPTY = createHash('sha256').digest('hex')

describe('damage to the write-ahead log of a desk that was killed', () => {
  test('none: every confirmed save is there', async () => {
    const { dir, officerId } = await aCrashedDesk()
    const { call } = await openTestDesk(dir)
    await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    expect(await saved(call)).toEqual(['以前', '试1', '试2', '试3', '试4', '试5'].sort())
    expect(await call('desk.status', {})).toMatchObject({ damage: null })
  })

  // SQLite itself takes each of these for a log that ended earlier, opens, and says nothing.
  test.each([
    ['one bit of its middle flipped', ({ wal }: { wal: string }) => flip(wal, Math.floor(sizeOf(wal) / 2))],
    ['cut in the middle', ({ wal }: { wal: string }) => truncateSync(wal, Math.floor(sizeOf(wal) / 2))],
    ['one bit of its last page flipped', ({ wal }: { wal: string }) => flip(wal, sizeOf(wal) - 1_000)],
    ['its header flipped', ({ wal }: { wal: string }) => flip(wal, 10)],
    ['cut to nothing', ({ wal }: { wal: string }) => truncateSync(wal, 0)],
    ['gone', ({ wal }: { wal: string }) => rmSync(wal)],
  ])('%s is said at unlock with the number of saves it cost, and changes not a byte', async (_what, damage) => {
    const desk = await aCrashedDesk()
    damage(desk)
    const before = bytesIn(desk.dir)
    const { call, bugs } = await openTestDesk(desk.dir)
    const fault = await call('desk.unlock', { officerId: desk.officerId, passphrase: PASSPHRASE }).catch(
      (error: unknown) => error,
    )
    expect(fault).toMatchObject({ code: 'changes-missing' })
    const missing = (fault as { params: { missing: number } }).params.missing
    expect(missing).toBeGreaterThan(0)
    expect(await call('desk.status', {})).toMatchObject({ damage: { missing, canUnlock: true } })
    await leadsToRecovery(call, 'changes-missing', desk.folder)
    const after = bytesIn(desk.dir)
    for (const [name, digest] of before)
      if (name !== 'attempts.json') expect([name, after.get(name) ?? EMPTY]).toEqual([name, digest])
    await call('desk.unlock', { officerId: desk.officerId, passphrase: PASSPHRASE, acceptMissing: true })
    expect(await saved(call)).toHaveLength(6 - missing)
    expect(bugs).toEqual([])
  })

  test('that cost some saves can be accepted: all files are copied aside, the rest is whole, and a new epoch begins', async () => {
    const desk = await aCrashedDesk()
    truncateSync(desk.wal, Math.floor(sizeOf(desk.wal) * 0.6))
    const before = bytesIn(desk.dir)
    const { call } = await openTestDesk(desk.dir)
    await refused(call('desk.unlock', { officerId: desk.officerId, passphrase: PASSPHRASE }), 'changes-missing')
    const { missing } = (await call('desk.status', {})).damage!
    await call('desk.unlock', { officerId: desk.officerId, passphrase: PASSPHRASE, acceptMissing: true })
    expect(await saved(call)).toHaveLength(6 - missing!)
    expect(await call('desk.verify', {})).toMatchObject({ ok: true })
    expect(await call('desk.status', {})).toMatchObject({ state: 'open', damage: null })
    const { note } = await call('backup.restored', {})
    expect(note).toMatchObject({ backupAt: null, lost: missing })
    const aside = bytesIn(note!.kept!)
    for (const name of ['desk.db', 'desk.db-wal', 'keys.json']) expect(aside.get(name)).toBe(before.get(name))
    await call('cadre.save', { set: { name: '新录' } })
    const epochs = await rowsIn<{ epoch: string }>(desk.dir, 'select distinct epoch from op')
    expect(epochs).toHaveLength(2)
  })

  test('can be accepted by the recovery code as well, by an officer who has forgotten the passphrase', async () => {
    const { dir: live, desk: first, call: before, officerId, recoveryCode } = await startDesk()
    await before('cadre.save', { set: { name: '以前' } })
    await first.close()
    const { desk, call } = await openTestDesk(live)
    await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    await call('cadre.save', { set: { name: '试一' } })
    const dir = asAfterCrash(live)
    await desk.close()
    rmSync(`${profilePaths(dir).database}-wal`)
    const recover = { officerId, recoveryCode, passphrase: 'another good 3' }
    const { call: after } = await openTestDesk(dir)
    await refused(after('desk.recover', recover), 'changes-missing', { missing: 1 })
    await refused(after('desk.unlock', { officerId, passphrase: 'another good 3' }), 'wrong-passphrase')
    await after('desk.recover', { ...recover, acceptMissing: true })
    expect(await saved(after)).toEqual(['以前'])
  })

  test('that held the first change of all leaves nothing to go on with, and accepting is no way in', async () => {
    const { dir: live, desk, call: save, officerId } = await startDesk()
    await save('cadre.save', { set: { name: '试一' } })
    const dir = asAfterCrash(live)
    await desk.close()
    const { database, head } = profilePaths(dir)
    rmSync(`${database}-wal`)
    const { call } = await openTestDesk(dir)
    const unlock = { officerId, passphrase: PASSPHRASE }
    await refused(call('desk.unlock', unlock), 'profile-damaged')
    await refused(call('desk.unlock', { ...unlock, acceptMissing: true }), 'profile-damaged')
    expect(await call('desk.status', {})).toMatchObject({ state: 'damaged', damage: { kind: 'database', missing: 3 } })
    expect(existsSync(head)).toBe(true)
  })

  test('the restore of the backup says how many changes came after it, from the mark beside the database', async () => {
    const desk = await aCrashedDesk()
    rmSync(desk.wal)
    const { call } = await openTestDesk(desk.dir)
    await refused(call('desk.unlock', { officerId: desk.officerId, passphrase: PASSPHRASE }), 'changes-missing')
    expect((await call('desk.backups', {})).rows[0]).toMatchObject({ since: 5 })
    expect(await call('desk.restore', { folder: desk.folder, replaceDamaged: true })).toMatchObject({ lost: 5 })
    await call('desk.unlock', { officerId: desk.officerId, passphrase: PASSPHRASE })
    expect(await saved(call)).toEqual(['以前'])
  })

  test('damage to a page of the database itself is found before the log is written over it', async () => {
    const desk = await aCrashedDesk()
    // Of a table that no save has written to: of a page in the log the newer version is read, and damage to the old costs nothing.
    const [row] = await rowsIn<{ rootpage: number }>(
      asAfterCrash(desk.dir),
      `select rootpage from sqlite_master where name = 'draft'`,
    )
    flip(desk.database, (row!.rootpage - 1) * 4_096 + 300)
    const before = bytesIn(desk.dir)
    const { call } = await openTestDesk(desk.dir)
    await refused(call('desk.unlock', { officerId: desk.officerId, passphrase: PASSPHRASE }), 'profile-damaged')
    const after = bytesIn(desk.dir)
    for (const name of ['desk.db', 'desk.db-wal']) expect([name, after.get(name)]).toEqual([name, before.get(name)])
  })
})

describe('the mark beside the database', () => {
  test('that is missing, torn or older than the ledger raises no alarm', async () => {
    const { dir, desk, call, officerId } = await startDesk()
    const { head } = profilePaths(dir)
    await call('cadre.save', { set: { name: '试一' } })
    const older = readFileSync(head)
    await call('cadre.save', { set: { name: '试二' } })
    await desk.close()
    for (const content of [older, Buffer.alloc(0), Buffer.alloc(512), older.subarray(0, 60), null]) {
      if (content) writeFileSync(head, content)
      else rmSync(head)
      const again = await openTestDesk(dir)
      await again.call('desk.unlock', { officerId, passphrase: PASSPHRASE })
      expect(await saved(again.call)).toHaveLength(2)
      expect(await again.call('desk.status', {})).toMatchObject({ damage: null })
      await again.desk.close()
    }
  })

  test('names nobody and holds no content', async () => {
    const { dir, call } = await startDesk()
    await call('cadre.save', { set: { name: '单雄信' } })
    const mark = JSON.parse(readFileSync(profilePaths(dir).head, 'utf8')) as Record<string, unknown>
    expect(Object.keys(mark).sort()).toEqual(['device', 'epoch', 'hash', 'scope', 'seq', 'v'])
  })
})

test('every kind of damage leaves the data key readable by nobody: the folder holds no plain key afterwards', async () => {
  const desk = await aCrashedDesk()
  const key = await dataKeyOf(desk.dir)
  truncateSync(desk.wal, sizeOf(desk.wal) - 5_000)
  const { call, desk: opened } = await openTestDesk(desk.dir)
  await refused(call('desk.unlock', { officerId: desk.officerId, passphrase: PASSPHRASE }), 'changes-missing')
  await call('desk.unlock', { officerId: desk.officerId, passphrase: PASSPHRASE, acceptMissing: true })
  await opened.close()
  for (const name of bytesIn(desk.dir).keys()) {
    const content = readFileSync(join(desk.dir, name))
    expect([name, content.includes(key), content.includes(key.toString('hex'))]).toEqual([name, false, false])
  }
})

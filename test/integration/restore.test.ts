import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { profilePaths } from '../../core/profile.ts'
import { bytesIn, flip, sizeOf } from '../helpers/damage.ts'
import { openTestDesk, PASSPHRASE, startDesk, temporaryFolder, type Call } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'
import { rowsIn } from '../helpers/workspace.ts'

/** A desk with a backup and changes after it, then closed. */
async function aDeskWithBackup() {
  const { dir, desk, call, officerId, recoveryCode } = await startDesk()
  await call('cadre.save', { set: { name: '甲某' } })
  const { folder } = await call('backup.make', {})
  await call('cadre.save', { set: { name: '乙某' } })
  await call('cadre.save', { set: { name: '丙某' } })
  await desk.close()
  return { dir, folder, officerId, recoveryCode }
}

const unlocked = async (call: Call, officerId: string): Promise<number> => {
  await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
  return (await call('cadre.list', {})).total
}

describe('a restore', () => {
  test('over a healthy desk is refused, even when damage is claimed, and changes nothing', async () => {
    const { dir, folder, officerId } = await aDeskWithBackup()
    const before = bytesIn(dir)
    const { call, desk } = await openTestDesk(dir)
    await refused(call('desk.restore', { folder }), 'profile-exists')
    await refused(call('desk.restore', { folder, replaceDamaged: true }), 'profile-exists')
    expect(bytesIn(dir)).toEqual(before)
    expect(await unlocked(call, officerId)).toBe(3)
    await refused(call('desk.restore', { folder, replaceDamaged: true }), 'profile-exists')
    await desk.close()
  })

  test('over a damaged desk needs that word, keeps every byte of it aside, and says what is missing', async () => {
    const { dir, folder, officerId } = await aDeskWithBackup()
    const { database } = profilePaths(dir)
    flip(database, sizeOf(database) - 2_000)
    truncateSync(database, 5_000)
    const before = bytesIn(dir)
    const { call, bugs } = await openTestDesk(dir)
    await refused(call('desk.unlock', { officerId, passphrase: PASSPHRASE }), 'profile-damaged')
    await refused(call('desk.restore', { folder }), 'profile-damaged')
    const done = await call('desk.restore', { folder, replaceDamaged: true })
    expect(done).toMatchObject({ unreported: 3, lost: 2 })
    const aside = bytesIn(done.kept!)
    for (const name of ['desk.db', 'keys.json', 'epoch', 'head'])
      expect([name, aside.get(name)]).toEqual([name, before.get(name)])
    expect(await call('desk.status', {})).toMatchObject({ state: 'locked', damage: null })
    expect(await unlocked(call, officerId)).toBe(1)
    expect(await call('desk.verify', {})).toMatchObject({ ok: true })
    expect(bugs).toEqual([])
  })

  test('begins a new epoch, tells it once to whoever works on, and is in the access log once', async () => {
    const { folder, officerId } = await aDeskWithBackup()
    const dir = temporaryFolder()
    const { call, desk } = await openTestDesk(dir)
    const { at } = await call('desk.restore', { folder })
    await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    expect(await call('backup.restored', {})).toMatchObject({
      note: { backupAt: at, unreported: 3, lost: null, kept: null },
    })
    await desk.close()
    const again = await openTestDesk(dir)
    await again.call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    expect((await again.call('backup.restored', {})).note).not.toBe(null)
    await again.call('backup.dismissRestored', {})
    expect(await again.call('backup.restored', {})).toEqual({ note: null })
    const logged = (await again.call('access-log.list', {})).rows.filter((row) => row.action === 'restore')
    expect(logged).toMatchObject([{ byName: '王组委', detail: expect.stringContaining('unreported=3') as string }])
    await again.call('cadre.save', { set: { name: '丁某' } })
    await again.desk.close()
    const epochs = await rowsIn<{ epoch: string }>(dir, 'select distinct epoch from op order by seq')
    expect(epochs).toHaveLength(2)
  })

  test('does not end the wait after five failures: neither unlocking nor recovering becomes free by restoring', async () => {
    const { dir, folder, officerId, recoveryCode } = await aDeskWithBackup()
    const { call } = await openTestDesk(dir)
    const fail = { officerId, recoveryCode: 'AAAA-AAAA-AAAA-AAAA-AAAA-AAAA', passphrase: 'another good 3' }
    for (let n = 0; n < 5; n += 1) await refused(call('desk.recover', fail), 'wrong-recovery-code')
    rmSync(profilePaths(dir).database)
    await call('desk.restore', { folder, replaceDamaged: true })
    expect((await call('desk.status', {})).blockedUntil).not.toBe(null)
    await refused(call('desk.unlock', { officerId, passphrase: PASSPHRASE }), 'too-many-attempts')
    await refused(call('desk.recover', { ...fail, recoveryCode }), 'too-many-attempts')
  })

  test('into a folder with the remains of a first run keeps those aside too', async () => {
    const { folder, officerId } = await aDeskWithBackup()
    const dir = temporaryFolder()
    writeFileSync(join(dir, 'desk.db'), 'half a database')
    const { call } = await openTestDesk(dir)
    const { kept } = await call('desk.restore', { folder })
    expect(readFileSync(join(kept!, 'desk.db'), 'utf8')).toBe('half a database')
    expect(await unlocked(call, officerId)).toBe(1)
  })

  test('cut off after the old files were moved shows as damage, not as an empty desk, and is simply repeated', async () => {
    const { dir, folder, officerId } = await aDeskWithBackup()
    const { keys, database, restored } = profilePaths(dir)
    for (const file of [keys, database]) rmSync(file)
    writeFileSync(restored, '{}')
    const { call } = await openTestDesk(dir)
    expect(await call('desk.status', {})).toMatchObject({ state: 'damaged', damage: { kind: 'no-key-file' } })
    await refused(
      call('desk.init', { unitName: '测', unitCode: '371002101', officerName: '甲', passphrase: PASSPHRASE }),
      'profile-damaged',
    )
    await call('desk.restore', { folder, replaceDamaged: true })
    expect(await unlocked(call, officerId)).toBe(1)
    expect((await call('backup.restored', {})).note).toMatchObject({ unreported: 3 })
  })

  test('that could not be finished says nothing of a restore at the next unlock', async () => {
    const { dir, officerId } = await aDeskWithBackup()
    writeFileSync(
      profilePaths(dir).restored,
      '{"v":1,"logged":false,"backupAt":null,"restoredAt":"x","unreported":1,"lost":1,"kept":null}',
    )
    const { call } = await openTestDesk(dir)
    expect(await unlocked(call, officerId)).toBe(3)
    expect(await call('backup.restored', {})).toEqual({ note: null })
    expect(existsSync(profilePaths(dir).restored)).toBe(false)
  })
})

describe('a database that somebody copied into place by hand', () => {
  test('is known by its missing epoch mark, gets a new epoch and is told', async () => {
    const { dir, officerId } = await aDeskWithBackup()
    const elsewhere = temporaryFolder()
    for (const name of ['desk.db', 'keys.json']) cpSync(join(dir, name), join(elsewhere, name))
    const { call } = await openTestDesk(elsewhere)
    expect(await unlocked(call, officerId)).toBe(3)
    expect((await call('backup.restored', {})).note).toMatchObject({ backupAt: null, unreported: null, lost: null })
  })

  test('and is older than the desk it was put into is refused, with the number of changes it lacks', async () => {
    const { dir, folder, officerId } = await aDeskWithBackup()
    cpSync(join(folder, 'desk.db'), profilePaths(dir).database)
    const { call } = await openTestDesk(dir)
    await refused(call('desk.unlock', { officerId, passphrase: PASSPHRASE }), 'changes-missing', { missing: 2 })
    expect(await call('desk.status', {})).toMatchObject({
      state: 'damaged',
      damage: { kind: 'changes-missing', missing: 2 },
    })
  })
})

describe('a backup that was tampered with', () => {
  interface Edited {
    [name: string]: unknown
    files: { name: string; bytes: number }[]
  }
  const edited = (folder: string, edit: (manifest: Edited) => void) => {
    const file = join(folder, 'manifest.json')
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Edited
    edit(manifest)
    writeFileSync(file, JSON.stringify(manifest))
  }

  test.each([
    ['one bit of the database flipped', 'desk.db', (folder: string) => flip(join(folder, 'desk.db'), 30_000)],
    ['the database cut short', 'desk.db', (folder: string) => truncateSync(join(folder, 'desk.db'), 8_192)],
    ['the database gone', 'desk.db', (folder: string) => rmSync(join(folder, 'desk.db'))],
    [
      'a folder in its place',
      'desk.db',
      (folder: string) => (rmSync(join(folder, 'desk.db')), mkdirSync(join(folder, 'desk.db'))),
    ],
    ['one bit of the key file flipped', 'keys.json', (folder: string) => flip(join(folder, 'keys.json'), 60)],
    ['the key file gone', 'keys.json', (folder: string) => rmSync(join(folder, 'keys.json'))],
    [
      'a digest edited',
      'desk.db',
      (folder: string) => edited(folder, (m) => (m.files[0] = { ...m.files[0]!, bytes: m.files[0]!.bytes + 1 })),
    ],
    ['the list of files emptied', 'desk.db', (folder: string) => edited(folder, (m) => (m.files = []))],
    ['one file left out of the list', 'keys.json', (folder: string) => edited(folder, (m) => m.files.pop())],
    [
      'a negative number of changes',
      'manifest.json',
      (folder: string) => edited(folder, (m) => (m['unreported'] = -1)),
    ],
    ['no date', 'manifest.json', (folder: string) => edited(folder, (m) => (m['at'] = 'yesterday'))],
    ['half a manifest', 'manifest.json', (folder: string) => truncateSync(join(folder, 'manifest.json'), 40)],
  ])(
    '%s is refused naming the file, and the desk it should have replaced is as it was',
    async (_what, file, tamper) => {
      const { dir, folder } = await aDeskWithBackup()
      truncateSync(profilePaths(dir).database, 0)
      tamper(folder)
      const before = bytesIn(dir)
      const { call, bugs } = await openTestDesk(dir)
      await refused(call('desk.restore', { folder, replaceDamaged: true }), 'backup-damaged', { file })
      expect(bytesIn(dir)).toEqual(before)
      expect(readdirSync(dir).filter((name) => name.startsWith('damaged-'))).toEqual([])
      expect(bugs).toEqual([])
    },
  )

  test('is not what is offered first: the last good one is', async () => {
    const { dir, desk, call } = await startDesk()
    const good = await call('backup.make', {})
    const bad = await call('backup.make', {})
    await desk.close()
    flip(join(bad.folder, 'desk.db'), 20_000)
    rmSync(profilePaths(dir).database)
    const again = await openTestDesk(dir)
    expect((await again.call('desk.backups', {})).rows).toMatchObject([
      { folder: bad.folder, state: 'damaged' },
      { folder: good.folder, state: 'whole' },
    ])
  })

  test('is not one of somebody else’s folders', async () => {
    const { call } = await openTestDesk(temporaryFolder())
    const folder = temporaryFolder()
    await refused(call('desk.restore', { folder }), 'backup-missing')
    writeFileSync(join(folder, 'manifest.json'), '{"name":"a web app"}')
    await refused(call('desk.restore', { folder }), 'backup-missing')
    await refused(call('desk.restore', { folder: join(folder, 'absent') }), 'backup-missing')
  })
})

describe('backups for a desk that cannot be opened', () => {
  test('are looked for where the plan says and beside the data, of this township alone', async () => {
    const stick = temporaryFolder()
    const other = await startDesk({ unitCode: '371002102' })
    await other.call('backup.make', { folder: stick })
    const { dir, desk, call } = await startDesk()
    await call('cadre.save', { set: { name: '甲某' } })
    const beside = await call('backup.make', {})
    await call('backup.schedule', { folder: stick, keep: 7, daily: true })
    const onStick = await call('backup.make', {})
    await desk.close()
    writeFileSync(profilePaths(dir).database, '')
    const again = await openTestDesk(dir)
    const { rows } = await again.call('desk.backups', {})
    expect(rows.map((row) => row.folder).sort()).toEqual([beside.folder, onStick.folder].sort())
    expect(rows.map((row) => row.state).sort()).toEqual(['unchecked', 'whole'])
    expect((await again.call('desk.backups', { folder: stick })).rows.map((row) => row.scope).sort()).toEqual([
      '371002101',
      '371002102',
    ])
  })
})

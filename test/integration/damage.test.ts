import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { profilePaths } from '../../core/profile.ts'
import { aClosedDesk, bytesIn, flip, leadsToRecovery, saved, sizeOf } from '../helpers/damage.ts'
import { openTestDesk, PASSPHRASE, startDesk } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'
import { rowsIn } from '../helpers/workspace.ts'

describe('damage to the database file', () => {
  test.each([
    ['one bit of its header flipped', ({ database }: { database: string }) => flip(database, 40)],
    ['one bit of its first page flipped', ({ database }: { database: string }) => flip(database, 2_000)],
    [
      'cut to a third',
      ({ database }: { database: string }) => truncateSync(database, Math.floor(sizeOf(database) / 3)),
    ],
    ['cut by one page', ({ database }: { database: string }) => truncateSync(database, sizeOf(database) - 4_096)],
    ['cut to one byte', ({ database }: { database: string }) => truncateSync(database, 1)],
    ['cut inside its first page', ({ database }: { database: string }) => truncateSync(database, 3_000)],
    ['cut to nothing', ({ database }: { database: string }) => truncateSync(database, 0)],
    [
      'overwritten with zeros',
      ({ database }: { database: string }) => writeFileSync(database, Buffer.alloc(sizeOf(database))),
    ],
  ])('%s is said at unlock, changes not a byte, is remembered and leads to the backups', async (_what, damage) => {
    const desk = await aClosedDesk()
    damage(desk)
    const before = bytesIn(desk.dir)
    const { call, bugs, desk: first } = await openTestDesk(desk.dir)
    await refused(call('desk.unlock', { officerId: desk.officerId, passphrase: PASSPHRASE }), 'profile-damaged')
    await leadsToRecovery(call, 'database', desk.folder)
    await first.close()
    const after = bytesIn(desk.dir)
    for (const [name, digest] of before)
      if (name !== 'attempts.json') expect([name, after.get(name)]).toEqual([name, digest])
    const again = await openTestDesk(desk.dir)
    await leadsToRecovery(again.call, 'database', desk.folder)
    const { kept } = await again.call('desk.restore', { folder: desk.folder, replaceDamaged: true })
    expect(bytesIn(kept!).get('desk.db')).toBe(before.get('desk.db'))
    await again.call('desk.unlock', { officerId: desk.officerId, passphrase: PASSPHRASE })
    expect(await saved(again.call)).toHaveLength(12)
    expect(bugs).toEqual([])
  })

  test('in a page that only a list reads is said at that list, remembered, and does not shut out the rest', async () => {
    const desk = await aClosedDesk()
    const [row] = await rowsIn<{ rootpage: number }>(
      desk.dir,
      `select rootpage from sqlite_master where name = 'draft'`,
    )
    flip(desk.database, (row!.rootpage - 1) * 4_096 + 100)
    const { desk: opened, call, bugs } = await openTestDesk(desk.dir)
    await call('desk.unlock', { officerId: desk.officerId, passphrase: PASSPHRASE })
    expect(await call('desk.status', {})).toMatchObject({ state: 'open', damage: null })
    const told: unknown[] = []
    opened.onEvent((event) => told.push(event))
    for (let n = 0; n < 3; n += 1) await refused(call('draft.list', {}), 'profile-damaged')
    expect(told).toEqual([{ kind: 'changed', registers: [] }])
    expect(await call('desk.status', {})).toMatchObject({
      state: 'open',
      damage: { kind: 'database', canUnlock: true },
    })
    expect(await saved(call)).toHaveLength(12)
    await call('desk.lock', {})
    await leadsToRecovery(call, 'database', desk.folder)
    await call('desk.unlock', { officerId: desk.officerId, passphrase: PASSPHRASE })
    expect(await call('desk.status', {})).toMatchObject({ state: 'open', damage: { kind: 'database' } })
    expect(bugs).toEqual([])
  })

  test('its file gone is said before anybody types a passphrase', async () => {
    const desk = await aClosedDesk()
    rmSync(desk.database)
    const { call } = await openTestDesk(desk.dir)
    expect((await call('desk.status', {})).damage).toMatchObject({ canUnlock: false })
    await leadsToRecovery(call, 'no-database', desk.folder)
    await refused(call('desk.unlock', { officerId: desk.officerId, passphrase: PASSPHRASE }), 'profile-damaged')
    expect(existsSync(desk.database)).toBe(false)
  })
})

describe('damage to the key file', () => {
  test.each([
    ['gone', 'no-key-file', (keys: string) => rmSync(keys)],
    ['empty', 'key-file', (keys: string) => truncateSync(keys, 0)],
    ['cut in half', 'key-file', (keys: string) => truncateSync(keys, Math.floor(sizeOf(keys) / 2))],
    ['garbage', 'key-file', (keys: string) => writeFileSync(keys, Buffer.alloc(400, 0xa7))],
    ['of nobody', 'key-file', (keys: string) => writeFileSync(keys, '{"v":1,"demo":false,"slots":[]}')],
  ])(
    '%s is no new desk: it is said before a passphrase is typed, and a backup brings the key back',
    async (_what, kind, damage) => {
      const desk = await aClosedDesk()
      damage(desk.keys)
      const before = bytesIn(desk.dir)
      const { call, bugs } = await openTestDesk(desk.dir)
      expect(await call('desk.status', {})).toMatchObject({ officers: [], damage: { kind, canUnlock: false } })
      await leadsToRecovery(call, kind, desk.folder)
      await refused(call('desk.demo', {}), kind === 'no-key-file' ? 'profile-damaged' : 'profile-exists')
      expect(bytesIn(desk.dir)).toEqual(before)
      await call('desk.restore', { folder: desk.folder, replaceDamaged: true })
      await call('desk.unlock', { officerId: desk.officerId, passphrase: PASSPHRASE })
      expect(await saved(call)).toHaveLength(12)
      expect(bugs).toEqual([])
    },
  )

  test('one flipped bit in a slot costs that officer’s passphrase and nothing else: the recovery code still opens', async () => {
    const { dir, desk, call, officerId, recoveryCode } = await startDesk()
    await call('cadre.save', { set: { name: '试一' } })
    await desk.close()
    const { keys } = profilePaths(dir)
    const file = JSON.parse(readFileSync(keys, 'utf8')) as { slots: { wrapped: { box: string } }[] }
    const box = Buffer.from(file.slots[0]!.wrapped.box, 'base64')
    box[20]! ^= 1
    file.slots[0]!.wrapped.box = box.toString('base64')
    writeFileSync(keys, JSON.stringify(file))
    const again = await openTestDesk(dir)
    await refused(again.call('desk.unlock', { officerId, passphrase: PASSPHRASE }), 'wrong-passphrase')
    await again.call('desk.recover', { officerId, recoveryCode, passphrase: 'another good 3' })
    expect(await saved(again.call)).toEqual(['试一'])
  })
})

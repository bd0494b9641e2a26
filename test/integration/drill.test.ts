import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { profilePaths } from '../../core/profile.ts'
import { startCity, type TestCity } from '../helpers/city.ts'
import { asAfterCrash, bytesIn, flip, sizeOf } from '../helpers/damage.ts'
import { openTestDesk, PASSPHRASE, startDesk, temporaryFolder, UNIT_CODE, type Call } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'

const NEW_PASSPHRASE = 'a new good one 9'
const NAMES = ['甲某', '乙某', '丙某', '丁某', '戊某', '己某']

interface Drilled {
  readonly city: TestCity
  readonly dir: string
  readonly backup: string
  readonly officerId: string
  readonly recoveryCode: string
  /** Every record's id by name, of those before the backup and of those after it. */
  readonly before: ReadonlyMap<string, string>
  readonly after: ReadonlyMap<string, string>
}

const saveAll = async (call: Call, names: readonly string[]): Promise<Map<string, string>> => {
  const ids = new Map<string, string>()
  for (const name of names) {
    const { id } = await call('cadre.save', { set: { name, resume: '履历'.repeat(400) } })
    await call('talk.save', {
      set: { cadreId: id, heldOn: '2026-11-18', talker: { name: '李书记' }, summary: `与${name}谈话` },
    })
    ids.set(name, id)
  }
  return ids
}

/**
 * A working day that ends badly: four people are on record and reported, two more are recorded, then the backup is made;
 * one more is changed and reported, one is only recorded; then the disk goes.
 */
async function aDayThatEndsBadly(): Promise<Drilled> {
  const city = await startCity()
  const { dir, desk, call, officerId, recoveryCode } = await startDesk()
  await call('sync.enrol', { city: city.url, code: await city.enrolCode(UNIT_CODE) })
  const before = await saveAll(call, NAMES.slice(0, 4))
  await call('sync.run', {})
  for (const [name, id] of await saveAll(call, NAMES.slice(4))) before.set(name, id)
  const stick = join(temporaryFolder(), 'stick')
  await call('backup.schedule', { folder: stick, keep: 7, daily: true })
  const { folder: backup, unreported } = await call('backup.make', {})
  expect(unreported).toBe(4)
  const after = await saveAll(call, ['庚某'])
  await call('sync.run', {})
  for (const [name, id] of await saveAll(call, ['辛某'])) after.set(name, id)
  // Nothing is reported at closing: the power goes, not the officer.
  await call('sync.schedule', { everyMinutes: 0, atExit: false })
  await desk.close()
  return { city, dir, backup, officerId, recoveryCode, before, after }
}

/** Flips a bit in every page but the first, so that the file still looks like itself. */
function destroy(dir: string): void {
  const { database } = profilePaths(dir)
  for (let at = 4_096 + 77; at < sizeOf(database); at += 4_096) flip(database, at)
}

const atCity = async (city: TestCity, ent: string) =>
  new Map(
    (await city.db.selectFrom('record').select(['id', 'data', 'rev']).where('ent', '=', ent).execute()).map((row) => [
      row.id,
      row,
    ]),
  )

describe('the drill: backed up, destroyed, restored, recovered with the code, and reporting goes on', () => {
  test.each(['the same folder', 'a new folder'])('into %s', { timeout: 120_000 }, async (where) => {
    const { city, dir, backup, officerId, recoveryCode, before, after } = await aDayThatEndsBadly()
    destroy(dir)
    const remains = bytesIn(dir)

    // The damage is noticed, said, and leads to the backup; nothing is made anew, not a byte is lost.
    const broken = await openTestDesk(dir)
    await refused(broken.call('desk.unlock', { officerId, passphrase: PASSPHRASE }), 'profile-damaged')
    expect(await broken.call('desk.status', {})).toMatchObject({ state: 'damaged', damage: { kind: 'database' } })
    const offered = (await broken.call('desk.backups', {})).rows[0]
    expect(offered).toMatchObject({ folder: backup, state: 'whole', unreported: 4, since: 4 })

    // Restored: where it was, with the damaged files kept beside it, or on another PC.
    const home = where === 'the same folder' ? dir : temporaryFolder()
    if (home !== dir) await broken.desk.close()
    const restored = home === dir ? broken : await openTestDesk(home)
    const done = await restored.call('desk.restore', { folder: backup, replaceDamaged: home === dir })
    expect(done).toMatchObject({ unreported: 4, lost: home === dir ? 4 : null })
    if (home === dir) expect(bytesIn(done.kept!).get('desk.db')).toBe(remains.get('desk.db'))
    else expect(bytesIn(dir).get('desk.db')).toBe(remains.get('desk.db'))

    // Nobody remembers the passphrase; the code on paper opens it, and only the new passphrase does from then on.
    await refused(
      restored.call('desk.recover', { officerId, recoveryCode: 'AAAA-BBBB', passphrase: NEW_PASSPHRASE }),
      'wrong-recovery-code',
    )
    await restored.call('desk.recover', { officerId, recoveryCode, passphrase: NEW_PASSPHRASE })
    await restored.call('desk.lock', {})
    await refused(restored.call('desk.unlock', { officerId, passphrase: PASSPHRASE }), 'wrong-passphrase')
    const { call } = restored
    await call('desk.unlock', { officerId, passphrase: NEW_PASSPHRASE })
    expect(await call('desk.verify', {})).toMatchObject({ ok: true })
    const { note } = await call('backup.restored', {})
    expect(note).toMatchObject({ backupAt: offered!.at, unreported: 4, lost: home === dir ? 4 : null })
    const names = (await call('cadre.list', {})).rows.map((row) => row.name)
    expect(new Set(names)).toEqual(new Set(NAMES))

    // Work goes on and is reported: the city ends with everything it ever got, and nothing twice.
    expect(await call('sync.status', {})).toMatchObject({ pending: 4 })
    const later = await saveAll(call, ['壬某'])
    expect(await call('sync.run', {})).toMatchObject({ pending: 0, attention: 0, failure: null })
    const cadres = await atCity(city, 'cadre')
    expect([...cadres.values()].map(({ data }) => (data as { name: string }).name).sort()).toEqual(
      [...before.keys(), '庚某', ...later.keys()].sort(),
    )
    expect([...cadres.values()].every(({ rev }) => rev === 1)).toBe(true)
    expect(await atCity(city, 'talk')).toHaveLength(8)
    const ops = await city.db.selectFrom('op').select(['epoch', 'seq', 'ent', 'record_id']).execute()
    expect(new Set(ops.map((op) => `${op.ent} ${op.record_id}`)).size).toBe(ops.length)

    // What came after the backup: the reported one is at the city, the other is gone here and was never there.
    expect([cadres.has(after.get('庚某')!), cadres.has(after.get('辛某')!)]).toEqual([true, false])
    await call('backup.dismissRestored', {})
    expect(await call('desk.verify', {})).toMatchObject({ ok: true })
    await restored.desk.close()
    expect(restored.bugs).toEqual([])
  })

  test(
    'the old PC that comes back to life beside the restored one is stopped by the city, and overwrites nothing',
    { timeout: 120_000 },
    async () => {
      const { city, dir, backup, officerId, before } = await aDayThatEndsBadly()
      const restored = await openTestDesk(temporaryFolder())
      await restored.call('desk.restore', { folder: backup })
      await restored.call('desk.unlock', { officerId, passphrase: PASSPHRASE })
      const id = before.get('甲某')!
      await restored.call('cadre.save', { id, version: 1, set: { postTitle: '副镇长' } })
      expect(await restored.call('sync.run', {})).toMatchObject({ pending: 0, attention: 0 })
      const old = await openTestDesk(dir)
      await old.call('desk.unlock', { officerId, passphrase: PASSPHRASE })
      await old.call('cadre.save', { id, version: 1, set: { postTitle: '党委委员' } })
      await expect(old.call('sync.run', {})).rejects.toMatchObject({ code: 'scope-in-use' })
      expect((await atCity(city, 'cadre')).get(id)).toMatchObject({ data: { postTitle: '副镇长' } })
      // Its own changes are still in it, for a person to carry over.
      expect((await old.call('sync.status', {})).pending).toBeGreaterThan(0)
    },
  )

  test(
    'a desk whose power went in the middle of work loses the log and says how much, and reports what is left',
    { timeout: 120_000 },
    async () => {
      const city = await startCity()
      const first = await startDesk()
      await first.call('sync.enrol', { city: city.url, code: await city.enrolCode(UNIT_CODE) })
      await saveAll(first.call, NAMES.slice(0, 2))
      await first.call('sync.run', {})
      await first.call('sync.schedule', { everyMinutes: 0, atExit: false })
      await first.desk.close()
      const second = await openTestDesk(first.dir)
      await second.call('desk.unlock', { officerId: first.officerId, passphrase: PASSPHRASE })
      await saveAll(second.call, ['丙某'])
      const dir = asAfterCrash(first.dir)
      rmSync(`${profilePaths(dir).database}-wal`)
      const { call } = await openTestDesk(dir)
      const unlock = { officerId: first.officerId, passphrase: PASSPHRASE }
      await refused(call('desk.unlock', unlock), 'changes-missing', { missing: 2 })
      await call('desk.unlock', { ...unlock, acceptMissing: true })
      await saveAll(call, ['丁某'])
      expect(await call('sync.run', {})).toMatchObject({ pending: 0, attention: 0 })
      const cadres = [...(await atCity(city, 'cadre')).values()].map(({ data }) => (data as { name: string }).name)
      expect(cadres.sort()).toEqual(['丁某', '乙某', '甲某'].sort())
      expect(await call('desk.verify', {})).toMatchObject({ ok: true })
    },
  )
})

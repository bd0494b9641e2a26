import { describe, expect, test } from 'vitest'
import { cadresIn } from '../helpers/backup.ts'
import { openTestDesk, PASSPHRASE, startDesk, temporaryFolder } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'

const SECOND = 'battery staple 2'

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
    const earlier = await call('backup.make', {})
    await call('officer.setPassphrase', { officerId, current: PASSPHRASE, passphrase: 'another good 3' })
    const later = await call('backup.make', {})
    for (const { folder } of [earlier, later]) {
      const restored = await openTestDesk(temporaryFolder())
      await restored.call('desk.restore', { folder })
      await restored.call('desk.recover', { officerId, recoveryCode, passphrase: 'a fourth good 4' })
      expect(await restored.call('desk.verify', {})).toMatchObject({ ok: true })
    }
  })
})

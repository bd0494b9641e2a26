import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openTestDesk, PASSPHRASE, startDesk, temporaryFolder, type TestDesk } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'
import { aKeystore } from '../helpers/keystore.ts'

const SECOND = 'battery staple 2'

const keyFileOf = ({ dir }: Pick<TestDesk, 'dir'>) => readFileSync(join(dir, 'keys.json'), 'utf8')
const slotKinds = (desk: Pick<TestDesk, 'dir'>) =>
  (JSON.parse(keyFileOf(desk)) as { slots: { kind: string }[] }).slots.map(({ kind }) => kind)

async function deskWithKeystore() {
  const keystore = aKeystore()
  const desk = await startDesk({ keystore })
  return { keystore, ...desk }
}

describe('unlocking by the key store of the operating system', () => {
  test('is off until an officer asks for it and gives the passphrase again', async () => {
    const { call, keystore, officerId, ...desk } = await deskWithKeystore()
    expect(await call('keystore.state', {})).toEqual({ enabled: false, obstacle: null })
    expect((await call('desk.status', {})).officers[0]).toEqual({ id: officerId, name: '王组委' })
    await refused(call('keystore.enable', { passphrase: SECOND }), 'wrong-passphrase')
    expect([keystore.kept.size, slotKinds(desk)]).toEqual([0, ['officer', 'recovery']])

    await call('keystore.enable', { passphrase: PASSPHRASE })
    expect(await call('keystore.state', {})).toEqual({ enabled: true, obstacle: null })
    expect((await call('desk.status', {})).officers[0]).toMatchObject({ id: officerId, keystore: true })
    await call('desk.lock', {})
    await refused(call('keystore.state', {}), 'locked')
    expect((await call('desk.unlockByKeystore', { officerId })).officer).toMatchObject({ id: officerId })
    expect((await call('desk.status', {})).state).toBe('open')
  })

  test('keeps neither the data key nor the secret in the key file, and nothing of either leaves the core', async () => {
    const { call, keystore, officerId, ...desk } = await deskWithKeystore()
    expect(await call('keystore.enable', { passphrase: PASSPHRASE })).toEqual({})
    const secret = keystore.kept.get(officerId) ?? ''
    expect(Buffer.from(secret, 'base64')).toHaveLength(32)
    expect(keyFileOf(desk)).not.toContain(secret)
    expect(JSON.stringify(await call('desk.status', {}))).not.toContain(secret)
  })

  test('is written to the access log, on, off and each time it opens', async () => {
    const { call, officerId } = await deskWithKeystore()
    await call('keystore.enable', { passphrase: PASSPHRASE })
    await call('desk.lock', {})
    await call('desk.unlockByKeystore', { officerId })
    await call('keystore.disable', {})
    const { rows } = await call('access-log.list', {})
    expect(rows.map(({ action, detail }) => [action, detail])).toEqual([
      ['keystore-off', null],
      ['unlock', 'keystore'],
      ['keystore-on', null],
      ['unlock', 'init'],
    ])
  })

  test('switched off takes the slot and the secret away, and passphrase and recovery code go on', async () => {
    const { call, keystore, officerId, recoveryCode, ...desk } = await deskWithKeystore()
    await call('keystore.enable', { passphrase: PASSPHRASE })
    const secret = keystore.kept.get(officerId) ?? ''
    await call('keystore.disable', {})
    expect([slotKinds(desk), keystore.kept.size]).toEqual([['officer', 'recovery'], 0])
    await call('desk.lock', {})
    keystore.kept.set(officerId, secret) // somebody had kept a copy of it
    await refused(call('desk.unlockByKeystore', { officerId }), 'keystore-lost')
    await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    await call('desk.lock', {})
    await call('desk.recover', { officerId, recoveryCode, passphrase: SECOND })
  })

  test('whose key store is lost or holds another secret leaves passphrase and recovery code as they were', async () => {
    const { call, keystore, officerId, recoveryCode, bugs } = await deskWithKeystore()
    await call('keystore.enable', { passphrase: PASSPHRASE })
    await call('desk.lock', {})
    for (const found of [null, '', 'not base64 of a key', Buffer.alloc(32).toString('base64')]) {
      keystore.kept.clear()
      if (found !== null) keystore.kept.set(officerId, found)
      await refused(call('desk.unlockByKeystore', { officerId }), 'keystore-lost')
      expect((await call('desk.status', {})).state).toBe('locked')
    }
    await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    await call('desk.lock', {})
    await call('desk.recover', { officerId, recoveryCode, passphrase: SECOND })
    expect(bugs).toEqual([])
  })

  test('can be switched on again after the key store was lost', async () => {
    const { call, keystore, officerId } = await deskWithKeystore()
    await call('keystore.enable', { passphrase: PASSPHRASE })
    keystore.kept.clear()
    await call('keystore.enable', { passphrase: PASSPHRASE })
    await call('desk.lock', {})
    await call('desk.unlockByKeystore', { officerId })
  })
})

describe('the key store', () => {
  test('of one officer opens for that officer alone', async () => {
    const { call, keystore, officerId } = await deskWithKeystore()
    const { id } = await call('officer.save', { set: { name: '李干事', role: 'operator' } })
    await call('officer.setPassphrase', { officerId: id, passphrase: SECOND })
    await call('keystore.enable', { passphrase: PASSPHRASE })
    await call('desk.lock', {})
    await refused(call('desk.unlockByKeystore', { officerId: id }), 'keystore-lost')
    keystore.kept.set(id, keystore.kept.get(officerId) ?? '')
    await refused(call('desk.unlockByKeystore', { officerId: id }), 'keystore-lost')
  })

  test('is no way in any more after a new passphrase, the recovery code, or being disabled', async () => {
    const { call, keystore, officerId, recoveryCode, ...desk } = await deskWithKeystore()
    await call('keystore.enable', { passphrase: PASSPHRASE })
    await call('officer.setPassphrase', { officerId, current: PASSPHRASE, passphrase: SECOND })
    expect([slotKinds(desk).includes('keystore'), keystore.kept.size]).toEqual([false, 0])

    await call('keystore.enable', { passphrase: SECOND })
    await call('desk.lock', {})
    await call('desk.recover', { officerId, recoveryCode, passphrase: PASSPHRASE })
    expect([slotKinds(desk).includes('keystore'), keystore.kept.size]).toEqual([false, 0])

    const { id } = await call('officer.save', { set: { name: '李干事', role: 'operator' } })
    await call('officer.setPassphrase', { officerId: id, passphrase: SECOND })
    await call('desk.unlock', { officerId: id, passphrase: SECOND })
    await call('keystore.enable', { passphrase: SECOND })
    await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    await call('officer.save', { id, version: 1, set: { state: 'disabled' } })
    await call('desk.lock', {})
    await refused(call('desk.unlockByKeystore', { officerId: id }), 'officer-disabled')
    await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    await call('officer.save', { id, version: 2, set: { state: 'active' } })
    await refused(call('desk.unlockByKeystore', { officerId: id }), 'keystore-lost')
  })

  test('is not used, and said to be so, where the host has none or none that works', async () => {
    const { call: onLoopback, dir, officerId, desk } = await startDesk()
    expect(await onLoopback('keystore.state', {})).toEqual({ enabled: false, obstacle: 'host' })
    await refused(onLoopback('keystore.enable', { passphrase: PASSPHRASE }), 'keystore-unavailable', { reason: 'host' })
    await refused(onLoopback('desk.unlockByKeystore', { officerId }), 'keystore-lost')
    await desk.close()

    const keystore = aKeystore()
    const { call } = await openTestDesk(dir, { keystore })
    await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    keystore.missing = 'no-keyring'
    expect(await call('keystore.state', {})).toEqual({ enabled: false, obstacle: 'no-keyring' })
    await refused(call('keystore.enable', { passphrase: PASSPHRASE }), 'keystore-unavailable', { reason: 'no-keyring' })
    keystore.missing = null
    keystore.works = false
    await refused(call('keystore.enable', { passphrase: PASSPHRASE }), 'keystore-unavailable', {
      reason: 'unavailable',
    })
    expect(slotKinds({ dir })).toEqual(['officer', 'recovery'])
  })

  test('switched on in the shell is not offered by a host without one, and can be switched off there', async () => {
    const keystore = aKeystore()
    const { call: inShell, dir, officerId, desk } = await startDesk({ keystore })
    await inShell('keystore.enable', { passphrase: PASSPHRASE })
    await desk.close()
    const { call } = await openTestDesk(dir)
    expect((await call('desk.status', {})).officers).toEqual([{ id: officerId, name: '王组委' }])
    await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    expect(await call('keystore.state', {})).toEqual({ enabled: true, obstacle: 'host' })
    await call('keystore.disable', {})
    expect(slotKinds({ dir })).toEqual(['officer', 'recovery'])
  })

  test('tries of a wrong passphrase count as at unlock', async () => {
    const { call, officerId } = await deskWithKeystore()
    for (let tries = 0; tries < 5; tries++)
      await refused(call('keystore.enable', { passphrase: SECOND }), 'wrong-passphrase')
    await refused(call('keystore.enable', { passphrase: PASSPHRASE }), 'too-many-attempts')
    await call('desk.lock', {})
    await refused(call('desk.unlock', { officerId, passphrase: PASSPHRASE }), 'too-many-attempts')
  })

  test('of a copied folder opens nothing on another PC', async () => {
    const { call, keystore, officerId, dir, desk } = await deskWithKeystore()
    await call('keystore.enable', { passphrase: PASSPHRASE })
    await desk.close()
    const copy = join(temporaryFolder(), 'copy')
    cpSync(dir, copy, { recursive: true })
    const other = await openTestDesk(copy, { keystore: aKeystore() })
    await refused(other.call('desk.unlockByKeystore', { officerId }), 'keystore-lost')
    await other.call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    expect(keystore.kept.size).toBe(1)
  })
})

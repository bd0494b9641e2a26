import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { profilePaths } from '../../core/profile.ts'
import { openTestDesk, PASSPHRASE, startDesk, type Call } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'

const SECOND = 'battery staple 2'

/** A clock that a test moves. */
function aClock(start = '2026-11-20T01:00:00Z') {
  let time = new Date(start).getTime()
  return { now: () => new Date(time), pass: (minutes: number) => void (time += minutes * 60_000) }
}

async function addOfficer(
  call: Call,
  name: string,
  role: 'operator' | 'viewer' = 'operator',
  passphrase = SECOND,
): Promise<string> {
  const { id } = await call('officer.save', { set: { name, role } })
  await call('officer.setPassphrase', { officerId: id, passphrase })
  return id
}

describe('unlocking', () => {
  test('needs the officer chosen and that officer’s own passphrase', async () => {
    const { call, officerId } = await startDesk()
    const second = await addOfficer(call, '李干事')
    await call('desk.lock', {})
    expect(await call('desk.status', {})).toMatchObject({
      state: 'locked',
      officers: [
        { id: officerId, name: '王组委' },
        { id: second, name: '李干事' },
      ],
    })
    await refused(call('desk.unlock', { officerId, passphrase: SECOND }), 'wrong-passphrase')
    await refused(call('desk.unlock', { officerId: second, passphrase: PASSPHRASE }), 'wrong-passphrase')
    expect((await call('desk.unlock', { officerId: second, passphrase: SECOND })).officer).toEqual({
      id: second,
      name: '李干事',
      role: 'operator',
    })
    expect((await call('desk.unlock', { officerId, passphrase: PASSPHRASE })).officer.name).toBe('王组委')
  })

  test('takes the passphrase in whatever Unicode form the keyboard gives it', async () => {
    const { call } = await startDesk()
    const second = await addOfficer(call, '李干事', 'operator', 'Zoë密码é９８７')
    await call('desk.lock', {})
    await call('desk.unlock', { officerId: second, passphrase: 'Zoë密码é987'.normalize('NFD') })
  })

  test('of nobody’s id, or of an officer without a passphrase yet, is refused', async () => {
    const { call } = await startDesk()
    const { id } = await call('officer.save', { set: { name: '赵新', role: 'operator' } })
    expect((await call('officer.list', {})).rows.map((row) => [row.record.name, row.hasSlot])).toEqual([
      ['王组委', true],
      ['赵新', false],
    ])
    await call('desk.lock', {})
    expect((await call('desk.status', {})).officers.map((o) => o.name)).toEqual(['王组委'])
    await refused(call('desk.unlock', { officerId: id, passphrase: PASSPHRASE }), 'not-found')
  })

  test('twice at once opens one desk, not two', async () => {
    const { call, officerId, bugs } = await startDesk()
    const second = await addOfficer(call, '李干事')
    await call('desk.lock', {})
    await Promise.all([
      call('desk.unlock', { officerId, passphrase: PASSPHRASE }),
      call('desk.unlock', { officerId: second, passphrase: SECOND }),
    ])
    expect((await call('session.get', {})).officer.name).toBe('李干事')
    await call('desk.lock', {})
    await refused(call('session.get', {}), 'locked')
    expect(bugs).toEqual([])
  })

  test('with a wrong passphrase leaves the one who is signed in where they are', async () => {
    const { call, officerId } = await startDesk()
    const second = await addOfficer(call, '李干事')
    await refused(call('desk.unlock', { officerId: second, passphrase: 'no such phrase' }), 'wrong-passphrase')
    expect((await call('session.get', {})).officer.id).toBe(officerId)
  })

  test('is written to the access log, with the failures that came before it', async () => {
    const { call, officerId } = await startDesk()
    await call('desk.lock', {})
    await refused(call('desk.unlock', { officerId, passphrase: 'wrong phrase 1' }), 'wrong-passphrase')
    await refused(call('desk.unlock', { officerId, passphrase: 'wrong phrase 2' }), 'wrong-passphrase')
    await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    const { rows } = await call('access-log.list', {})
    expect(rows[0]).toMatchObject({ action: 'unlock', byName: '王组委', detail: 'failures=2' })
  })
})

describe('after five failures', () => {
  const fail = async (call: Call, officerId: string, times: number): Promise<void> => {
    for (let n = 0; n < times; n += 1)
      await refused(call('desk.unlock', { officerId, passphrase: 'not this one' }), 'wrong-passphrase')
  }

  test('unlocking waits ten minutes, even with the right passphrase, and then works', async () => {
    const clock = aClock()
    const { call, officerId } = await startDesk({ now: clock.now })
    await call('desk.lock', {})
    await fail(call, officerId, 5)
    const until = '2026-11-20T01:10:00.000Z'
    await refused(call('desk.unlock', { officerId, passphrase: PASSPHRASE }), 'too-many-attempts', { until })
    expect(await call('desk.status', {})).toMatchObject({ blockedUntil: until })
    clock.pass(9.99)
    await refused(call('desk.unlock', { officerId, passphrase: PASSPHRASE }), 'too-many-attempts')
    clock.pass(0.02)
    expect(await call('desk.status', {})).toMatchObject({ blockedUntil: null })
    await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
  })

  test('four are forgiven by a success', async () => {
    const { call, officerId } = await startDesk()
    await call('desk.lock', {})
    await fail(call, officerId, 4)
    await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    await fail(call, officerId, 4)
    await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
  })

  test('closing and opening the program changes nothing', async () => {
    const clock = aClock()
    const { dir, desk, call, officerId } = await startDesk({ now: clock.now })
    await call('desk.lock', {})
    await fail(call, officerId, 3)
    await desk.close()
    const again = await openTestDesk(dir, { now: clock.now })
    await fail(again.call, officerId, 2)
    await again.desk.close()
    const third = await openTestDesk(dir, { now: clock.now })
    await refused(third.call('desk.unlock', { officerId, passphrase: PASSPHRASE }), 'too-many-attempts')
    clock.pass(11)
    await third.call('desk.unlock', { officerId, passphrase: PASSPHRASE })
  })

  test('five more make another ten minutes', async () => {
    const clock = aClock()
    const { call, officerId } = await startDesk({ now: clock.now })
    await call('desk.lock', {})
    await fail(call, officerId, 5)
    clock.pass(11)
    await fail(call, officerId, 5)
    await refused(call('desk.unlock', { officerId, passphrase: PASSPHRASE }), 'too-many-attempts')
  })

  test('the recovery code waits too, and counts', async () => {
    const { call, officerId, recoveryCode } = await startDesk()
    await call('desk.lock', {})
    const wrong = { officerId, recoveryCode: 'AAAA-AAAA-AAAA-AAAA-AAAA-AAAA', passphrase: SECOND }
    for (let n = 0; n < 5; n += 1) await refused(call('desk.recover', wrong), 'wrong-recovery-code')
    await refused(call('desk.recover', { ...wrong, recoveryCode }), 'too-many-attempts')
    await refused(call('desk.unlock', { officerId, passphrase: PASSPHRASE }), 'too-many-attempts')
  })

  test.each(['', 'null', '[]', '{"failures":"x"}', '{"failures":1,"blockedUntil":7}', '\u0000\u0000'])(
    'a torn counter (%j) locks nobody out',
    async (content) => {
      const { dir, call, officerId } = await startDesk()
      await call('desk.lock', {})
      writeFileSync(profilePaths(dir).attempts, content)
      expect(await call('desk.status', {})).toMatchObject({ state: 'locked', blockedUntil: null })
      await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    },
  )

  test('a clock that was years ahead and is set right does not lock the desk for years', async () => {
    const clock = aClock('2099-01-01T00:00:00Z')
    const { dir, desk, call, officerId } = await startDesk({ now: clock.now })
    await call('desk.lock', {})
    await fail(call, officerId, 5)
    await desk.close()
    const { call: later } = await openTestDesk(dir, { now: aClock().now })
    await later('desk.unlock', { officerId, passphrase: PASSPHRASE })
  })
})

describe('the recovery code', () => {
  test('has 24 characters in groups of four and is given once', async () => {
    const { recoveryCode, dir } = await startDesk()
    expect(recoveryCode).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(readFileSync(profilePaths(dir).keys, 'utf8')).not.toContain(recoveryCode)
  })

  test.each([
    ['as printed', (code: string) => code],
    ['in small letters without dashes', (code: string) => code.toLowerCase().replaceAll('-', '')],
    ['with spaces', (code: string) => ` ${code.replaceAll('-', '  ')} `],
    [
      'in full width',
      (code: string) => code.replaceAll(/[0-9A-Z]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
    ],
    ['with O for 0 and l for 1', (code: string) => code.replaceAll('0', 'O').replaceAll('1', 'l')],
    ['with the long dashes a word processor makes', (code: string) => code.replaceAll('-', '—')],
  ])('typed %s sets a new passphrase, and the old one no longer works', async (_how, spelled) => {
    const { dir, desk, call, officerId, recoveryCode } = await startDesk()
    await call('cadre.save', { set: { name: '试一' } })
    await call('desk.lock', {})
    await call('desk.recover', { officerId, recoveryCode: spelled(recoveryCode), passphrase: SECOND })
    expect((await call('cadre.list', {})).total).toBe(1)
    expect((await call('access-log.list', {})).rows[0]).toMatchObject({ action: 'recover' })
    await desk.close()
    const again = await openTestDesk(dir)
    await refused(again.call('desk.unlock', { officerId, passphrase: PASSPHRASE }), 'wrong-passphrase')
    await again.call('desk.unlock', { officerId, passphrase: SECOND })
  })

  test('does not open another township’s desk', async () => {
    const { call, officerId } = await startDesk()
    const other = await startDesk({ unitCode: '371002102' })
    await refused(
      call('desk.recover', { officerId, recoveryCode: other.recoveryCode, passphrase: SECOND }),
      'wrong-recovery-code',
    )
  })

  test('does not take a weak new passphrase, and leaves the old one as it is', async () => {
    const { call, officerId, recoveryCode } = await startDesk()
    await call('desk.lock', {})
    await refused(call('desk.recover', { officerId, recoveryCode, passphrase: '123' }), 'weak-passphrase')
    await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
  })

  test('does not bring a disabled officer back', async () => {
    const { call, recoveryCode } = await startDesk()
    const second = await addOfficer(call, '李干事')
    await call('officer.save', { id: second, version: 1, set: { state: 'disabled' } })
    await call('desk.lock', {})
    await refused(
      call('desk.recover', { officerId: second, recoveryCode, passphrase: 'another good 3' }),
      'officer-disabled',
    )
    expect(await call('desk.status', {})).toMatchObject({ state: 'locked' })
    expect((await call('desk.status', {})).officers.map((o) => o.name)).toEqual(['王组委'])
  })
})

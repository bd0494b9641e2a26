import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createDeskLife } from '../../core/desk-life.ts'
import { profilePaths } from '../../core/profile.ts'
import type { CoreEvent } from '../../shared/contract/index.ts'
import { CHEAP_KDF, openTestDesk, PASSPHRASE, startDesk, temporaryFolder, UNIT_CODE } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'

const MINUTE = 60_000

// Only timers are false here; the database, its files and the clock are real.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

describe('fifteen idle minutes', () => {
  test('lock the desk and say so once', async () => {
    const { desk, call } = await startDesk()
    const events: CoreEvent[] = []
    desk.onEvent((event) => void events.push(event))
    await vi.advanceTimersByTimeAsync(15 * MINUTE - 1)
    expect(await call('desk.status', {})).toMatchObject({ state: 'open' })
    await vi.advanceTimersByTimeAsync(1)
    expect(await call('desk.status', {})).toMatchObject({ state: 'locked' })
    await refused(call('cadre.list', {}), 'locked')
    await refused(call('session.get', {}), 'locked')
    expect(events.filter((event) => event.kind === 'locked')).toHaveLength(1)
  })

  test('are counted from the last thing a person did', async () => {
    const { call } = await startDesk()
    for (let n = 0; n < 4; n += 1) {
      await vi.advanceTimersByTimeAsync(14 * MINUTE)
      await call('cadre.list', {})
    }
    expect(await call('desk.status', {})).toMatchObject({ state: 'open' })
    await vi.advanceTimersByTimeAsync(15 * MINUTE)
    expect(await call('desk.status', {})).toMatchObject({ state: 'locked' })
  })

  test('pass while a page asks only what a timer asks', async () => {
    const { call } = await startDesk()
    for (let minute = 0; minute < 15; minute += 1) {
      await vi.advanceTimersByTimeAsync(MINUTE)
      if (minute === 14) break
      await call('desk.status', {})
      await call('session.get', {})
      await call('sync.status', {})
    }
    expect(await call('desk.status', {})).toMatchObject({ state: 'locked' })
  })

  test('begin anew with every unlock', async () => {
    const { call, officerId } = await startDesk()
    await vi.advanceTimersByTimeAsync(14 * MINUTE)
    await call('desk.lock', {})
    await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    await vi.advanceTimersByTimeAsync(14 * MINUTE)
    expect(await call('desk.status', {})).toMatchObject({ state: 'open' })
  })

  test('a refused call does not count as somebody being there when nobody is signed in', async () => {
    const { call, officerId } = await startDesk()
    await call('desk.lock', {})
    await refused(call('cadre.list', {}), 'locked')
    await vi.advanceTimersByTimeAsync(20 * MINUTE)
    await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    expect(await call('desk.status', {})).toMatchObject({ state: 'open' })
  })
})

describe('locking', () => {
  async function anOpenLife() {
    const deps = {
      paths: profilePaths(temporaryFolder()),
      version: '0.1.0',
      now: () => new Date(),
      random: () => 0.5,
      kdf: CHEAP_KDF,
      emit: () => {},
      demoCity: undefined,
    }
    const life = createDeskLife(deps)
    const first = { unitName: '测试镇', unitCode: UNIT_CODE, officerName: '王组委', role: 'orgCommissioner' as const }
    await life.handlers['desk.init']({ ...first, passphrase: PASSPHRASE })
    const workspace = await life.signedIn(false, async (open) => open)
    return { life, workspace }
  }

  test.each(['by hand', 'by time'])('%s wipes the data key and closes the database', async (how) => {
    const { life, workspace } = await anOpenLife()
    expect(workspace.dataKey.some((byte) => byte !== 0)).toBe(true)
    if (how === 'by hand') await life.handlers['desk.lock']({})
    else await vi.advanceTimersByTimeAsync(15 * MINUTE)
    await expect(life.signedIn(false, async () => 1)).rejects.toMatchObject({ code: 'locked' })
    await life.close() // waits for the locking under way
    expect(workspace.dataKey).toEqual(Buffer.alloc(32))
    await expect(workspace.store.db.selectFrom('cadre').select('id').execute()).rejects.toThrow(/destroyed|not open/)
  })

  test('waits for the call under way, while new ones are refused at once', async () => {
    const { life, workspace } = await anOpenLife()
    let finish = (): void => {}
    const slow = life.signedIn(true, async (open) => {
      await new Promise<void>((done) => (finish = done))
      return (await open.store.db.selectFrom('officer').select('name').execute()).length
    })
    const locked = life.handlers['desk.lock']({})
    await vi.advanceTimersByTimeAsync(1)
    await expect(life.signedIn(true, async () => 1)).rejects.toMatchObject({ code: 'locked' })
    expect(workspace.dataKey.some((byte) => byte !== 0)).toBe(true)
    finish()
    expect(await slow).toBe(1)
    await locked
    expect(workspace.dataKey).toEqual(Buffer.alloc(32))
  })

  test('a failed unlock leaves no key behind and the desk locked', async () => {
    const { dir, desk, officerId } = await startDesk()
    await desk.close()
    const { call } = await openTestDesk(dir)
    await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
    const { id } = await call('officer.save', { set: { name: '李干事', role: 'viewer' } })
    await call('officer.setPassphrase', { officerId: id, passphrase: 'battery staple 2' })
    await call('officer.save', { id, version: 1, set: { state: 'disabled' } })
    await refused(call('desk.unlock', { officerId: id, passphrase: 'battery staple 2' }), 'officer-disabled')
    expect((await call('session.get', {})).officer.id).toBe(officerId)
  })
})

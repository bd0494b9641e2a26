import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { profilePaths } from '../../core/profile.ts'
import { rootUnitId } from '../../core/ids.ts'
import { openTestDesk, PASSPHRASE, startDesk, temporaryFolder, UNIT_CODE } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'

const FIRST = { unitName: '测试镇', unitCode: UNIT_CODE, officerName: '王组委', passphrase: PASSPHRASE }

describe('a first run', () => {
  test('makes the township, its first officer and a whole proof', async () => {
    const { call, officerId } = await startDesk()
    const session = await call('session.get', {})
    expect(session).toMatchObject({
      officer: { id: officerId, name: '王组委', role: 'orgCommissioner' },
      unit: { id: rootUnitId(UNIT_CODE), name: '测试镇', unitCode: UNIT_CODE },
      enrolled: false,
      demo: false,
    })
    expect(await call('desk.verify', {})).toMatchObject({ ok: true })
    expect(
      (await call('sync.list', { state: 'pending' })).rows.map((row) => [row.seq, row.register, row.kind]),
    ).toEqual([
      [2, 'officer', 'create'],
      [1, 'unit', 'create'],
    ])
  })

  test('cannot be made twice', async () => {
    const { call, desk, dir } = await startDesk()
    await refused(call('desk.init', FIRST), 'profile-exists')
    await refused(call('desk.demo', {}), 'profile-exists')
    await desk.close()
    const again = await openTestDesk(dir)
    await refused(again.call('desk.init', FIRST), 'profile-exists')
  })

  test('asked for twice at once is made once', async () => {
    const { call, bugs } = await openTestDesk(temporaryFolder())
    const outcomes = await Promise.allSettled([call('desk.init', FIRST), call('desk.init', FIRST)])
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await call('officer.list', {})).rows).toHaveLength(1)
    expect(bugs).toEqual([])
  })

  test.each(['1234567', 'abcdefgh', '12345678', '王组委王组委1a', 'password'])(
    'refuses the weak passphrase %s',
    async (passphrase) => {
      const dir = temporaryFolder()
      const { call } = await openTestDesk(dir)
      await refused(call('desk.init', { ...FIRST, passphrase }), 'weak-passphrase')
      expect(await call('desk.status', {})).toMatchObject({ state: 'absent' })
      expect(readdirSync(dir).filter((name) => !name.startsWith('desk.lock'))).toEqual([])
    },
  )

  test.each(['abcdefg1', '一二三四五六七8', 'only one long line'])('takes the passphrase %s', async (passphrase) => {
    const { call } = await openTestDesk(temporaryFolder())
    await call('desk.init', { ...FIRST, passphrase })
  })
})

describe('a first run cut off', () => {
  test('before the key file was written leaves an absent desk, is repeated, and deletes nothing', async () => {
    const { dir, desk } = await startDesk()
    await desk.close()
    const { keys, database } = profilePaths(dir)
    const unfinished = readFileSync(database)
    rmSync(keys)
    const { call } = await openTestDesk(dir)
    expect(await call('desk.status', {})).toMatchObject({ state: 'absent', officers: [] })
    await refused(
      call('desk.unlock', { officerId: '00000000-0000-4000-8000-000000000000', passphrase: PASSPHRASE }),
      'profile-missing',
    )
    await call('desk.init', FIRST)
    expect(await call('desk.verify', {})).toMatchObject({ ok: true })
    const aside = readdirSync(dir).filter((name) => name.startsWith('desk.db.unfinished-'))
    expect(aside).toHaveLength(1)
    expect(readFileSync(join(dir, aside[0]!)).equals(unfinished)).toBe(true)
  })

  /** A clock that stops the run at its nth look: the nearest a test comes to pulling the plug at every line. */
  const stoppingAt = (looks: number) => {
    let seen = 0
    return () => {
      seen += 1
      if (seen >= looks) throw new Error('plug pulled')
      return new Date()
    }
  }

  test('at any moment leaves either an absent desk or a whole one', async () => {
    let finished = false
    for (let looks = 1; !finished && looks < 60; looks += 1) {
      const dir = temporaryFolder()
      const { desk, call } = await openTestDesk(dir, { now: stoppingAt(looks) })
      finished = await call('desk.init', FIRST).then(
        () => true,
        () => false,
      )
      await desk.close().catch(() => {})
      const again = await openTestDesk(dir)
      const status = await again.call('desk.status', {})
      if (status.state === 'absent') {
        await again.call('desk.init', FIRST)
      } else {
        expect(status.officers).toHaveLength(1)
        await again.call('desk.unlock', { officerId: status.officers[0]!.id, passphrase: PASSPHRASE })
      }
      expect((await again.call('session.get', {})).unit.unitCode).toBe(UNIT_CODE)
      expect(await again.call('desk.verify', {})).toMatchObject({ ok: true })
      await again.desk.close()
    }
    expect(finished).toBe(true)
  })

  test('leaves the database of the failed try closed, so that another can be made at once', async () => {
    const dir = temporaryFolder()
    let fail = true
    const now = (): Date => {
      if (fail && existsSync(profilePaths(dir).epoch)) {
        fail = false
        throw new Error('plug pulled')
      }
      return new Date()
    }
    const { call } = await openTestDesk(dir, { now })
    await refused(call('desk.init', FIRST), 'unexpected')
    await call('desk.init', FIRST)
    expect(await call('desk.verify', {})).toMatchObject({ ok: true })
  })
})

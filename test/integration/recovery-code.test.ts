import { cpSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bytesIn } from '../helpers/damage.ts'
import { openTestDesk, PASSPHRASE, startDesk, temporaryFolder, type TestDesk } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'
import { SECOND_PASSPHRASE, signInAs } from '../helpers/roles.ts'

const NEW_PASSPHRASE = 'quite another 4'
const keyFileOf = ({ dir }: Pick<TestDesk, 'dir'>) => readFileSync(join(dir, 'keys.json'), 'utf8')

/** Whether a code opens a copy of the desk's folder: trying it must not change the one under test. */
async function opens({ dir, officerId }: Pick<TestDesk, 'dir' | 'officerId'>, recoveryCode: string): Promise<boolean> {
  const copy = temporaryFolder()
  cpSync(dir, copy, { recursive: true, filter: (source) => !source.includes('desk.lock') })
  const { desk, call } = await openTestDesk(copy)
  try {
    await call('desk.recover', { officerId, recoveryCode, passphrase: NEW_PASSPHRASE })
    return true
  } catch (fault) {
    expect(fault).toMatchObject({ code: 'wrong-recovery-code' })
    return false
  } finally {
    await desk.close()
  }
}

describe('a new recovery code', () => {
  test('opens the desk, and the one before does not any more', async () => {
    const desk = await startDesk()
    await desk.call('cadre.save', { set: { name: '试一' } })
    const { recoveryCode } = await desk.call('recovery.renew', { passphrase: PASSPHRASE })
    expect(recoveryCode).toMatch(/^([0-9A-Z]{4}-){5}[0-9A-Z]{4}$/)
    await desk.desk.close()
    expect(await opens(desk, desk.recoveryCode)).toBe(false)
    expect(await opens(desk, recoveryCode)).toBe(true)
    const { call } = await openTestDesk(desk.dir)
    await call('desk.unlock', { officerId: desk.officerId, passphrase: PASSPHRASE })
    expect(await call('cadre.list', {})).toMatchObject({ total: 1 })
  })

  test('asks for one’s own passphrase again; wrong ones count as at unlock, and change nothing', async () => {
    const desk = await startDesk()
    const before = keyFileOf(desk)
    for (let attempt = 0; attempt < 5; attempt += 1)
      await refused(desk.call('recovery.renew', { passphrase: 'guessing 99' }), 'wrong-passphrase')
    await refused(desk.call('recovery.renew', { passphrase: PASSPHRASE }), 'too-many-attempts')
    expect(keyFileOf(desk)).toBe(before)
  })

  test('is written to the access log by who made it, and stands nowhere in the desk’s files', async () => {
    const desk = await startDesk()
    const { recoveryCode } = await desk.call('recovery.renew', { passphrase: PASSPHRASE })
    const { rows } = await desk.call('access-log.list', {})
    expect(rows[0]).toMatchObject({ action: 'recovery-code', byName: '王组委', detail: null })
    for (const name of bytesIn(desk.dir).keys()) {
      const content = readFileSync(join(desk.dir, name))
      const said = [recoveryCode, recoveryCode.replaceAll('-', '')].map((code) => content.includes(code))
      expect([name, ...said]).toEqual([name, false, false])
    }
    expect((JSON.parse(keyFileOf(desk)) as { slots: { kind: string }[] }).slots.map(({ kind }) => kind)).toEqual([
      'officer',
      'recovery',
    ])
  })

  test.each(['sysAdmin', 'secAdmin'] as const)(
    'is refused to the %s, who would open everybody’s account with it',
    async (role) => {
      const desk = await startDesk()
      await signInAs(desk.call, role)
      const before = keyFileOf(desk)
      await refused(desk.call('recovery.renew', { passphrase: SECOND_PASSPHRASE }), 'not-allowed')
      expect(keyFileOf(desk)).toBe(before)
    },
  )

  test('is refused to an administrator who disabled everybody with more rights before, and could undo that after', async () => {
    const desk = await startDesk()
    await signInAs(desk.call, 'secAdmin')
    const { officerId: id } = desk
    await refused(desk.call('officer.save', { id, version: 1, set: { role: 'secAdmin' } }), 'not-allowed')
    await desk.call('officer.save', { id, version: 1, set: { state: 'disabled' } })
    const before = keyFileOf(desk)
    await refused(desk.call('recovery.renew', { passphrase: SECOND_PASSPHRASE }), 'not-allowed')
    expect(keyFileOf(desk)).toBe(before)
  })

  test.each(['operator', 'viewer', 'secAuditor'] as const)(
    'is refused to the %s, who manages no officers',
    async (role) => {
      const desk = await startDesk()
      await signInAs(desk.call, role)
      await refused(desk.call('recovery.renew', { passphrase: SECOND_PASSPHRASE }), 'not-allowed', {
        can: 'officer:write',
      })
    },
  )

  test('that could not be written leaves the old one as it was', async () => {
    const desk = await startDesk()
    const before = keyFileOf(desk)
    // What is written first, beside the file it is to replace, cannot be: a folder has its name.
    const draft = join(desk.dir, 'keys.json.new')
    mkdirSync(draft)
    await refused(desk.call('recovery.renew', { passphrase: PASSPHRASE }), 'unexpected')
    rmdirSync(draft)
    expect(keyFileOf(desk)).toBe(before)
    await desk.desk.close()
    expect(await opens(desk, desk.recoveryCode)).toBe(true)
  })

  test('that a power cut stopped half written leaves the old one, and can be made again', async () => {
    const desk = await startDesk()
    const { recoveryCode: second } = await desk.call('recovery.renew', { passphrase: PASSPHRASE })
    writeFileSync(join(desk.dir, 'keys.json.new'), keyFileOf(desk).slice(0, 300))
    await desk.desk.close()
    expect(await opens(desk, second)).toBe(true)
    const { desk: again, call } = await openTestDesk(desk.dir)
    await call('desk.unlock', { officerId: desk.officerId, passphrase: PASSPHRASE })
    const { recoveryCode: third } = await call('recovery.renew', { passphrase: PASSPHRASE })
    await again.close()
    expect([await opens(desk, second), await opens(desk, third)]).toEqual([false, true])
  })

  test('of two made at once the one that was written last opens, and only that one', async () => {
    const desk = await startDesk()
    const make = () => desk.call('recovery.renew', { passphrase: PASSPHRASE })
    const made = await Promise.all([make(), make()])
    await desk.desk.close()
    const opening = await Promise.all([desk, ...made].map(({ recoveryCode }) => opens(desk, recoveryCode)))
    expect(opening.filter(Boolean)).toHaveLength(1)
    expect(opening[0]).toBe(false)
  })

  test('does not undo a passphrase that was set meanwhile', async () => {
    const desk = await startDesk()
    const set = { officerId: desk.officerId, current: PASSPHRASE, passphrase: NEW_PASSPHRASE }
    const [{ recoveryCode }] = await Promise.all([
      desk.call('recovery.renew', { passphrase: PASSPHRASE }),
      desk.call('officer.setPassphrase', set),
    ])
    await desk.call('desk.lock', {})
    await desk.call('desk.unlock', { officerId: desk.officerId, passphrase: NEW_PASSPHRASE })
    await desk.desk.close()
    expect([await opens(desk, desk.recoveryCode), await opens(desk, recoveryCode)]).toEqual([false, true])
  })

  test('leaves earlier backups to the code of their day, which opens them and not the later ones', async () => {
    const { call, officerId, recoveryCode: first } = await startDesk()
    const earlier = await call('backup.make', {})
    const { recoveryCode: second } = await call('recovery.renew', { passphrase: PASSPHRASE })
    const later = await call('backup.make', {})
    const open = async (folder: string, recoveryCode: string) => {
      const restored = await openTestDesk(temporaryFolder())
      await restored.call('desk.restore', { folder })
      return restored.call('desk.recover', { officerId, recoveryCode, passphrase: NEW_PASSPHRASE })
    }
    await open(earlier.folder, first)
    await open(later.folder, second)
    await refused(open(earlier.folder, second), 'wrong-recovery-code')
    await refused(open(later.folder, first), 'wrong-recovery-code')
  })
})

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openDesk } from '../../core/desk.ts'
import { openTestDesk, PASSPHRASE, startDesk, temporaryFolder } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'

const HOLDER = fileURLToPath(new URL('../helpers/hold-profile.ts', import.meta.url))
const NOBODY = 65_534

/** Another process on the folder, and the first line it says. */
async function anotherProcess(dir: string, user: object = {}): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, [HOLDER, dir], { stdio: ['ignore', 'pipe', 'pipe'], ...user })
  onTestFinished(() => void child.kill('SIGKILL'))
  let trouble = ''
  child.stderr.on('data', (chunk) => (trouble += String(chunk)))
  const said = await Promise.race([once(child.stdout, 'data'), once(child, 'close')])
  return { child, said: String(said[0]).trim() || trouble }
}

describe('one process has a data folder', () => {
  test('a second process is refused at once, and changes nothing', async () => {
    const { dir, call } = await startDesk()
    await call('cadre.save', { set: { name: '试一' } })
    const before = readdirSync(dir).sort()
    const { said } = await anotherProcess(dir)
    expect(said).toBe('profile-in-use')
    expect(readdirSync(dir).sort()).toEqual(before)
    expect((await call('cadre.list', {})).total).toBe(1)
  })

  test('a second desk in the same process is refused too', async () => {
    const { dir } = await startDesk()
    await refused(openDesk({ dir, version: '0.1.0' }), 'profile-in-use')
  })

  test('closing gives the folder back, also after a failed closing and when closed twice', async () => {
    const { dir, desk } = await startDesk()
    await desk.close()
    await desk.close()
    const { said, child } = await anotherProcess(dir)
    expect(said).toBe('open')
    child.kill('SIGKILL')
  })

  test('a process that is killed gives it back', async () => {
    const dir = temporaryFolder()
    const { child, said } = await anotherProcess(dir)
    expect(said).toBe('open')
    await refused(openDesk({ dir, version: '0.1.0' }), 'profile-in-use')
    child.kill('SIGKILL')
    await once(child, 'close')
    const { call } = await openTestDesk(dir)
    expect(await call('desk.status', {})).toMatchObject({ state: 'absent' })
  })
})

describe('a folder that cannot be written', () => {
  test('under a file is refused with the folder named', async () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    const dir = join(file, 'data')
    await refused(openDesk({ dir, version: '0.1.0' }), 'profile-unwritable', { dir })
  })

  // Root may write anywhere, so the desk is opened by somebody else.
  test.runIf(process.getuid?.() === 0).each([
    ['folder', 0o555, ''],
    ['lock file', 0o777, 'desk.lock'],
    ['key file and database too', 0o555, 'desk.db'],
  ])('by the rights of its %s is refused, before anything is asked of the user', async (_what, mode, file) => {
    const { dir, desk } = await startDesk()
    await desk.close()
    chmodSync(dir, mode)
    if (file) chmodSync(join(dir, file), 0o444)
    const { said } = await anotherProcess(dir, { uid: NOBODY, gid: NOBODY })
    expect(said).toBe('profile-unwritable')
  })

  test('is made when it is missing, readable by its owner alone', async () => {
    const dir = join(temporaryFolder(), 'one', 'two')
    const desk = await openDesk({ dir, version: '0.1.0' })
    await desk.close()
    expect(existsSync(dir)).toBe(true)
    if (process.platform !== 'win32') expect(statSync(dir).mode & 0o077).toBe(0)
  })
})

test('a folder with a damaged key file says so and is not taken for an empty one', async () => {
  const { dir, desk, officerId } = await startDesk()
  await desk.close()
  writeFileSync(join(dir, 'keys.json'), '{"v":1,"slots":[')
  const { call } = await openTestDesk(dir)
  expect(await call('desk.status', {})).toMatchObject({ state: 'damaged', officers: [] })
  await refused(call('desk.unlock', { officerId, passphrase: PASSPHRASE }), 'profile-damaged')
  await refused(
    call('desk.init', { unitName: '测', unitCode: '371002101', officerName: '甲', passphrase: PASSPHRASE }),
    'profile-exists',
  )
})

test('a folder where the key file should be is damage, not an absent desk', async () => {
  const dir = temporaryFolder()
  mkdirSync(join(dir, 'keys.json'))
  const { call } = await openTestDesk(dir)
  expect(await call('desk.status', {})).toMatchObject({ state: 'damaged' })
})

import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { complaintIn, desk, PASSPHRASE, temporaryFolder, valueOf } from '../helpers/command-line.ts'
import { bytesIn, flip } from '../helpers/damage.ts'

const folder = temporaryFolder()
const data = join(folder.dir, 'township')
const stick = join(folder.dir, 'stick')
/** A backup of two records, made before a third was saved. */
let backup: string
let recoveryCode: string

const NO_PASSPHRASE = { env: { ZGT_PASSPHRASE: undefined } }
const on = (...args: string[]) => [...args, '--data', data]
const saveCadre = (name: string) => desk(on('call', 'cadre.save', '-'), { stdin: JSON.stringify({ set: { name } }) })

beforeAll(async () => {
  const init = ['init', '--unit', '测试镇', '--unit-code', '371002101', '--officer', '张三']
  recoveryCode = (valueOf(await desk(on(...init, '--json'))) as { recoveryCode: string }).recoveryCode
  await saveCadre('甲某')
  backup = (valueOf(await desk(on('backup', '--to', stick, '--json'))) as { folder: string }).folder
  await saveCadre('乙某')
}, 60_000)
afterAll(() => folder.remove())

/** A copy of the township whose database was cut short, already met by somebody who tried to open it. */
async function aDamagedTownship(name: string): Promise<string> {
  const dir = join(folder.dir, name)
  const made = await desk(['restore', backup, '--data', dir], NO_PASSPHRASE)
  expect(made.code).toBe(0)
  await desk(['verify', '--data', dir])
  truncateSync(join(dir, 'desk.db'), 10_000)
  const met = await desk(['verify', '--data', dir, '--json'])
  expect([met.code, complaintIn(met).code]).toEqual([1, 'profile-damaged'])
  return dir
}

describe('backup', () => {
  test('goes to the planned folder, or to the one that is named, and says what is in it', async () => {
    const planned = await desk(on('backup'))
    expect([planned.code, planned.stderr]).toEqual([0, ''])
    expect(planned.stdout).toMatch(
      /^已备份到 .+backup-371002101-\d{8}-\d{6}，并已打开核对。\n\d+\.\d MB，4 项变更，其中 4 项尚未报送。/,
    )
    const named = await desk(on('backup', '--to', stick, '--json', '--lang', 'en'))
    expect(valueOf(named)).toMatchObject({ ops: 4, unreported: 4, state: 'whole', scope: '371002101' })
    expect(readdirSync(stick)).toHaveLength(2)
  })

  test('that cannot be written is a sentence with the folder, and exit code 1', async () => {
    const file = join(folder.dir, 'a-file')
    writeFileSync(file, '')
    const run = await desk(on('backup', '--to', file))
    expect([run.code, run.stdout, run.stderr]).toEqual([1, '', expect.stringContaining(file)])
    expect(run.stderr).toMatch(/^backup-unwritable: /)
  })

  test('needs the passphrase, as everything does that reads', async () => {
    expect((await desk(on('backup'), NO_PASSPHRASE)).code).toBe(2)
    const wrong = await desk(on('backup', '--json'), { env: { ZGT_PASSPHRASE: 'Wrong-2026' } })
    expect([wrong.code, complaintIn(wrong).code]).toEqual([1, 'wrong-passphrase'])
    await desk(on('verify')) // a success ends the count of failures
  })
})

describe('restore', () => {
  test('into a new folder needs no passphrase, and says what was not reported yet and what to do next', async () => {
    const dir = join(folder.dir, 'new')
    const run = await desk(['restore', backup, '--data', dir], NO_PASSPHRASE)
    expect([run.code, run.stderr]).toEqual([0, ''])
    expect(run.stdout).toContain('其中 3 项变更当时尚未报送，解锁后会重新报送。')
    expect(run.stdout).toContain('recover')
    const list = valueOf(await desk(['call', 'cadre.list', '--data', dir, '--json'])) as { rows: { name: string }[] }
    expect(list.rows.map((row) => row.name)).toEqual(['甲某'])
    expect((await desk(['verify', '--data', dir])).code).toBe(0)
  })

  test('over a township that is well is refused with or without the flag, and changes nothing', async () => {
    const before = bytesIn(data)
    const plain = await desk(on('restore', backup), NO_PASSPHRASE)
    expect([plain.code, plain.stdout, plain.stderr]).toEqual([1, '', expect.stringMatching(/^profile-exists: /)])
    const flagged = await desk(on('restore', backup, '--replace-damaged', '--json'), NO_PASSPHRASE)
    expect([flagged.code, complaintIn(flagged)]).toMatchObject([
      1,
      { code: 'profile-exists', sentence: expect.stringContaining('verify') as string },
    ])
    expect(bytesIn(data)).toEqual(before)
  })

  test('over a damaged one needs the flag, keeps the damaged files, and says where', async () => {
    const dir = await aDamagedTownship('damaged')
    const damaged = readFileSync(join(dir, 'desk.db'))
    const plain = await desk(['restore', backup, '--data', dir], NO_PASSPHRASE)
    expect([plain.code, plain.stderr]).toEqual([1, expect.stringContaining('--replace-damaged')])
    const run = await desk(['restore', backup, '--data', dir, '--replace-damaged', '--json'], NO_PASSPHRASE)
    const done = valueOf(run) as { kept: string; unreported: number }
    expect([run.code, done.unreported]).toEqual([0, 3])
    expect(readFileSync(join(done.kept, 'desk.db')).equals(damaged)).toBe(true)
    expect((await desk(['verify', '--data', dir])).code).toBe(0)
  })

  test('of a damaged backup, or of a folder that is none, is refused by its own code', async () => {
    const broken = join(folder.dir, 'broken-stick')
    await desk(on('backup', '--to', broken))
    const [name] = readdirSync(broken)
    flip(join(broken, name!, 'desk.db'), 9_000)
    const dir = join(folder.dir, 'never')
    const run = await desk(['restore', join(broken, name!), '--data', dir, '--json'], NO_PASSPHRASE)
    expect([run.code, complaintIn(run)]).toMatchObject([1, { code: 'backup-damaged', params: { file: 'desk.db' } }])
    const none = await desk(['restore', join(folder.dir, 'absent'), '--data', dir, '--json'], NO_PASSPHRASE)
    expect(complaintIn(none).code).toBe('backup-missing')
    expect(existsSync(join(dir, 'keys.json'))).toBe(false)
  })

  test('of a folder full of backups names them', async () => {
    const run = await desk(['restore', stick, '--data', join(folder.dir, 'choose')], NO_PASSPHRASE)
    expect([run.code, run.stderr]).toEqual([1, expect.stringContaining(backup)])
    expect(run.stderr).toMatch(/^backup-missing: .+请指明其中一份/)
  })

  test('written wrongly ends with 2', async () => {
    expect((await desk(['restore', '--data', data])).code).toBe(2)
    expect((await desk(['restore', backup, backup, '--data', data])).code).toBe(2)
    expect((await desk(on('backup', '--replace-damaged'))).code).toBe(2)
  })
})

test('a restored township opens by the recovery code when nobody knows the passphrase of its day', async () => {
  const dir = join(folder.dir, 'recovered')
  await desk(['restore', backup, '--data', dir], NO_PASSPHRASE)
  const code = join(folder.dir, 'code')
  writeFileSync(code, `${recoveryCode}\n`)
  const recover = ['recover', '--recovery-code-file', code, '--data', dir]
  const right = await desk(recover, { env: { ZGT_PASSPHRASE: 'Xinde-2027' } })
  expect([right.code, right.stdout]).toEqual([0, expect.stringContaining('张三')])
  expect((await desk(['verify', '--data', dir], { env: { ZGT_PASSPHRASE: 'Xinde-2027' } })).code).toBe(0)
  expect(
    complaintIn(await desk(['verify', '--data', dir, '--json'], { env: { ZGT_PASSPHRASE: PASSPHRASE } })).code,
  ).toBe('wrong-passphrase')
})

test('a folder whose database came without its key file is said to be damaged, and verify does not start anew', async () => {
  const dir = join(folder.dir, 'no-key')
  mkdirSync(dir)
  for (const name of ['desk.db', 'head']) writeFileSync(join(dir, name), readFileSync(join(data, name)))
  for (const args of [['verify'], ['recover'], ['sync']]) {
    const run = await desk([...args, '--data', dir, '--json'], { env: { ZGT_RECOVERY_CODE: recoveryCode } })
    expect([run.code, complaintIn(run).code]).toEqual([1, 'profile-damaged'])
  }
  const init = ['init', '--unit', '别的镇', '--unit-code', '371002102', '--officer', '李四', '--data', dir, '--json']
  expect(complaintIn(await desk(init)).code).toBe('profile-damaged')
  expect(readFileSync(join(dir, 'desk.db')).equals(readFileSync(join(data, 'desk.db')))).toBe(true)
})

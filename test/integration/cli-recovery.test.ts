import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { complaintIn, desk, PASSPHRASE, temporaryFolder, valueOf } from '../helpers/command-line.ts'
import { bytesIn } from '../helpers/damage.ts'

const folder = temporaryFolder()
const NEW_PASSPHRASE = 'Xin-kouling-2027'
afterAll(() => folder.remove())

/** A township of one officer and one record in a folder of its own; its recovery code. */
async function aTownship(data: string): Promise<string> {
  const init = ['init', '--unit', '测试镇', '--unit-code', '371002101', '--officer', '张三', '--data', data, '--json']
  const { recoveryCode } = valueOf(await desk(init)) as { recoveryCode: string }
  await saveCadre(data, '甲某')
  return recoveryCode
}

const saveCadre = (data: string, name: string) =>
  desk(['call', 'cadre.save', '-', '--data', data], { stdin: JSON.stringify({ set: { name } }) })

/** The same as if the last two saves had been lost with the database's log: an earlier database under a later mark. */
async function loseTwoChanges(data: string): Promise<void> {
  const database = join(data, 'desk.db')
  const earlier = join(folder.dir, 'earlier.db')
  copyFileSync(database, earlier)
  await saveCadre(data, '乙某')
  await saveCadre(data, '丙某')
  copyFileSync(earlier, database)
}

const names = async (data: string, passphrase = PASSPHRASE) => {
  const run = await desk(['call', 'cadre.list', '--data', data, '--json'], { env: { ZGT_PASSPHRASE: passphrase } })
  return (valueOf(run) as { rows: { name: string }[] }).rows.map((row) => row.name)
}

describe('accept-missing', () => {
  const data = join(folder.dir, 'township')
  let recoveryCode: string
  const on = (...args: string[]) => desk([...args, '--data', data, '--json'])
  beforeAll(async () => {
    recoveryCode = await aTownship(data)
  }, 60_000)

  test('with nothing missing says so and changes nothing', async () => {
    const run = await on('accept-missing', '1')
    expect([run.code, valueOf(run)]).toEqual([0, { missing: 0, kept: null }])
    expect(await names(data)).toEqual(['甲某'])
  })

  test('goes on only with the number that is really missing, and keeps the files of before', async () => {
    await loseTwoChanges(data)
    const met = await on('verify')
    expect([met.code, complaintIn(met)]).toMatchObject([1, { code: 'changes-missing', params: { missing: 2 } }])
    const before = bytesIn(data).get('desk.db')
    for (const word of ['1', '3']) {
      const other = await on('accept-missing', word)
      expect([other.code, complaintIn(other)]).toMatchObject([1, { code: 'changes-missing', params: { missing: 2 } }])
    }
    expect(bytesIn(data).get('desk.db')).toBe(before)
    const run = await on('accept-missing', '2')
    expect(run.code).toBe(0)
    const { missing, kept } = valueOf(run) as { missing: number; kept: string }
    expect([missing, bytesIn(kept).get('desk.db')]).toEqual([2, before])
    expect((await on('verify')).code).toBe(0)
    expect(await names(data)).toEqual(['甲某'])
  })

  test('says in a sentence what it did and where the files are', async () => {
    await loseTwoChanges(data)
    const run = await desk(['accept-missing', '2', '--data', data])
    expect([run.code, run.stderr]).toEqual([0, ''])
    const [done, where] = run.stdout.split('\n')
    expect(done).toContain('已认可缺少 2 项变更')
    expect(existsSync(/整套留存在 (\S+)$/.exec(where ?? '')?.[1] ?? '')).toBe(true)
  })

  test.each([[[]], [['0']], [['all']], [['-1']], [['2', '3']], [['0x2']], [['2.0']]])(
    '%j is no number of changes: exit code 2',
    async (words) => {
      expect((await on('accept-missing', ...words)).code).toBe(2)
    },
  )

  test('is also there for who has only the recovery code, with the same number', async () => {
    await loseTwoChanges(data)
    const env = { ZGT_PASSPHRASE: NEW_PASSPHRASE, ZGT_RECOVERY_CODE: recoveryCode }
    const recover = (...args: string[]) => desk(['recover', ...args, '--data', data, '--json'], { env })
    for (const args of [[], ['--accept-missing', '7']]) {
      const refused = await recover(...args)
      expect([refused.code, complaintIn(refused)]).toMatchObject([
        1,
        { code: 'changes-missing', params: { missing: 2 } },
      ])
    }
    expect((await recover('--accept-missing', 'x')).code).toBe(2)
    const run = await recover('--accept-missing', '2')
    const { missing, kept } = valueOf(run) as { missing: number; kept: string }
    expect([run.code, missing, existsSync(kept)]).toEqual([0, 2, true])
    expect(await names(data, NEW_PASSPHRASE)).toEqual(['甲某'])
  })

  test('and says there too what was given up, and not that no data was changed', async () => {
    const other = join(folder.dir, 'third')
    const code = await aTownship(other)
    await loseTwoChanges(other)
    const env = { ZGT_PASSPHRASE: NEW_PASSPHRASE, ZGT_RECOVERY_CODE: code }
    const run = await desk(['recover', '--accept-missing', '2', '--data', other], { env })
    expect([run.code, run.stderr]).toEqual([0, ''])
    expect(run.stdout).toMatch(/^张三 的口令已重新设定。\n已认可缺少 2 项变更.*\n原来的文件没有删除，整套留存在 \S+\n$/)
  })
})

describe('recovery-code', () => {
  const data = join(folder.dir, 'another')
  const recover = (code: string, passphrase: string) =>
    desk(['recover', '--data', data, '--json'], { env: { ZGT_PASSPHRASE: passphrase, ZGT_RECOVERY_CODE: code } })

  test('prints another code once; the one before is refused from then on', async () => {
    const first = await aTownship(data)
    const wrong = await desk(['recovery-code', '--data', data, '--json'], { env: { ZGT_PASSPHRASE: 'Wrong-2026' } })
    expect([wrong.code, complaintIn(wrong).code]).toEqual([1, 'wrong-passphrase'])
    const run = await desk(['recovery-code', '--data', data])
    expect([run.code, run.stderr]).toEqual([0, ''])
    const second = /^恢复码：(\S{29})\n/.exec(run.stdout)?.[1] ?? ''
    expect(run.stdout).toContain('原来的恢复码已经作废')
    const refused = await recover(first, NEW_PASSPHRASE)
    expect([refused.code, complaintIn(refused).code]).toEqual([1, 'wrong-recovery-code'])
    expect((await recover(second, NEW_PASSPHRASE)).code).toBe(0)
    expect(await names(data, NEW_PASSPHRASE)).toEqual(['甲某'])
  })
})

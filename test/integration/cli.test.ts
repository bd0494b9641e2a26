import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { utils, write } from '@e965/xlsx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contract } from '../../shared/contract/index.ts'
import { complaintIn, desk, PASSPHRASE, temporaryFolder, valueOf } from '../helpers/command-line.ts'

const folder = temporaryFolder()
/** One township for all tests here: making it costs a key derivation, and none of them disturbs another. */
const data = join(folder.dir, 'township')
let recoveryCode: string

beforeAll(async () => {
  const init = ['init', '--unit', '测试镇', '--unit-code', '371002101', '--officer', '张三']
  const made = await desk([...init, '--data', data, '--json'])
  recoveryCode = (valueOf(made) as { recoveryCode: string }).recoveryCode
})
afterAll(() => folder.remove())

const on = (...args: string[]) => [...args, '--data', data]

describe('init', () => {
  test('shows the recovery code and where the data is', () => {
    expect(recoveryCode.replaceAll('-', '')).toHaveLength(24)
    expect(readdirSync(data)).toContain('desk.db')
  })

  test('does not overwrite a township', async () => {
    const again = ['init', '--unit', '别的镇', '--unit-code', '371002102', '--officer', '李四']
    const run = await desk(on(...again, '--json'))
    expect([run.code, run.stdout, complaintIn(run).code]).toEqual([1, '', 'profile-exists'])
    expect(valueOf(await desk(on('call', 'session.get', '--json')))).toMatchObject({ unit: { name: '测试镇' } })
  })

  test.concurrent('refuses a weak passphrase and leaves nothing that looks like a township', async () => {
    const weak = join(folder.dir, 'weak')
    const init = ['init', '--unit', '测试镇', '--unit-code', '371002101', '--officer', '张三', '--data', weak, '--json']
    expect(complaintIn(await desk(init, { env: { ZGT_PASSPHRASE: 'short' } })).code).toBe('weak-passphrase')
    expect(valueOf(await desk(['call', 'desk.status', '--data', weak, '--json']))).toMatchObject({ state: 'absent' })
  })

  test.concurrent('takes a role of the glossary and no other', async () => {
    const dir = join(folder.dir, 'role')
    const init = ['init', '--unit', '测试镇', '--unit-code', '371002101', '--officer', '张三', '--data', dir]
    const wrong = await desk([...init, '--role', 'king'])
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('orgCommissioner')])
    const right = await desk([...init, '--role', 'operator', '--json'])
    expect(valueOf(right)).toMatchObject({ session: { officer: { role: 'operator' } } })
  })

  test.concurrent.each(['unit', 'unit-code', 'officer'])('says when --%s is missing', async (option) => {
    const all = { 'unit': '测试镇', 'unit-code': '371002101', 'officer': '张三' }
    const args = Object.entries(all).flatMap(([name, value]) => (name === option ? [] : [`--${name}`, value]))
    const run = await desk(['init', ...args, '--data', join(folder.dir, 'none')])
    expect([run.code, run.stderr.split('\n', 1)[0]]).toEqual([2, `usage: 缺少选项 --${option}。`])
  })
})

describe('the passphrase', () => {
  test('may come from a file, without the line feed an editor adds', async () => {
    const file = join(folder.dir, 'passphrase')
    writeFileSync(file, `${PASSPHRASE}\r\n`)
    const run = await desk(on('call', 'session.get', '--passphrase-file', file, '--json'), {
      env: { ZGT_PASSPHRASE: undefined },
    })
    expect(valueOf(run)).toMatchObject({ officer: { name: '张三' } })
  })

  test('that is wrong or absent is said, and is no option', async () => {
    const wrong = await desk(on('verify', '--json'), { env: { ZGT_PASSPHRASE: 'Wrong-2026' } })
    expect([wrong.code, complaintIn(wrong).code]).toEqual([1, 'wrong-passphrase'])
    const absent = await desk(on('verify'), { env: { ZGT_PASSPHRASE: undefined } })
    expect([absent.code, absent.stderr]).toEqual([2, expect.stringContaining('ZGT_PASSPHRASE')])
    expect((await desk(on('verify', '--passphrase', PASSPHRASE))).code).toBe(2)
    expect((await desk(on('verify', '--passphrase-file', join(folder.dir, 'absent')))).stderr).toMatch(
      /^file-unreadable: 没有找到文件/,
    )
  })

  test.concurrent('is set anew by the recovery code', async () => {
    const dir = join(folder.dir, 'recovered')
    const init = ['init', '--unit', '测试镇', '--unit-code', '371002101', '--officer', '张三', '--data', dir, '--json']
    const code = (valueOf(await desk(init)) as { recoveryCode: string }).recoveryCode
    const recover = ['recover', '--officer', '张三', '--data', dir, '--json']
    const wrong = await desk(recover, { env: { ZGT_RECOVERY_CODE: recoveryCode, ZGT_PASSPHRASE: 'Xinde-2027' } })
    expect([wrong.code, complaintIn(wrong).code]).toEqual([1, 'wrong-recovery-code'])
    const file = join(folder.dir, 'code')
    writeFileSync(file, `${code}\n`)
    const right = await desk([...recover, '--recovery-code-file', file], { env: { ZGT_PASSPHRASE: 'Xinde-2027' } })
    expect(valueOf(right)).toMatchObject({ officer: { name: '张三' } })
    const session = ['call', 'session.get', '--data', dir]
    expect((await desk(session, { env: { ZGT_PASSPHRASE: 'Xinde-2027' } })).code).toBe(0)
    expect((await desk(session)).code).toBe(1)
  })
})

describe('the officer', () => {
  test('is found by name, and an unknown name is answered with those there are', async () => {
    expect((await desk(on('verify', '--officer', '张三'))).code).toBe(0)
    const unknown = await desk(on('verify', '--officer', '王五'))
    expect([unknown.code, unknown.stderr.split('\n', 1)[0]]).toEqual([2, 'usage: 没有名为“王五”的使用人；现有：张三。'])
  })

  test.concurrent('must be named where there are several', async () => {
    const dir = join(folder.dir, 'several')
    await desk(['init', '--unit', '测试镇', '--unit-code', '371002101', '--officer', '张三', '--data', dir])
    const set = { name: '李四', role: 'operator', state: 'active' }
    const saved = await desk(['call', 'officer.save', '-', '--data', dir, '--json'], { stdin: JSON.stringify({ set }) })
    const { id } = valueOf(saved) as { id: string }
    await desk([
      'call',
      'officer.setPassphrase',
      JSON.stringify({ officerId: id, passphrase: 'Lisi-2026' }),
      '--data',
      dir,
    ])
    const unnamed = await desk(['verify', '--data', dir])
    expect([unnamed.code, unnamed.stderr]).toEqual([2, expect.stringContaining('李四')])
    const named = await desk(['call', 'session.get', '--data', dir, '--officer', '李四', '--json'], {
      env: { ZGT_PASSPHRASE: 'Lisi-2026' },
    })
    expect(valueOf(named)).toMatchObject({ officer: { name: '李四', role: 'operator' } })
  })
})

describe('call', () => {
  test('reaches any endpoint, with its input as an argument or on stdin', async () => {
    const byArgument = await desk(on('call', 'unit.list', '{}', '--json'))
    expect((valueOf(byArgument) as { rows: { record: { name: string } }[] }).rows[0]?.record.name).toBe('测试镇')
    const draft = { key: 'talk', content: { summary: '还没写完' } }
    expect((await desk(on('call', 'draft.save', '-'), { stdin: JSON.stringify(draft) })).code).toBe(0)
    expect(valueOf(await desk(on('call', 'draft.list', '--json')))).toMatchObject({ rows: [draft] })
  })

  test('of what needs no unlocked desk needs no passphrase', async () => {
    const run = await desk(on('call', 'desk.status', '--json'), { env: { ZGT_PASSPHRASE: undefined } })
    expect(valueOf(run)).toMatchObject({ state: 'locked', officers: [{ name: '张三' }] })
  })

  test('says what is wrong with an input, field by field', async () => {
    const run = await desk(on('call', 'cadre.list', '{"limit":"many"}'))
    expect([run.code, run.stdout, run.stderr]).toEqual([1, '', expect.stringMatching(/^invalid-input: .*\n.*limit/s)])
  })

  test('refuses what is not JSON, no endpoint, or one word too many', async () => {
    for (const words of [['cadre.list', '{"a":'], ['cadre.lost'], ['toString'], ['cadre.list', '{}', '{}'], []]) {
      const run = await desk(on('call', ...words))
      expect([words, run.code, run.stdout, run.stderr.slice(0, 7)]).toEqual([words, 2, '', 'usage: '])
      expect(run.stderr).not.toMatch(/^\s+at /m)
    }
  })
})

describe('contract', () => {
  test.concurrent('lists every endpoint with who may call it and the JSON Schema of both sides', async () => {
    const endpoints = valueOf(await desk(['contract', '--json'])) as { name: string; kind: string; can: string }[]
    expect(endpoints.map(({ name }) => name)).toEqual(Object.keys(contract))
    for (const endpoint of endpoints) {
      expect(endpoint).toMatchObject({ input: { type: 'object' }, output: { $schema: expect.any(String) as string } })
    }
  })

  test.concurrent('survives a reader that stops early', async () => {
    const run = await desk(['contract'], { readOnly: 10 })
    expect([run.code, run.stderr]).toEqual([0, ''])
  })
})

describe('verify', () => {
  test('names every check that passed', async () => {
    const run = await desk(on('verify'))
    expect([run.code, run.stderr]).toEqual([0, ''])
    expect(run.stdout).toMatch(/^ok {2}/m)
    expect(run.stdout).not.toContain('FAILED')
  })

  test.concurrent('of a folder without a township says so', async () => {
    const run = await desk(['verify', '--data', join(folder.dir, 'empty'), '--json'])
    expect([run.code, complaintIn(run).code]).toEqual([1, 'profile-missing'])
  })
})

test.concurrent('a township whose database is gone is damaged, and nothing new is made in its place', async () => {
  const dir = join(folder.dir, 'damaged')
  await desk(['init', '--unit', '测试镇', '--unit-code', '371002101', '--officer', '张三', '--data', dir])
  rmSync(join(dir, 'desk.db'))
  const run = await desk(['verify', '--data', dir, '--json'])
  expect([run.code, run.stdout, complaintIn(run).code]).toEqual([1, '', 'profile-damaged'])
  expect(existsSync(join(dir, 'desk.db'))).toBe(false)
})

describe('import roster', () => {
  const dir = join(folder.dir, 'roster')
  const file = join(folder.dir, 'roster.xlsx')
  const importing = (...more: string[]) => desk(['import', 'roster', file, '--data', dir, ...more])
  const total = async () =>
    (valueOf(await desk(['call', 'cadre.list', '--data', dir, '--json'])) as { total: number }).total

  beforeAll(async () => {
    await desk(['init', '--unit', '测试镇', '--unit-code', '371002101', '--officer', '张三', '--data', dir])
    const rows = [
      ['测试镇干部花名册'],
      ['姓名', '性别', '出生年月', '工作单位', '食堂卡号'],
      ['赵一', '男', '1990.01', '党政办', '8001'],
      ['钱二', '女', '1985.5', '党政办', '8002'],
      ['', '女', '1986.5', '党政办', '8003'],
    ]
    const book = utils.book_new()
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows), '花名册')
    writeFileSync(file, write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer)
  })

  test('--dry-run reports counts, problems with their cell, unmapped columns, and writes nothing', async () => {
    const run = await importing('--dry-run')
    expect([run.code, run.stderr]).toEqual([0, ''])
    expect(run.stdout).toContain('新增 2')
    expect(run.stdout).toContain('E 食堂卡号')
    expect(run.stdout).toMatch(/^ {2}A5 .*姓名/m)
    expect(await total()).toBe(0)
  })

  test('then imports what can be, and says the same as one JSON value', async () => {
    const value = valueOf(await importing('--json'))
    expect(value).toMatchObject({
      dryRun: false,
      counts: { added: 2, problem: 1 },
      unmapped: [{ letter: 'E', header: '食堂卡号' }],
      problems: [{ row: 5, cell: 'A5', code: 'no-name', sentence: expect.stringContaining('姓名') as string }],
      imported: { added: 2 },
    })
    expect(await total()).toBe(2)
  })

  test('people who may be on the roll already wait for a decision', async () => {
    expect(valueOf(await importing('--json'))).toMatchObject({
      confirm: [{ name: '赵一' }, { name: '钱二' }],
      imported: { added: 0 },
    })
    expect(await total()).toBe(2)
  })

  test('--confirm same takes them for the same people', async () => {
    expect(valueOf(await importing('--confirm', 'same', '--json'))).toMatchObject({ imported: { added: 0 } })
    expect(await total()).toBe(2)
  })

  test('--confirm new takes them for others', async () => {
    expect(valueOf(await importing('--confirm', 'new', '--json'))).toMatchObject({ imported: { added: 2 } })
    expect(await total()).toBe(4)
  })

  test('a file that is no roster is a sentence', async () => {
    const notes = join(folder.dir, 'notes.xlsx')
    writeFileSync(notes, 'just some text')
    const run = await desk(['import', 'roster', notes, '--data', dir, '--json'])
    expect([run.code, run.stdout, complaintIn(run).code]).toEqual([1, '', expect.stringMatching(/^file-/)])
  })
})

describe('enrol and sync', () => {
  test('a desk that is not enrolled cannot report, and says how to', async () => {
    const run = await desk(on('sync', '--json'))
    expect([run.code, run.stdout, complaintIn(run).code]).toEqual([1, '', 'not-enrolled'])
  })

  test('an address without encryption, one that nobody answers and one that is none are told apart', async () => {
    const enrol = (city: string, ...more: string[]) =>
      desk(on('enrol', '--city', city, '--code', 'ABCD-1234', '--json', ...more))
    expect(complaintIn(await enrol('http://city.example')).code).toBe('insecure-address')
    const unreachable = await enrol('http://127.0.0.1:9', '--allow-http')
    expect([unreachable.code, complaintIn(unreachable).code]).toEqual([1, 'city-unreachable'])
    expect((await enrol('nonsense')).code).toBe(2)
  })
})

describe.concurrent('a wrong command line', () => {
  test.each([
    ['no command', []],
    ['an unknown command', ['delete']],
    ['half a command', ['import']],
    ['an unknown option', ['sync', '--force']],
    ['an option of another command', ['sync', '--dry-run']],
    ['an option without its value', ['verify', '--officer']],
    ['an unknown language', ['verify', '--lang', 'fr']],
    ['no file', ['import', 'roster']],
    ['a decision that is none', ['import', 'roster', 'a.xlsx', '--confirm', 'maybe']],
  ])('%s ends with 2, the reason and the short help', async (_, args) => {
    const run = await desk(on(...args))
    expect([run.code, run.stdout]).toEqual([2, ''])
    expect(run.stderr).toMatch(/^usage: .+\n用法: /)
  })

  test('under --json the reason is one JSON value on stderr', async () => {
    const run = await desk(['delete', '--json'])
    expect([run.code, run.stdout, complaintIn(run)]).toMatchObject([2, '', { code: 'usage' }])
  })

  test('speaks English when asked, even about the option that is wrong', async () => {
    expect((await desk(['delete', '--lang', 'en'])).stderr).toMatch(/^usage: There is no command "delete"\./)
    expect((await desk(['--help', '--lang=en'])).stdout).toMatch(/^usage: npm run -s desk/)
  })
})

test('a file that is absent or a folder is a sentence, and nothing is opened for it', async () => {
  const aFolder = join(folder.dir, 'a-folder')
  mkdirSync(aFolder)
  const absent = await desk(on('import', 'roster', join(folder.dir, 'absent.xlsx')))
  expect([absent.code, absent.stderr]).toEqual([1, expect.stringMatching(/^file-unreadable: 没有找到文件/)])
  const notAFile = await desk(on('import', 'roster', aFolder, '--lang', 'en'))
  expect([notAFile.code, notAFile.stderr]).toEqual([1, expect.stringMatching(/^file-unreadable: .* is a folder/)])
  expect(existsSync(join(data, 'desk.db-wal'))).toBe(false)
})

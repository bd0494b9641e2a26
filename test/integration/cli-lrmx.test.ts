import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseLrmx } from '../../core/exchange/lrmx-parse.ts'
import { aForm, formBytes } from '../builders/form.ts'
import { complaintIn, desk, temporaryFolder, valueOf } from '../helpers/command-line.ts'

const FIXTURES = join(import.meta.dirname, '../fixtures/lrmx')
const folder = temporaryFolder()
const data = join(folder.dir, 'township')
const on = (...args: string[]) => [...args, '--data', data]
const file = (name: string): string => join(folder.dir, name)

interface Report {
  readonly dryRun: boolean
  readonly counts: Record<string, number>
  readonly files: { fileName: string; state: string; problems: { code: string; sentence: string }[] }[]
  readonly imported: { added: number; updated: number; people: { id: string | null }[] } | null
}

beforeAll(async () => {
  const init = ['init', '--unit', '测试镇', '--unit-code', '371002101', '--officer', '张三']
  valueOf(await desk([...init, '--data', data, '--json']))
})
afterAll(() => folder.remove())

test('forms are tried, imported, found again and exported from the command line', async () => {
  const one = file('甲.lrmx')
  const cut = file('坏.lrmx')
  writeFileSync(one, formBytes(aForm()))
  writeFileSync(cut, formBytes(aForm()).subarray(0, 300))

  const tried = valueOf(await desk(on('import', 'lrmx', one, cut, '--dry-run', '--json'))) as Report
  expect(tried).toMatchObject({ dryRun: true, counts: { added: 1, problem: 1 }, imported: null })
  expect(tried.files[1]!.problems[0]).toMatchObject({
    code: 'file-unreadable',
    sentence: expect.stringContaining('不完整'),
  })

  const { imported } = valueOf(await desk(on('import', 'lrmx', one, '--json'))) as Report
  expect(imported).toMatchObject({ added: 1, updated: 0 })
  const again = await desk(on('import', 'lrmx', one))
  expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('不变 1')])

  const id = imported!.people[0]!.id!
  const target = file('导出.lrmx')
  const exported = await desk(on('export', 'lrmx', target, '--cadre', id, '--purpose', '任前审核'))
  expect([exported.code, exported.stdout]).toEqual([0, expect.stringContaining('身份证号')])
  expect(parseLrmx(readFileSync(target)).person).toEqual(parseLrmx(formBytes(aForm())).person)

  const over = await desk(on('export', 'lrmx', target, '--cadre', id, '--purpose', '任前审核', '--json'))
  expect([over.code, complaintIn(over).code]).toEqual([1, 'file-unwritable'])
})

test('a .lrm brings the photo that lies beside it, and the same person is confirmed by --confirm same', async () => {
  mkdirSync(file('lrm'))
  for (const name of ['editor-2.lrm', 'editor-2.pic']) copyFileSync(join(FIXTURES, name), file(join('lrm', name)))
  const lrm = file('lrm/editor-2.lrm')
  const waiting = valueOf(await desk(on('import', 'lrmx', lrm, '--json'))) as Report
  expect(waiting).toMatchObject({ counts: { confirm: 1, total: 1 }, imported: { added: 0, updated: 0 } })
  const same = valueOf(await desk(on('import', 'lrmx', lrm, '--confirm', 'same', '--json'))) as Report
  const id = same.imported!.people[0]!.id!
  const photo = valueOf(await desk(on('call', 'cadre.photo', JSON.stringify({ id }), '--json'))) as { content: string }
  expect(Buffer.from(photo.content, 'base64')).toEqual(readFileSync(file('lrm/editor-2.pic')))
})

test.each([
  ['a purpose', ['--cadre', '00000000-0000-7000-8000-000000000001'], '--purpose'],
  ['a cadre', ['--purpose', '任前审核'], '--cadre'],
  [
    'a version there is',
    ['--cadre', '00000000-0000-7000-8000-000000000001', '--purpose', '任前审核', '--version', '5'],
    '--version',
  ],
])('an export needs %s, and makes no file without it', async (_, args, said) => {
  const target = file('不应出现.lrmx')
  const run = await desk(on('export', 'lrmx', target, ...args))
  expect([run.code, run.stderr]).toEqual([2, expect.stringContaining(said)])
  expect(existsSync(target)).toBe(false)
})

test('an export of nobody leaves no file behind', async () => {
  const target = file('没有人.lrmx')
  const run = await desk(
    on('export', 'lrmx', target, '--cadre', '00000000-0000-7000-8000-000000000001', '--purpose', '任前审核', '--json'),
  )
  expect([run.code, complaintIn(run).code]).toEqual([1, 'not-found'])
  expect(existsSync(target)).toBe(false)
})

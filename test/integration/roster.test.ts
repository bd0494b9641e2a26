import { readXlsx } from 'hucre'
import { expect, test } from 'vitest'
import { anIdentityNumber } from '../builders/identity-number.ts'
import { xlsx, type Rows } from '../fixtures/roster/workbook.ts'
import { startDesk, type Call } from '../helpers/desk.ts'

const HEAD = ['姓名', '性别', '出生年月', '身份证号', '所在单位', '现任职务', '工会']
const base64 = async (rows: Rows): Promise<string> => Buffer.from(await xlsx(rows)).toString('base64')

async function open(call: Call, ...rows: Rows): Promise<string> {
  const { importId } = await call('roster.open', { fileName: '花名册.xlsx', content: await base64([HEAD, ...rows]) })
  await call('roster.check', { importId })
  return importId
}

const NUMBER = anIdentityNumber({ birth: '1985-07', male: true })
const FIRST = ['试一一', '男', '1985.07', NUMBER, '财政所', '所长', '是']
const SECOND = ['试一二', '女', '1990.01', null, '党政办公室', '科员', '否']

test('a roster comes in: people, units that did not exist, texts of unmapped columns, and why', async () => {
  const { call, bugs } = await startDesk()
  const importId = await open(call, FIRST, SECOND)
  const done = await call('roster.import', { importId })
  expect(done).toMatchObject({ added: 2, updated: 0, skipped: 0, unitsAdded: 2 })
  const { rows } = await call('cadre.list', { sort: 'name' })
  expect(rows.map(({ name, unitName, rollGroup }) => [name, unitName, rollGroup])).toEqual(
    expect.arrayContaining([
      ['试一一', '财政所', 'in-post'],
      ['试一二', '党政办公室', 'in-post'],
    ]),
  )
  const person = rows.find(({ name }) => name === '试一一')!
  const { record } = await call('cadre.get', { id: person.id })
  expect(record).toMatchObject({
    birthMonth: '1985-07',
    joinedOn: null,
    imported: null,
    hidden: expect.arrayContaining(['imported']),
  })
  const { values } = await call('cadre.reveal', { id: person.id, fields: ['imported'] })
  expect(values).toEqual({ imported: { 工会: '是' } })
  const history = await call('change.list', { register: 'cadre', recordId: person.id })
  expect(history.rows[0]).toMatchObject({ txn: done.txn, why: '导入花名册 花名册.xlsx' })
  const log = await call('access-log.list', {})
  expect(log.rows[1]).toMatchObject({ action: 'import', detail: expect.stringContaining('花名册.xlsx') })
  const units = await call('unit.list', {})
  expect(units.rows.map(({ record: { name, kind, parentId } }) => [name, kind, parentId !== null])).toEqual(
    expect.arrayContaining([['财政所', 'institution', true]]),
  )
  expect(bugs).toEqual([])
})

test('nothing is written before the import', async () => {
  const { call } = await startDesk()
  await open(call, FIRST)
  expect(await call('cadre.list', {})).toMatchObject({ total: 0 })
})

test('the same file again changes nothing, and an edited one only what it says', async () => {
  const { call } = await startDesk()
  await call('roster.import', { importId: await open(call, FIRST, SECOND) })
  const again = await open(call, FIRST)
  expect((await call('roster.check', { importId: again })).counts).toMatchObject({ unchanged: 1, total: 1 })
  expect(await call('roster.import', { importId: again })).toMatchObject({ added: 0, updated: 0, unitsAdded: 0 })

  const importId = await open(call, ['试一一', null, null, NUMBER, null, '党委委员', null])
  expect((await call('roster.rows', { importId })).rows[0]).toMatchObject({
    state: 'changed',
    changes: [{ field: 'postTitle', was: '所长', now: '党委委员' }],
  })
  expect(await call('roster.import', { importId })).toMatchObject({ updated: 1 })
  const { rows } = await call('cadre.list', { text: '试一一' })
  expect(rows[0]).toMatchObject({ postTitle: '党委委员', sex: 'male', birthMonth: '1985-07', unitName: '财政所' })
})

test('people on the roll can be left as they are', async () => {
  const { call } = await startDesk()
  await call('roster.import', { importId: await open(call, FIRST) })
  const importId = await open(call, ['试一一', null, null, NUMBER, null, '党委委员', null], SECOND)
  expect(await call('roster.import', { importId, existing: 'skip' })).toMatchObject({
    added: 1,
    updated: 0,
    skipped: 1,
  })
})

test('a row to be confirmed waits: the same person, somebody else, or neither', async () => {
  const { call } = await startDesk()
  await call('roster.import', { importId: await open(call, SECOND) })
  const changed = ['试一二', '女', '1990.01', null, null, '副主任', null]
  const skipped = await open(call, changed)
  expect((await call('roster.rows', { importId: skipped, state: 'confirm' })).rows[0]).toMatchObject({
    row: 2,
    match: { by: 'name-birth' },
  })
  expect(await call('roster.import', { importId: skipped })).toMatchObject({ added: 0, updated: 0, skipped: 1 })
  const same = await call('roster.import', { importId: await open(call, changed), confirmations: { 2: 'same' } })
  expect(same).toMatchObject({ added: 0, updated: 1 })
  const other = await call('roster.import', { importId: await open(call, changed), confirmations: { 2: 'new' } })
  expect(other).toMatchObject({ added: 1, updated: 0 })
})

test('rows with a problem stay out; corrected in place they come in', async () => {
  const { call } = await startDesk()
  const cut = ['试一一', '男', '1985.07', 371002198507120000, null, '所长', null]
  const importId = await open(call, cut, SECOND)
  expect((await call('roster.rows', { importId, state: 'problem' })).rows[0]).toMatchObject({
    problems: [{ code: 'identity-cut', cell: 'D2' }],
  })
  const fixed = await call('roster.fix', { importId, row: 2, field: 'identityNumber', value: NUMBER })
  expect(fixed).toMatchObject({ row: { state: 'added', problems: [] }, counts: { problem: 0, added: 2 } })
  const { counts } = await call('roster.check', { importId, mapping: { 6: 'note' } })
  expect(counts).toMatchObject({ problem: 0, added: 2 })
  expect(await call('roster.import', { importId })).toMatchObject({ added: 2, skipped: 0 })
})

test('a corrected number finds somebody on the roll whom the file had not named', async () => {
  const { call } = await startDesk()
  await call('roster.import', { importId: await open(call, FIRST) })
  const importId = await open(call, ['试九九', '男', '1985.07', 371002198507120000, null, '所长', null])
  const { row } = await call('roster.fix', { importId, row: 2, field: 'identityNumber', value: NUMBER })
  expect(row).toMatchObject({ state: 'confirm', match: { name: '试一一', by: 'identity' } })
})

test('an import is undone as a whole', async () => {
  const { call } = await startDesk()
  const { txn } = await call('roster.import', { importId: await open(call, FIRST, SECOND) })
  expect(await call('change.undo', { txn })).toMatchObject({ undone: 4, kept: [] })
  expect(await call('cadre.list', {})).toMatchObject({ total: 0 })
})

test('a correction of columns is remembered for the next file', async () => {
  const { call } = await startDesk()
  const content = await base64([
    ['姓名', '网格'],
    ['试一一', '一号网格长'],
  ])
  const first = await call('roster.open', { fileName: 'a.xlsx', content })
  expect(first.columns[1]).toMatchObject({ header: '网格', field: null })
  const { file } = await call('roster.check', { importId: first.importId, mapping: { 1: 'postTitle' } })
  expect(file.columns[1]).toMatchObject({ field: 'postTitle' })
  const second = await call('roster.open', { fileName: 'b.xlsx', content })
  expect(second.columns[1]).toMatchObject({ field: 'postTitle', confidence: 1 })
})

test('people without unit and roll group get those chosen for the import', async () => {
  const { call } = await startDesk()
  const { rows: units } = await call('unit.list', {})
  const unitId = units[0]!.record.id
  const importId = await open(call, ['试一一', '男', '1985.07', null, null, '网格员', null])
  await call('roster.import', { importId, defaults: { unitId, rollGroup: 'auxiliary' } })
  expect((await call('cadre.list', {})).rows[0]).toMatchObject({ unitId, rollGroup: 'auxiliary' })
})

test('an import made twice is refused the second time', async () => {
  const { call } = await startDesk()
  const importId = await open(call, SECOND)
  await call('roster.import', { importId })
  await expect(call('roster.import', { importId })).rejects.toMatchObject({ code: 'import-missing' })
})

test('an import that finds the roll moved under its dry run writes nothing', async () => {
  const { call } = await startDesk()
  const importId = await open(call, SECOND, FIRST)
  await call('cadre.save', { set: { name: '试三三', identityNumber: NUMBER } })
  await expect(call('roster.import', { importId })).rejects.toMatchObject({ code: 'stale' })
  expect(await call('cadre.list', {})).toMatchObject({ total: 1 })
  expect((await call('unit.list', {})).rows).toHaveLength(1)
})

test('a cancelled import writes nothing, and screens are answered while it runs', async () => {
  const { call } = await startDesk()
  const many: Rows = Array.from({ length: 3_000 }, (_, n) => [
    `试${n}号`,
    '男',
    '1985.07',
    null,
    '财政所',
    '科员',
    null,
  ])
  const importId = await open(call, ...many)
  const importing = call('roster.import', { importId }).catch((error: unknown) => error)
  await expect
    .poll(() => call('roster.progress', { importId }), { interval: 1 })
    .toMatchObject({ stage: 'importing', total: 3_000 })
  expect(await call('cadre.list', {})).toMatchObject({ total: 0 })
  await call('roster.cancel', { importId })
  expect(await importing).toMatchObject({ code: 'cancelled' })
  expect(await call('cadre.list', {})).toMatchObject({ total: 0 })
  await expect(call('roster.progress', { importId })).rejects.toMatchObject({ code: 'import-missing' })
})

test('the report is a workbook in the language asked for, and taking it is logged', async () => {
  const { call } = await startDesk()
  const importId = await open(call, FIRST)
  const { fileName, content } = await call('roster.export', { importId, language: 'en' })
  expect(fileName).toBe('花名册-check.xlsx')
  const { rows } = (await readXlsx(Buffer.from(content, 'base64'))).sheets[0]!
  expect(rows[1]!.slice(0, 2)).toEqual([2, '试一一'])
  expect((await call('access-log.list', {})).rows[0]).toMatchObject({ action: 'export' })
})

test('what is no workbook is refused with its kind, and nothing is kept of it', async () => {
  const { call, bugs } = await startDesk()
  const content = Buffer.from('姓名,性别\n试一一,男\n').toString('base64')
  await expect(call('roster.open', { fileName: 'a.csv', content })).rejects.toMatchObject({
    code: 'file-kind',
    params: { kind: 'csv' },
  })
  expect(bugs).toEqual([])
})

import { expect, test } from 'vitest'
import { IMPORTED_LIMITS } from '../../shared/domain/imported-texts.ts'
import type { Cell } from '../../core/roster/cell.ts'
import { rowView } from '../../core/roster/dry-run.ts'
import { aCadre } from '../builders/cadre.ts'
import { anIdentityNumber } from '../builders/identity-number.ts'
import { aTownship, aUnit } from '../builders/unit.ts'
import { dryRun, sheetOf } from '../fixtures/roster/workbook.ts'

const HEAD: Cell[] = ['姓名', '出生年月', '身份证号', '职务']
const roster = (...rows: Cell[][]) => sheetOf([HEAD, ...rows])
const states = (run: ReturnType<typeof dryRun>) => run.verdicts.map(({ state }) => state)

test('somebody nobody knows is added, with every value of the row', () => {
  const run = dryRun(roster(['试一一', '1985.07', '371002198507120014', '主任']))
  expect(rowView(run, 0)).toMatchObject({
    row: 2,
    name: '试一一',
    state: 'added',
    match: null,
    changes: [
      { field: 'name', was: null, now: '试一一' },
      { field: 'birthMonth', was: null, now: '1985-07' },
      { field: 'identityNumber', was: null, now: '371002********0014' },
      { field: 'postTitle', was: null, now: '主任' },
    ],
    problems: [],
  })
})

test('the identity number finds a person, and only what differs is a change', () => {
  const known = aCadre({ name: '试一一', birthMonth: '1985-07', postTitle: '科员' })
  const run = dryRun(roster(['试 一一', '1985.07', known.identityNumber, '主任']), [known])
  expect(rowView(run, 0)).toMatchObject({
    state: 'changed',
    match: { id: known.id, by: 'identity' },
    changes: [{ field: 'postTitle', was: '科员', now: '主任' }],
  })
})

test('a row that says nothing new is unchanged, and empty cells never erase anything', () => {
  const known = aCadre({ name: '试一一', birthMonth: '1985-07', postTitle: '科员' })
  const run = dryRun(roster(['试一一', null, known.identityNumber, '']), [known])
  expect(rowView(run, 0)).toMatchObject({ state: 'unchanged', changes: [] })
})

test('unmatched columns beyond what a record may keep leave the row out, with those it has already', () => {
  const wide = (name: string, remark: string) =>
    dryRun(
      sheetOf([
        ['姓名', '备考甲'],
        [name, remark],
      ]),
    )
  expect(states(wide('试一一', '长'.repeat(20_000)))).toEqual(['added'])
  const alone = wide('试一一', '长'.repeat(20_001))
  expect(states(alone)).toEqual(['problem'])
  expect(rowView(alone, 0).problems).toMatchObject([
    { code: 'imported-too-much', severity: 'error', cell: null, field: null, params: IMPORTED_LIMITS },
  ])
  const half = '长'.repeat(15_000)
  const known = aCadre({ name: '试一一', imported: { 备考乙: half } })
  const head: Cell[] = ['姓名', '身份证号', '备考甲']
  const joined = dryRun(sheetOf([head, ['试一一', known.identityNumber, half]]), [known])
  expect(states(joined)).toEqual(['problem'])
  expect(states(dryRun(sheetOf([head, ['试一一', known.identityNumber, '短']]), [known]))).toEqual(['changed'])
})

test('name and birth month ask a person to confirm', () => {
  const known = aCadre({ name: '试一一', birthMonth: '1985-07', identityNumber: null })
  const run = dryRun(roster(['试一一', '1985.07', null, '主任']), [known])
  expect(rowView(run, 0)).toMatchObject({ state: 'confirm', match: { id: known.id, by: 'name-birth' } })
})

test('a namesake of another month is somebody else', () => {
  const known = aCadre({ name: '试一一', birthMonth: '1985-07' })
  expect(states(dryRun(roster(['试一一', '1990.01', null, '主任']), [known]))).toEqual(['added'])
})

test('a namesake asks to be confirmed where the row or the record has no month to tell by', () => {
  const known = aCadre({ name: '试一一', birthMonth: '1985-07' })
  const run = dryRun(roster(['试一一', null, null, '主任']), [known])
  expect(rowView(run, 0)).toMatchObject({ state: 'confirm', match: { by: 'name' } })
})

test('a number that stands under another name on the roll asks to be confirmed', () => {
  const known = aCadre({ name: '试一二', birthMonth: '1985-07' })
  const run = dryRun(roster(['试一一', '1985.07', known.identityNumber, '主任']), [known])
  expect(rowView(run, 0)).toMatchObject({ state: 'confirm', match: { name: '试一二', by: 'identity' } })
})

test('two people on the roll who fit a row make it ambiguous, and it stays out', () => {
  const twins = [1, 2].map(() => aCadre({ name: '试一一', birthMonth: '1985-07', identityNumber: null }))
  const run = dryRun(roster(['试一一', '1985.07', null, '主任']), twins)
  expect(rowView(run, 0)).toMatchObject({
    state: 'problem',
    match: null,
    problems: [{ code: 'ambiguous', params: { count: 2 } }],
  })
})

test('somebody voided is no match for anybody', () => {
  const known = aCadre({ name: '试一一', voided: true, voidReason: '录错' })
  expect(states(dryRun(roster(['试一一', '1985.07', known.identityNumber, null]), [known]))).toEqual(['added'])
})

test('one number on two people is refused on both', () => {
  const number = anIdentityNumber({ birth: '1985-07' })
  const run = dryRun(roster(['试一一', '1985.07', number, null], ['试一二', '1985.07', number, null]))
  expect([rowView(run, 0), rowView(run, 1)]).toMatchObject([
    {
      state: 'problem',
      problems: [{ code: 'identity-twice', severity: 'error', cell: 'C2', params: { other: 3, name: '试一二' } }],
    },
    {
      state: 'problem',
      problems: [{ code: 'identity-twice', severity: 'error', cell: 'C3', params: { other: 2, name: '试一一' } }],
    },
  ])
})

test('one person written twice is taken once, from the first row', () => {
  const number = anIdentityNumber({ birth: '1985-07' })
  const run = dryRun(roster(['试一一', '1985.07', number, '主任'], ['试 一一', '1985.07', number, '书记']))
  expect(states(run)).toEqual(['added', 'problem'])
})

test('namesakes of one month without numbers come in with a word about each other', () => {
  const run = dryRun(roster(['试一一', '1985.07', null, '主任'], ['试一一', '1985.07', null, '书记']))
  expect(states(run)).toEqual(['added', 'added'])
  expect(rowView(run, 1).problems).toMatchObject([
    { code: 'name-twice', severity: 'warn', cell: 'A3', params: { other: 2 } },
  ])
})

test('units are found by name, short name, or with the township in front; others are to be made', () => {
  const township = aTownship({ name: '试验镇' })
  const office = aUnit({ name: '党政办公室', shortName: '党政办', parentId: township.id })
  const known = aCadre({ name: '试一一', unitId: office.id })
  const sheet = (unitName: string) =>
    sheetOf([
      ['姓名', '身份证号', '单位'],
      ['试一一', known.identityNumber, unitName],
    ])
  for (const name of ['党政办公室', '党政办', '试验镇党政办公室', '党政 办公室']) {
    expect(rowView(dryRun(sheet(name), [known], [township, office]), 0)).toMatchObject({ state: 'unchanged' })
  }
  expect(rowView(dryRun(sheet('财政所'), [known], [township, office]), 0)).toMatchObject({
    state: 'changed',
    changes: [{ field: 'unitId', was: '党政办公室', now: '财政所' }],
  })
})

test('texts of unmapped columns are added to those a record has, never instead of them', () => {
  const known = aCadre({ name: '试一一', imported: { 工会: '是', 车牌: '无' } })
  const sheet = sheetOf([
    ['姓名', '身份证号', '工会', '血型'],
    ['试一一', known.identityNumber, '否', 'A'],
  ])
  expect(rowView(dryRun(sheet, [known]), 0).changes).toEqual([
    { field: 'imported', was: { 工会: '是', 车牌: '无' }, now: { 工会: '否', 车牌: '无', 血型: 'A' } },
  ])
})

test('masked and restricted values of a record never reach the page', () => {
  const known = aCadre({ name: '试一一', phone: '13900000001', address: '某路 1 号' })
  const sheet = sheetOf([
    ['姓名', '身份证号', '手机', '家庭住址'],
    ['试一一', known.identityNumber, '13900000002', '某路 2 号'],
  ])
  expect(rowView(dryRun(sheet, [known]), 0).changes).toEqual([
    { field: 'phone', was: '*******0001', now: '*******0002' },
    { field: 'address', was: null, now: '某路 2 号' },
  ])
})

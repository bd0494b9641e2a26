import { expect, test } from 'vitest'
import type { Cell } from '../../core/roster/cell.ts'
import { dryRun, sheetOf } from '../fixtures/roster/workbook.ts'

const HEAD: Cell[] = ['序号', '姓名', '性别', '职务']
const people = (rows: Cell[][], merges: string[] = []) =>
  dryRun(sheetOf(rows, merges)).rows.map(({ row, set, unitName }) => [row, set.name ?? null, unitName])

test('unit rows between people name the unit of those below, merged or in a single cell', () => {
  const rows: Cell[][] = [
    ['试验镇干部名册', null, null, null],
    HEAD,
    ['一、党政办公室（2人）', null, null, null],
    [1, '试一一', '男', '主任'],
    [2, '试一二', '女', '科员'],
    ['（二）财政所', null, null, null],
    [1, '试一三', '男', '所长'],
    [null, '综合行政执法队', null, null],
    [1, '试一四', '男', '队长'],
  ]
  expect(people(rows, ['A1:D1', 'A3:D3'])).toEqual([
    [4, '试一一', '党政办公室'],
    [5, '试一二', '党政办公室'],
    [7, '试一三', '财政所'],
    [9, '试一四', '综合行政执法队'],
  ])
})

test('a numeral and a unit in two cells are a unit row as well', () => {
  expect(people([HEAD, ['一', '党政办公室', null, null], [1, '试一一', '男', '主任']])).toEqual([
    [3, '试一一', '党政办公室'],
  ])
})

test('a unit column of the row goes before the unit row above', () => {
  const rows: Cell[][] = [
    ['姓名', '性别', '单位'],
    ['领导班子', null, null],
    ['试一一', '男', '财政所'],
    ['试一二', '女', null],
  ]
  expect(people(rows, ['A2:C2'])).toEqual([
    [3, '试一一', '财政所'],
    [4, '试一二', '领导班子'],
  ])
})

test('a unit merged downwards beside its people holds for each of them', () => {
  const rows: Cell[][] = [
    ['单位', '姓名', '性别'],
    ['财政所', '试一一', '男'],
    [null, '试一二', '女'],
    [null, null, null],
    ['农业农村办公室', '试一三', '男'],
  ]
  expect(people(rows, ['A2:A4'])).toEqual([
    [2, '试一一', '财政所'],
    [3, '试一二', '财政所'],
    [5, '试一三', '农业农村办公室'],
  ])
})

test('headers and titles of later pages are no people', () => {
  const rows: Cell[][] = [
    ['试验镇干部花名册', null, null, null],
    HEAD,
    [1, '试一一', '男', '主任'],
    [null, null, null, null],
    ['试验镇干部花名册', null, null, null],
    HEAD,
    [2, '试一二', '女', '科员'],
  ]
  expect(people(rows, ['A1:D1', 'A5:D5']).map(([row]) => row)).toEqual([3, 7])
})

test('a two-row header that is repeated is skipped whole', () => {
  const head: Cell[][] = [
    ['姓名', '全日制教育', null],
    [null, '学历', '学位'],
  ]
  const rows = [...head, ['试一一', '大学', '法学学士'], ...head, ['试一二', '大专', null]]
  expect(people(rows, ['A1:A2', 'B1:C1', 'A4:A5', 'B4:C4']).map(([, name]) => name)).toEqual(['试一一', '试一二'])
})

test('totals, signatures and notes at the end are no people', () => {
  const rows: Cell[][] = [
    HEAD,
    [1, '试一一', '男', '主任'],
    ['合计', '1人', null, null],
    ['合 计', null, 1, 1],
    [null, '总计', 1, null],
    ['制表人：试一二', null, '审核人：试一三', null],
    ['填表说明：', null, null, null],
    ['1.姓名与户籍一致', null, null, null],
    ['2.职务写全称', null, null, null],
    ['联系电话：0631-5200000', null, null, '日期：2026年11月'],
  ]
  expect(people(rows)).toEqual([[2, '试一一', null]])
})

test('people after the notes of one page are people again', () => {
  const rows: Cell[][] = [
    HEAD,
    [1, '试一一', '男', '主任'],
    ['注：以上为在编人员', null, null, null],
    HEAD,
    [2, '试一二', '女', '科员'],
  ]
  expect(people(rows).map(([, name]) => name)).toEqual(['试一一', '试一二'])
})

test('numbered empty rows, column numbers, field codes and examples are no people', () => {
  const rows: Cell[][] = [
    HEAD,
    [1, 2, 3, 4],
    [null, 'A0101', 'A0104', 'A0192A'],
    ['示例', '例如：试一一', '男', '主任'],
    [1, '试一一', '男', '主任'],
    [2, null, null, null],
    [3, null, null, null],
  ]
  expect(people(rows)).toEqual([[5, '试一一', null]])
})

test('a row of data without a name is shown as a problem, not dropped', () => {
  const run = dryRun(sheetOf([HEAD, [1, '试一一', '男', '主任'], [2, null, '女', '科员']]))
  expect(run.rows[1]).toMatchObject({
    row: 3,
    problems: [{ code: 'no-name', severity: 'error', cell: 'B3', field: 'name' }],
  })
})

test('a person of whom only the name is known is a person', () => {
  expect(people([HEAD, [null, '试一一', null, null], [1, '试一二', null, null]]).map(([, name]) => name)).toEqual([
    '试一一',
    '试一二',
  ])
})

test('further rows under a name that is merged downwards are kept with that person', () => {
  const rows: Cell[][] = [
    ['姓名', '性别', '学历', '毕业院校'],
    ['试一一', '男', '大专', '甲学院'],
    [null, null, '大学', '乙大学'],
    ['试一二', '女', '大学', null],
  ]
  const run = dryRun(sheetOf(rows, ['A2:A3', 'B2:B3']))
  expect(run.rows.map(({ set }) => set.name)).toEqual(['试一一', '试一二'])
  expect(run.rows[0]).toMatchObject({
    set: { fullTimeEducation: '大专', fullTimeSchool: '甲学院' },
    imported: { '学历（第3行）': '大学', '毕业院校（第3行）': '乙大学' },
  })
})

test('rows hidden by a filter are people like any other', () => {
  expect(people([HEAD, [1, '试一一', '男', '主任'], [2, '试一二', '女', '科员']])).toHaveLength(2)
})

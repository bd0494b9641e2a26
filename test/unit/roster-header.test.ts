import { expect, test } from 'vitest'
import { guessField } from '../../core/roster/header-field.ts'
import { findHeader } from '../../core/roster/find-header.ts'
import { guessColumns } from '../../core/roster/columns.ts'
import { layoutOf, remapped, rosterSheet } from '../../core/roster/dry-run.ts'
import type { Cell } from '../../core/roster/cell.ts'
import { sheetOf } from '../fixtures/roster/workbook.ts'

const PERSON: Cell[] = ['试一一', '男', '1990.01']
const fieldOf = (...levels: string[]) => guessField(levels)?.field ?? null

test.each([
  ['姓名', 'name'],
  ['姓 名', 'name'],
  ['姓\n名', 'name'],
  ['*姓名', 'name'],
  ['姓名：', 'name'],
  ['干部姓名', 'name'],
  ['出生年月（岁）', 'birthMonth'],
  ['出生年月\n(岁)', 'birthMonth'],
  ['出生日期', 'birthMonth'],
  ['出生年月日', 'birthMonth'],
  ['民族（汉族/回族）', 'ethnicity'],
  ['身份证号码', 'identityNumber'],
  ['公民身份号码', 'identityNumber'],
  ['证件号', 'identityNumber'],
  ['入党时间', 'partyJoined'],
  ['入党时间文字', 'partyJoined'],
  ['参工时间', 'workStartedOn'],
  ['参加工作年月', 'workStartedOn'],
  ['到龄年月', 'retirementMonth'],
  ['健康状况', 'healthStatus'],
  ['专技职务', 'technicalTitle'],
  ['学历', 'fullTimeEducation'],
  ['最高学历', 'fullTimeEducation'],
  ['全日制学历', 'fullTimeEducation'],
  ['全日制学位', 'fullTimeDegree'],
  ['在职学历', 'inServiceEducation'],
  ['在职教育毕业院校系及专业', 'inServiceSchool'],
  ['毕业院校及专业', 'fullTimeSchool'],
  ['单位', 'unitName'],
  ['所在村（社区）', 'unitName'],
  ['单位及职务', 'postTitle'],
  ['现工作单位及职务全称', 'postTitle'],
  ['现任职务', 'postTitle'],
  ['现职务层次', 'leadershipLevel'],
  ['任现职务层次时间', 'leadershipLevelSince'],
  ['现职级', 'rank'],
  ['任现职级时间', 'rankSince'],
  ['现职务始任时间', 'postSince'],
  ['人员管理状态', 'rollState'],
  ['编制类型', 'staffing'],
  ['人员类别', 'cadreCategory'],
  ['人员归口', 'rollGroup'],
  ['熟悉专业有何特长', 'specialty'],
  ['奖惩综述', 'awardsAndPenalties'],
  ['年度考核结果综述', 'annualAppraisals'],
  ['手机号码', 'phone'],
  ['联系电话（手机）', 'phone'],
  ['序号', 'sequence'],
  ['年龄', 'age'],
  ['A0184', 'identityNumber'],
  ['本人现任职务情况', 'postTitle'],
])('the heading %j is understood', (heading, field) => {
  expect(fieldOf(heading)).toBe(field)
})

test.each([
  '配偶姓名',
  '紧急联系人姓名',
  '帮扶领导',
  '所学专业',
  '成长地',
  '第二党派',
  '级别',
  '学历证书编号',
  '毕业时间',
  '工会会员',
  '2023年',
  '其他',
])('the heading %j is nobody’s field and stays unmapped', (heading) => {
  expect(fieldOf(heading)).toBeNull()
})

test('the levels of a grouped header are read together', () => {
  expect(fieldOf('全日制教育', '学历')).toBe('fullTimeEducation')
  expect(fieldOf('全日制教育', '毕业院校及专业')).toBe('fullTimeSchool')
  expect(fieldOf('在职教育', '学历')).toBe('inServiceEducation')
  expect(fieldOf('在职教育', '学位')).toBe('inServiceDegree')
  expect(fieldOf('学历学位', '全日制教育')).toBe('fullTimeEducation')
  expect(fieldOf('毕业院校系及专业', '在职教育')).toBe('inServiceSchool')
  expect(fieldOf('学历学位', '在职教育', '毕业院校')).toBe('inServiceSchool')
  expect(fieldOf('全日制教育', '毕业时间')).toBeNull()
  expect(fieldOf('职级', '任职时间')).toBe('rankSince')
  expect(fieldOf('现任职务', '任职时间')).toBe('postSince')
  expect(fieldOf('基本情况', '姓名')).toBe('name')
  expect(fieldOf('出生', '年月')).toBe('birthMonth')
})

test('an exact heading is certain, a longer one less so', () => {
  expect(guessField(['姓名'])?.confidence).toBe(1)
  expect(guessField(['本人现任职务情况'])!.confidence).toBeLessThan(1)
})

test('the header is found below titles and notes', () => {
  const sheet = sheetOf(
    [['孙家疃街道干部花名册', null, null], ['截至 2026 年 11 月'], [], ['姓名', '性别', '出生年月'], PERSON],
    ['A1:C1'],
  )
  expect(findHeader(sheet).rows).toEqual([3])
})

test('a two-row header with merged groups gives each column its levels', () => {
  const sheet = sheetOf(
    [
      ['姓名', '全日制教育', null, '在职教育', null, '备注'],
      [null, '学历', '毕业院校及专业', '学历', '毕业院校及专业', null],
      ['试一一', '大学', '山东大学法学专业', null, null, null],
    ],
    ['A1:A2', 'B1:C1', 'D1:E1', 'F1:F2'],
  )
  expect(findHeader(sheet).rows).toEqual([0, 1])
  expect(guessColumns(sheet, findHeader(sheet), {}).map(({ header, field }) => [header, field])).toEqual([
    ['姓名', 'name'],
    ['全日制教育/学历', 'fullTimeEducation'],
    ['全日制教育/毕业院校及专业', 'fullTimeSchool'],
    ['在职教育/学历', 'inServiceEducation'],
    ['在职教育/毕业院校及专业', 'inServiceSchool'],
    ['备注', 'note'],
  ])
})

test('groups centred by hand instead of merged are carried over their columns', () => {
  const sheet = sheetOf([
    ['姓名', '全日制教育', null, '在职教育', null],
    [null, '学历', '学位', '学历', '学位'],
    ['试一一', '大学', '法学学士', '研究生', '法学硕士'],
  ])
  expect(guessColumns(sheet, findHeader(sheet), {}).map(({ field }) => field)).toEqual([
    'name',
    'fullTimeEducation',
    'fullTimeDegree',
    'inServiceEducation',
    'inServiceDegree',
  ])
})

test('the first person is not taken for a second header row', () => {
  const sheet = sheetOf([
    ['姓名', '单位', '职务'],
    ['试一一', '办公室', '主任'],
    ['试一二', '社区', '书记'],
  ])
  expect(findHeader(sheet).rows).toEqual([0])
})

test('the headings of the 2017 collection form are understood', () => {
  const headings =
    '姓名, 身份证号, 性别, 出生年月, 籍贯, 出生地, 成长地, 民族, 健康状况, 参加工作时间, 入党时间文字, 政治面貌, 入党时间, 第二党派, 第三党派, ' +
    '人员类别, 人员管理状态, 管理类别, 熟悉专业有何特长, 现工作单位及职务全称, 现工作单位及职务简称, 现职务层次, 任现职务层次时间, 现职级, 任现职级时间, ' +
    '专业技术职务, 是否具有两年以上基层工作经历, 统计关系所在单位, 简历, 奖惩综述, 年度考核结果综述, 级别, 编制类型, 专业技术类公务员任职资格, 公务员登记时间, 备注'
  const sheet = sheetOf([
    ['公务员管理信息系统（2017版）信息采集表'],
    headings.split(', '),
    ['试一一', '371002198507120014', '男', '198507'],
  ])
  const fields = guessColumns(sheet, findHeader(sheet), {}).map(({ field }) => field)
  expect(fields.slice(0, 6)).toEqual(['name', 'identityNumber', 'sex', 'birthMonth', 'nativePlace', 'birthPlace'])
  expect(fields.filter((field) => field !== null)).toHaveLength(26)
})

test('a field goes to one column only; the second keeps its texts in imported', () => {
  const sheet = sheetOf([
    ['姓名', '最高学历', '全日制学历'],
    ['试一一', '研究生', '大学'],
  ])
  expect(guessColumns(sheet, findHeader(sheet), {}).map(({ field }) => field)).toEqual([
    'name',
    null,
    'fullTimeEducation',
  ])
})

test('a column of identity numbers is recognised under a heading nobody foresaw', () => {
  const sheet = sheetOf([
    ['姓名', '性别', '号'],
    ['试一一', '男', '371002198507120014'],
    ['试一二', '女', '371003198001010009'],
  ])
  const column = guessColumns(sheet, findHeader(sheet), {})[2]!
  expect(column.field).toBe('identityNumber')
  expect(column.confidence).toBeLessThan(1)
  expect(column.samples[0]).toBe('371002********0014')
})

test('a remembered correction goes before every guess, also one that says to keep a column', () => {
  const sheet = sheetOf([
    ['姓名', '岗 位', '性别'],
    ['试一一', '网格员', '男'],
  ])
  const columns = guessColumns(sheet, findHeader(sheet), { 岗位: 'note', 性别: null })
  expect(columns.map(({ field, confidence }) => [field, confidence])).toEqual([
    ['name', 1],
    ['note', 1],
    [null, 1],
  ])
})

test('a mapping by hand moves a field and frees the column that had it', () => {
  const layout = layoutOf(
    [
      sheetOf([
        ['姓名', '单位', '科室'],
        ['试一一', '试验镇', '办公室'],
      ]),
    ],
    0,
    {},
  )
  expect(layout.columns.map(({ field }) => field)).toEqual(['name', 'unitName', null])
  expect(remapped(layout, { 2: 'unitName' }).columns.map(({ field }) => field)).toEqual(['name', null, 'unitName'])
})

test('a mapping of two columns to one field is refused', () => {
  const layout = layoutOf(
    [
      sheetOf([
        ['姓名', '单位', '科室'],
        ['试一一', '试验镇', '办公室'],
      ]),
    ],
    0,
    {},
  )
  expect(() => remapped(layout, { 1: 'note', 2: 'note' })).toThrow(expect.objectContaining({ code: 'invalid-input' }))
})

test('a mapping to a field that does not exist is refused', () => {
  const layout = layoutOf(
    [
      sheetOf([
        ['姓名', '性别'],
        ['试一一', '男'],
      ]),
    ],
    0,
    {},
  )
  expect(() => remapped(layout, { 1: 'family' })).toThrow(expect.objectContaining({ code: 'invalid-input' }))
})

test('a sheet whose headings nobody knows can still be mapped by hand', () => {
  const layout = layoutOf(
    [
      sheetOf([
        ['甲', '乙', '丙'],
        ['试一一', '一', '二'],
      ]),
    ],
    0,
    {},
  )
  expect(layout.columns.map(({ field }) => field)).toEqual([null, null, null])
  expect(remapped(layout, { 0: 'name' }).people).toHaveLength(1)
})

test('a sheet without anything like a header says so', () => {
  expect(() => layoutOf([sheetOf([['只有一个格子']])], 0, {})).toThrow(
    expect.objectContaining({ code: 'file-no-header' }),
  )
})

test('the sheet that reads like a roster is chosen, hidden ones last', () => {
  const roster: Cell[][] = [['姓名', '性别', '出生年月'], PERSON]
  expect(rosterSheet([sheetOf([['填表说明', '一']]), sheetOf(roster)])).toBe(1)
  expect(rosterSheet([sheetOf(roster, [], { hidden: true }), sheetOf([['姓名', '性别'], PERSON])])).toBe(1)
})

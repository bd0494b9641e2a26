import { readXlsx } from 'hucre'
import { expect, test } from 'vitest'
import { ROSTER_PROBLEMS } from '../../shared/contract/roster.ts'
import { LANGUAGES, resources } from '../../shared/i18n/index.ts'
import type { Cell } from '../../core/roster/cell.ts'
import { countsOf, fixCell, layoutOf, rowsView, startDryRun } from '../../core/roster/dry-run.ts'
import { knownOf } from '../../core/roster/known.ts'
import { packed, unpacked } from '../../core/roster/pack.ts'
import { parseWorkbook } from '../../core/roster/parse-workbook.ts'
import { writeReport } from '../../core/roster/report.ts'
import { anIdentityNumber } from '../builders/identity-number.ts'
import { book, dryRun, fieldsOf, sheetOf, TODAY, written, xlsx } from '../fixtures/roster/workbook.ts'

const HEAD: Cell[] = ['姓名', '出生年月', '身份证号', '职务']
const roster = (...rows: Cell[][]) => sheetOf([HEAD, ...rows])
const states = (run: ReturnType<typeof dryRun>) => run.verdicts.map(({ state }) => state)

test('a corrected cell is judged anew, and its own row only', () => {
  const run = dryRun(roster(['试一一', '1985.07', 371002198507120000, null], ['试一二', '1985.07', '', null]))
  expect(states(run)).toEqual(['problem', 'added'])
  expect(fixCell(run, 2, 'identityNumber', '371002198507120014')).toMatchObject({ state: 'added', problems: [] })
  expect(countsOf(run)).toEqual({ added: 2, changed: 0, unchanged: 0, problem: 0, confirm: 0, total: 2 })
})

test('correcting one of two equal numbers clears the other row too', () => {
  const number = anIdentityNumber({ birth: '1985-07' })
  const run = dryRun(roster(['试一一', '1985.07', number, null], ['试一二', '1985.07', number, null]))
  fixCell(run, 3, 'identityNumber', anIdentityNumber({ birth: '1985-07' }))
  expect(states(run)).toEqual(['added', 'added'])
  fixCell(run, 3, 'identityNumber', number)
  expect(states(run)).toEqual(['problem', 'problem'])
})

test('a field without a column can be given by hand, and a cell emptied', () => {
  const run = dryRun(roster(['试一一', '1985.07', null, '主任']))
  fixCell(run, 2, 'sex', '女')
  expect(fixCell(run, 2, 'postTitle', '').changes).toEqual([
    { field: 'name', was: null, now: '试一一' },
    { field: 'birthMonth', was: null, now: '1985-07' },
    { field: 'sex', was: null, now: 'female' },
  ])
})

test('correcting a row that is no person, or a field that does not exist, is refused', () => {
  const run = dryRun(roster(['试一一', '1985.07', null, '主任']))
  expect(() => fixCell(run, 99, 'name', '某')).toThrow(expect.objectContaining({ code: 'not-found' }))
  expect(() => fixCell(run, 2, 'photo', '某')).toThrow(expect.objectContaining({ code: 'invalid-input' }))
})

test('a dry run without a name column is refused', () => {
  const layout = layoutOf(
    [
      sheetOf([
        ['甲', '乙'],
        ['一', '二'],
      ]),
    ],
    0,
    {},
  )
  expect(() => startDryRun(layout, knownOf([], []), TODAY)).toThrow(
    expect.objectContaining({ code: 'import-unmapped' }),
  )
})

test('rows are given by page and by state', () => {
  const run = dryRun(
    roster(
      ...Array.from({ length: 12 }, (_, n): Cell[] => [
        `试${'甲乙丙丁戊己庚辛壬癸子丑'[n]}`,
        '1985.07',
        n % 3 === 0 ? 371002198507120000 : null,
        null,
      ]),
    ),
  )
  expect(rowsView(run, { state: 'problem', offset: 1, limit: 2 })).toMatchObject({
    total: 4,
    rows: [{ row: 5 }, { row: 8 }],
  })
  expect(rowsView(run, { offset: 10, limit: 5 }).rows.map(({ row }) => row)).toEqual([12, 13])
})

test('the report has every row with state, cells and sentences, and no identity number in clear', async () => {
  const number = anIdentityNumber({ birth: '1985-07' })
  const run = dryRun(roster(['试一一', '1985.08', number, '主任'], ['试一二', '属马', 371002198507120000, null]))
  for (const language of LANGUAGES) {
    const report = await writeReport(run, '花名册.xlsx', language)
    const { rows } = (await readXlsx(report.bytes)).sheets[0]!
    expect(rows).toHaveLength(3)
    expect(rows[1]).toEqual(expect.arrayContaining([2, '试一一', `371002********${number.slice(-4)}`, 'B2']))
    expect(String(rows[2]![6])).toBe('B3 C3')
    expect(JSON.stringify(rows)).not.toContain(number)
    expect(JSON.stringify(rows)).not.toContain('{{')
  }
})

test('every problem has its sentence in both languages, and one that says what to do', () => {
  for (const language of LANGUAGES) {
    const sentences = resources[language].roster.problem as Record<string, string>
    expect(Object.keys(sentences).toSorted()).toEqual([...ROSTER_PROBLEMS].toSorted())
  }
})

test('sheets survive the way between threads unchanged', () => {
  const sheet = sheetOf([['姓名', null, 1.5, true], [], ['姓名', '', 1.5]], ['A1:B1'], { shown: { C1: '1.50' } })
  expect(unpacked(packed(sheet))).toEqual(sheet)
})

const NAMES = '甲乙丙丁戊己庚辛'
test('a name roll with titles, a grouped header, unit rows, a second page and totals is read whole, as .xlsx and as .xls', async () => {
  const head: Cell[][] = [
    [
      '姓名',
      '现任职务',
      '性别',
      '民族',
      '籍贯',
      '全日制教育',
      null,
      '在职教育',
      null,
      '出生\n年月',
      '参加工作时间',
      '入党时间',
      '任现职时间',
      '备注',
    ],
    [null, null, null, null, null, '学历', '毕业院校及专业', '学历', '毕业院校及专业', null, null, null, null, null],
  ]
  const person = (n: number): Cell[] => [
    `试 ${NAMES[n]}`,
    `主任${n}`,
    n % 2 ? '女' : '男',
    '汉',
    '山东荣成',
    '大学',
    '某大学\n法学专业',
    null,
    null,
    `198${n}.0${n + 1}\n（4${n}岁）`,
    200708 + n,
    '2006.06',
    2019.03,
    null,
  ]
  const rows: Cell[][] = [
    ['干部名册', ...Array.from({ length: 13 }, () => null)],
    ...head,
    ['党政办公室', ...Array.from({ length: 13 }, () => null)],
    person(0),
    person(1),
    ['财政所（2人）', ...Array.from({ length: 13 }, () => null)],
    person(2),
    person(3),
    ...head,
    person(4),
    ['合计', 5, ...Array.from({ length: 12 }, () => null)],
    ['制表人：试一一', ...Array.from({ length: 13 }, () => null)],
  ]
  const merges = [
    'A1:N1',
    ...['A', 'B', 'C', 'D', 'E', 'J', 'K', 'L', 'M', 'N'].map((c) => `${c}2:${c}3`),
    'F2:G2',
    'H2:I2',
    'A4:N4',
    'A7:N7',
  ]
  for (const bytes of [await xlsx(rows as never, merges), written(book(rows as never, merges), 'biff8')]) {
    const run = dryRun((await parseWorkbook(bytes, '干部名册.xls'))[0]!)
    expect(fieldsOf(run)).toEqual(
      'name postTitle sex ethnicity nativePlace fullTimeEducation fullTimeSchool inServiceEducation inServiceSchool birthMonth workStartedOn partyJoined postSince note'.split(
        ' ',
      ),
    )
    expect(
      run.rows.map(({ set, unitName }) => [set.name, unitName, set.birthMonth, set.workStartedOn, set.postSince]),
    ).toEqual([
      ['试甲', '党政办公室', '1980-01', '2007-08', '2019-03'],
      ['试乙', '党政办公室', '1981-02', '2007-09', '2019-03'],
      ['试丙', '财政所', '1982-03', '2007-10', '2019-03'],
      ['试丁', '财政所', '1983-04', '2007-11', '2019-03'],
      ['试戊', '财政所', '1984-05', '2007-12', '2019-03'],
    ])
    expect(run.rows[0]!.set).toMatchObject({
      ethnicity: '汉族',
      fullTimeSchool: '某大学法学专业',
      partyJoined: '2006.06',
      sex: 'male',
    })
    expect(countsOf(run)).toMatchObject({ added: 5, total: 5 })
  }
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cadre, type CadreField } from '../../shared/domain/cadre.ts'
import type { Cell } from '../../core/roster/cell.ts'
import { ROSTER_FIELDS } from '../../core/roster/columns.ts'
import { dryRun, sheetOf } from '../fixtures/roster/workbook.ts'
import { anIdentityNumber } from '../builders/identity-number.ts'

/** Reads one cell under a heading, beside a name. */
function read(heading: string, ...cells: Cell[]) {
  const run = dryRun(sheetOf([['姓名', heading], ...cells.map((cell): Cell[] => ['试一一', cell])]))
  return run.rows[0]!
}
const codes = (row: ReturnType<typeof read>) => row.problems.map(({ code, severity }) => `${code}:${severity}`)

test('an identity number is normalised: spaces, full width, a small x', () => {
  expect(read('身份证号', ' 371002 1985 0712 0014 ').set.identityNumber).toBe('371002198507120014')
  expect(read('身份证号', '３７１００２１９８５０７１２００１４').set.identityNumber).toBe('371002198507120014')
  const ending = Array.from({ length: 400 }, (_, sequence) => anIdentityNumber({ birth: '1985-07-12', sequence })).find(
    (n) => n.endsWith('X'),
  )!
  expect(read('身份证号', ending.toLowerCase()).set.identityNumber).toBe(ending)
})

test.each([
  ['a number cell', 371002198507120000],
  ['a text in scientific notation', '3.71002E+17'],
  ['a text in scientific notation, small e', '3.71002198507120e+17'],
  ['a text that ends in 000 with a wrong check digit', '371002198507121000'],
])('an identity number cut by Excel is refused: %s', (_, cell) => {
  const row = read('身份证号', cell)
  expect(codes(row)).toEqual(['identity-cut:error'])
  expect(row.set.identityNumber).toBeUndefined()
  expect(row.problems[0]!.cell).toBe('B2')
})

test('a column whose numbers all end in 000 was cut, whatever the check digits say', () => {
  const valid = Array.from({ length: 400 }, (_, sequence) =>
    anIdentityNumber({
      birth: `1985-07-${String((sequence % 28) + 1).padStart(2, '0')}`,
      male: false,
      sequence: 50 * (sequence % 10),
    }),
  )
  const genuine = valid.find((number) => number.endsWith('000'))
  const numbers = genuine ? [genuine, '371002198507121000'] : ['371002198507121000', '371002198507122000']
  const run = dryRun(
    sheetOf([
      ['姓名', '身份证号'],
      ['试一一', numbers[0]!],
      ['试一二', numbers[1]!],
    ]),
  )
  expect(run.rows.map(({ problems }) => problems[0]?.code)).toEqual(['identity-cut', 'identity-cut'])
})

test('an old 15-digit number is not stored as a number, and its text is kept', () => {
  for (const cell of ['371002850712001', 371002850712001]) {
    const row = read('身份证号', cell)
    expect(codes(row)).toEqual(['identity-malformed:warn'])
    expect(row.set.identityNumber).toBeUndefined()
    expect(row.imported).toEqual({ 身份证号: '371002850712001' })
  }
})

test('a wrong check digit and an impossible date warn and come in as they stand', () => {
  expect(read('身份证号', '110101199001011234')).toMatchObject({
    set: { identityNumber: '110101199001011234' },
    problems: [{ code: 'identity-wrong-check-digit', severity: 'warn', params: { value: '110101********1234' } }],
  })
  expect(codes(read('身份证号', '371082199002290014'))).toEqual(['identity-no-such-date:warn'])
})

test('spaces in a name are layout, also full-width ones; a name in letters keeps one', () => {
  expect(read('性别', null).set.name).toBe('试一一')
  const names = ['张 三', '张　三', ' 张三 ', '阿卜杜拉·买买提', 'Li  Lei']
  const run = dryRun(sheetOf([['姓名', '性别'], ...names.map((name): Cell[] => [name, '男'])]))
  expect(run.rows.map(({ set }) => set.name)).toEqual(['张三', '张三', '张三', '阿卜杜拉·买买提', 'Li Lei'])
})

test('a note behind a name tells sex and ethnicity, and any other note is kept', () => {
  const run = dryRun(
    sheetOf([
      ['姓名', '职务'],
      ['试一一（女，回族）', '主任'],
      ['试一二（挂职）', '副主任'],
    ]),
  )
  expect(run.rows[0]).toMatchObject({ set: { name: '试一一', sex: 'female', ethnicity: '回族' }, imported: {} })
  expect(run.rows[1]).toMatchObject({ set: { name: '试一二' }, imported: { 姓名: '试一二（挂职）' } })
})

test.each([
  ['性别', '男', 'sex', 'male'],
  ['性别', ' 女 ', 'sex', 'female'],
  ['性别', 2, 'sex', 'female'],
  ['民族', '汉', 'ethnicity', '汉族'],
  ['民族', '毛难族', 'ethnicity', '毛南族'],
  ['民族', '维吾尔', 'ethnicity', '维吾尔族'],
  ['政治面貌', '党员', 'politicalStatus', '中共党员'],
  ['政治面貌', '中共党员', 'politicalStatus', '中共党员'],
  ['政治面貌', '预备党员', 'politicalStatus', '中共预备党员'],
  ['政治面貌', '团员', 'politicalStatus', '共青团员'],
  ['政治面貌', '九三', 'politicalStatus', '九三学社社员'],
  ['入党时间', '200108', 'partyJoined', '2001.08'],
  ['入党时间', '2001年8月', 'partyJoined', '2001.08'],
  ['入党时间', '200108；民建', 'partyJoined', '200108；民建'],
  ['入党时间', '无党派', 'partyJoined', '无党派'],
  ['调入时间', '2020-03-05', 'joinedOn', '2020-03-05'],
  ['调入时间', '2020.03', 'joinedOn', '2020-03-01'],
  ['手机号码', 13900000001, 'phone', '13900000001'],
  ['毕业院校', '山东大学\n法学院', 'fullTimeSchool', '山东大学法学院'],
  [
    '简历',
    '1991.01--2000.01  某校学生\r\n2000.01--  某镇科员  ',
    'resume',
    '1991.01--2000.01  某校学生\n2000.01--  某镇科员',
  ],
  ['人员归口', '在编不在岗', 'rollGroup', 'staffed-away'],
  ['人员归口', '村(社区)干部', 'rollGroup', 'village'],
  ['人员归口', '公益岗/劳务派遣', 'rollGroup', 'auxiliary'],
  ['人员归口', '挂职接收或驻村', 'rollGroup', 'received'],
  ['人员归口', '在编在岗', 'rollGroup', 'in-post'],
] as const)('under %s, %j is read as %s %j', (heading, cell, field, value) => {
  const row = read(heading, cell)
  expect(row.set[field]).toBe(value)
  expect(row.problems).toEqual([])
})

test('party membership is not concluded from the time of joining', () => {
  expect(read('入党时间', '2001.08').set.politicalStatus).toBeUndefined()
})

test('the roll group follows from category and staffing only where the word is clear', () => {
  expect(read('人员类别', '劳务派遣人员').set).toMatchObject({ cadreCategory: '劳务派遣人员', rollGroup: 'auxiliary' })
  expect(read('编制类型', '社区工作者').set.rollGroup).toBe('village')
  expect(read('人员类别', '公务员').set.rollGroup).toBeUndefined()
})

test('what no list knows is kept: as it stands where the field takes text, in imported where it does not', () => {
  expect(read('民族', '穿青人')).toMatchObject({
    set: { ethnicity: '穿青人' },
    problems: [{ code: 'unknown-value', severity: 'warn' }],
  })
  const row = read('性别', '不详人士')
  expect(row).toMatchObject({ imported: { 性别: '不详人士' }, problems: [{ code: 'unknown-value', severity: 'warn' }] })
  expect(row.set.sex).toBeUndefined()
})

test('a date nobody can read warns, and its text is kept', () => {
  const row = read('出生年月', '属马')
  expect(row).toMatchObject({
    imported: { 出生年月: '属马' },
    problems: [{ code: 'bad-date', severity: 'warn', cell: 'B2', params: { value: '属马' } }],
  })
  expect(row.set.birthMonth).toBeUndefined()
})

test('the result of a broken formula is said and not stored', () => {
  expect(codes(read('职务', '#REF!'))).toEqual(['cell-error:warn'])
})

test('a text longer than the field keeps the row out, so that nothing is cut off', () => {
  const row = read('籍贯', '很长的籍贯'.repeat(5))
  expect(row).toMatchObject({ problems: [{ code: 'too-long', severity: 'error', params: { limit: 18, length: 25 } }] })
})

test('columns without a field go to imported under their heading, two of one heading apart', () => {
  const run = dryRun(
    sheetOf([
      ['姓名', '性别', '工会', '工会', null],
      ['试一一', '男', '是', 3, true],
    ]),
  )
  expect(run.rows[0]!.imported).toEqual({ '工会': '是', '工会（D）': '3', '未命名列E': '是' })
})

test('age and number are understood and stored nowhere', () => {
  const run = dryRun(
    sheetOf([
      ['序号', '姓名', '年龄'],
      [1, '试一一', 35],
    ]),
  )
  expect(run.rows[0]).toMatchObject({ set: { name: '试一一' }, imported: {} })
})

test('birth month and sex are held against the identity number', () => {
  const run = dryRun(
    sheetOf([
      ['姓名', '性别', '出生年月', '身份证号'],
      ['试一一', '女', '1985.08', '371002198507120014'],
    ]),
  )
  expect(run.rows[0]!.problems).toMatchObject([
    { code: 'birth-differs', severity: 'warn', cell: 'C2', params: { archive: '1985.08', number: '1985.07' } },
    { code: 'sex-differs', severity: 'warn', cell: 'B2' },
  ])
})

test('1990.1 in a number cell is settled by the column, else by the identity number, else asked about', () => {
  const october = anIdentityNumber({ birth: '1990-10', male: true })
  const settledByColumn = dryRun(
    sheetOf([
      ['姓名', '出生年月'],
      ['试一一', 1990.1],
      ['试一二', 1985.07],
    ]),
  )
  expect(settledByColumn.rows[0]).toMatchObject({ set: { birthMonth: '1990-10' }, problems: [] })
  const settledByNumber = dryRun(
    sheetOf([
      ['姓名', '出生年月', '身份证号'],
      ['试一一', 1990.1, october],
    ]),
  )
  expect(settledByNumber.rows[0]).toMatchObject({ set: { birthMonth: '1990-10' }, problems: [] })
  const shown = dryRun(
    sheetOf(
      [
        ['姓名', '出生年月'],
        ['试一一', 1990.1],
      ],
      [],
      { shown: { B2: '1990.10' } },
    ),
  )
  expect(shown.rows[0]).toMatchObject({ set: { birthMonth: '1990-10' }, problems: [] })
  const open = dryRun(
    sheetOf([
      ['姓名', '出生年月'],
      ['试一一', 1990.1],
    ]),
  )
  expect(open.rows[0]).toMatchObject({
    set: { birthMonth: '1990-01' },
    problems: [{ code: 'month-unclear', severity: 'warn', params: { read: '1990.01', other: '1990.10' } }],
  })
})

test('a month after today warns, unless it is a retirement', () => {
  const run = dryRun(
    sheetOf([
      ['姓名', '任现职时间', '到龄年月'],
      ['试一一', '2027.03', '2031.05'],
    ]),
  )
  expect(run.rows[0]!.problems).toMatchObject([
    { code: 'future-date', severity: 'warn', cell: 'B2', field: 'postSince' },
  ])
})

const anyCell: fc.Arbitrary<Cell> = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.double({ noNaN: true }),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom<Cell>(
    '1990.01',
    '张 三',
    '汉',
    '371002198507120014',
    '3.71E+17',
    1990.1,
    371002198507120000,
    '#N/A',
    '无',
    null,
  ),
)
const HEADINGS: readonly string[] = [
  '姓名 性别 出生年月 身份证号 民族 籍贯 政治面貌 入党时间 参加工作时间 健康状况 专业技术职务 学历 学位 毕业院校 单位 现任职务 任现职时间 职级 任现职级时间',
  '人员类别 编制类型 人员归口 调入时间 离岗时间 联系电话 家庭住址 简历 奖惩情况 年度考核结果 备注 到龄年月 填表时间 序号 年龄 其他',
].flatMap((words) => words.split(' '))

test('no cell makes reading throw, and every value read is one the register accepts', () => {
  const row = fc.array(anyCell, { minLength: HEADINGS.length, maxLength: HEADINGS.length })
  fc.assert(
    fc.property(fc.array(row, { maxLength: 4 }), (rows) => {
      const run = dryRun(sheetOf([[...HEADINGS], ...rows]))
      for (const { set, imported } of run.rows) {
        for (const [field, value] of Object.entries(set)) {
          expect(cadre.fields[field as CadreField].schema.safeParse(value), `${field} ${value}`).toMatchObject({
            success: true,
          })
        }
        expect(cadre.fields.imported.schema.safeParse(imported).success).toBe(true)
      }
    }),
    { numRuns: 300 },
  )
})

test('every field a column can go to has a name on screen', async () => {
  const { resources } = await import('../../shared/i18n/index.ts')
  const named = { ...resources['zh-CN'].cadre.field, ...resources['zh-CN'].roster.field }
  expect(ROSTER_FIELDS.filter((field) => !Object.hasOwn(named, field))).toEqual([])
})

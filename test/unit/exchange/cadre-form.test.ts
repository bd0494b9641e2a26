import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formOf } from '../../../core/exchange/cadre-to-form.ts'
import { patchOf } from '../../../core/exchange/form-patch.ts'
import { readForm } from '../../../core/exchange/form-to-cadre.ts'
import { exportLrmx } from '../../../core/exchange/lrmx-export.ts'
import { parseLrmx } from '../../../core/exchange/lrmx-parse.ts'
import { versionOf, type LrmxPerson } from '../../../core/exchange/lrmx-person.ts'
import { cadre, type Cadre } from '../../../shared/domain/cadre.ts'
import { FORM_EXTRAS_LIMIT } from '../../../shared/domain/form-extras.ts'
import { emptyValues, patchSchema, valuesSchema, type ValuesOf } from '../../../shared/domain/register.ts'
import { aCadre } from '../../builders/cadre.ts'
import { anyForm } from '../../builders/form-arbitrary.ts'
import { aForm, formBytes, type FormSpec } from '../../builders/form.ts'
import { someMeta } from '../../builders/record.ts'

const parsed = (form: FormSpec) => parseLrmx(formBytes(form))
const withTexts = (texts: Record<string, string>): FormSpec => aForm({ texts: { ...aForm().texts, ...texts } })
const nobody = (): Cadre => ({ ...someMeta(), ...(emptyValues(cadre) as ValuesOf<typeof cadre>), rollGroup: 'in-post' })

/** The record a form makes, or makes of one. */
function imported(form: FormSpec, before: Cadre | null = null): Cadre {
  const { person, problems } = parsed(form)
  return { ...(before ?? nobody()), ...patchOf(person, readForm(person, problems), before) }
}
const exported = (record: Cadre, photo: LrmxPerson['photo'] = null): LrmxPerson => formOf(record, photo, 3)

test('a form fills the fields of a cadre', () => {
  expect(imported(aForm())).toMatchObject({
    name: '试一二',
    sex: 'female',
    birthMonth: '1985-07',
    ethnicity: '汉族',
    partyJoined: '2006.06',
    politicalStatus: '中共党员',
    workStartedOn: '2007-08',
    inServiceEducation: '省委党校研究生',
    postTitle: '试验镇副镇长',
    ageCalculatedOn: '2026-11-20',
    formFilledOn: '2026-11-21',
    identityNumber: '371002198507150024',
    family: [
      { relation: '丈夫', name: '试三四', birthMonth: '1984-03', politicalStatus: '中共党员', post: '试验学校教师' },
      { relation: '父亲', name: '试五', birthMonth: '1956-01', politicalStatus: '群众', post: '已去世' },
    ],
  })
})

test('the résumé is kept to the space', () => {
  expect(imported(aForm()).resume).toBe(aForm().texts['JianLi'])
})

test('a form comes back from the cadre file as it went in, whatever does not fit the fields too', () => {
  fc.assert(
    fc.property(anyForm, (form) => {
      const { person } = parsed(form)
      const record = imported(form)
      fc.pre(Object.keys(record.formExtras ?? {}).length < 50)
      const back = formOf(record, person.photo, versionOf(person))
      // 入党时间 of the other parties is filled in where the form left it empty; that is said in a test of its own.
      const joined = person.texts.RuDangShiJian || back.texts.RuDangShiJian
      const version = person.texts.Version || back.texts.Version
      expect(back.texts).toEqual({ ...person.texts, RuDangShiJian: joined, Version: version })
      expect(back.family).toEqual(person.family)
      expect(bySameName(back)).toEqual(bySameName(person))
    }),
    { numRuns: 500 },
  )
})

/** Unknown elements of one name keep their order; the groups follow each other as they first came. */
const bySameName = (person: LrmxPerson) => Object.fromEntries(Map.groupBy(person.unknown, ({ name }) => name))

test('the record a form makes is one the register takes', () => {
  fc.assert(
    fc.property(anyForm, (form) => {
      const {
        id: _i,
        version: _v,
        voided: _d,
        voidReason: _r,
        createdAt: _c,
        updatedAt: _u,
        ...values
      } = imported(form)
      expect(valuesSchema(cadre).parse(values)).toEqual(values)
    }),
    { numRuns: 300 },
  )
})

test('importing what was exported changes nothing', () => {
  fc.assert(
    fc.property(anyForm, fc.constantFrom(3 as const, 4 as const), (form, version) => {
      const record = imported(form)
      const { person, problems } = parseLrmx(exportLrmx(formOf(record, null, version), version))
      const patch = patchOf(person, readForm(person, problems), record)
      expect(patchSchema(cadre).parse(patch)).toEqual({})
    }),
    { numRuns: 500 },
  )
})

test.each([
  ['a day in a field for a month', { ChuShengNianYue: '19850715' }, { birthMonth: '1985-07' }],
  ['a month in a field for a day', { TianBiaoShiJian: '202611' }, { formFilledOn: null }],
  ['a date nobody can read', { CanJiaGongZuoShiJian: '七十年代' }, { workStartedOn: null }],
  ['a name with layout in it', { XingMing: '试  一' }, { name: '试一' }],
  ['an identity number of 15 digits', { ShenFenZheng: '370000850715002' }, { identityNumber: null }],
  ['a text longer than its field', { JiGuan: '山东威海'.repeat(8) }, { nativePlace: `${'山东威海'.repeat(4)}山东` }],
  ['政治面貌, for which the usual form has no place', { ZhengZhiMianMao: '党员' }, { politicalStatus: '中共党员' }],
])('%s is kept beside the field, word for word, and exported again', (_, texts, fields) => {
  const record = imported(withTexts(texts))
  const [[element, text]] = Object.entries(texts) as [[keyof LrmxPerson['texts'], string]]
  expect(record).toMatchObject(fields)
  expect(record.formExtras).toMatchObject(texts)
  expect(exported(record).texts[element]).toBe(text)
})

test('once somebody has changed the field, the field is what is exported', () => {
  const record = imported(withTexts({ ChuShengNianYue: '19850715', ShenFenZheng: '待补' }))
  const changed = { ...record, birthMonth: '1985-08', identityNumber: '371002198508150024' }
  expect(exported(changed).texts).toMatchObject({ ChuShengNianYue: '198508', ShenFenZheng: '371002198508150024' })
})

test('a changed family is exported as changed, an unchanged one with what its rows said beyond the fields', () => {
  const long = '试验单位'.repeat(40)
  const family = [
    { ChengWei: '儿子', XingMing: '试小', ChuShengRiQi: '20150301', ZhengZhiMianMao: '', GongZuoDanWeiJiZhiWu: long },
  ]
  const record = imported(aForm({ family }))
  expect(record.family![0]!.post).toHaveLength(124)
  expect(exported(record).family[0]!.GongZuoDanWeiJiZhiWu).toBe(long)
  const changed = { ...record, family: [{ ...record.family![0]!, post: '学生' }] }
  expect(exported(changed).family[0]!.GongZuoDanWeiJiZhiWu).toBe('学生')
})

test('usual spellings become the standard ones and are exported so', () => {
  const record = imported(withTexts({ MinZu: '汉', XingBie: '女性', ShenFenZheng: '３７１００２ 19850715002ｘ' }))
  expect(exported(record).texts).toMatchObject({ MinZu: '汉族', XingBie: '女', ShenFenZheng: '37100219850715002X' })
  expect(record.formExtras).toEqual({ Version: '3.2.1.16' })
})

test('入党时间 of another party is its short name, of who joined none it is 无党派', () => {
  const joined = (politicalStatus: string, partyJoined: string | null = null) =>
    exported(aCadre({ politicalStatus, partyJoined })).texts.RuDangShiJian
  expect(joined('民建会员')).toBe('民建')
  expect(joined('无党派人士')).toBe('无党派')
  expect(joined('群众')).toBe('')
  expect(joined('中共党员', '2006.06')).toBe('200606')
  expect(joined('中共党员', '2006.06；民建')).toBe('200606；民建')
})

test('a form never empties a field and never replaces a 政治面貌 by what 入党时间 implies', () => {
  const before = aCadre({ phone: '13800000000', politicalStatus: '中共预备党员', nativePlace: '山东文登' })
  const after = imported(withTexts({ JiGuan: '' }), before)
  expect(after).toMatchObject({ phone: '13800000000', politicalStatus: '中共预备党员', nativePlace: '山东文登' })
})

test('a later form replaces what an earlier one left beside the fields, and keeps what it does not speak of', () => {
  const first = imported({
    ...withTexts({ TianBiaoShiJian: '202611' }),
    extra: '<BeiZhu>甲</BeiZhu><FuJian a="1">乙</FuJian>',
  })
  const second = imported({ ...withTexts({ TianBiaoShiJian: '20261121' }), extra: '<FuJian>丙</FuJian>' }, first)
  expect(second.formExtras).toEqual({ Version: '3.2.1.16', BeiZhu: '甲', FuJian: '丙' })
})

test('a form without a name is no file of anybody', () => {
  const { person, problems } = parsed(withTexts({ XingMing: '' }))
  expect(readForm(person, problems).problems).toMatchObject([{ code: 'no-name', severity: 'error' }])
})

test('an unknown element too large to report is left out with a word; a text cut for good keeps the form out', () => {
  const large = '甲'.repeat((FORM_EXTRAS_LIMIT.kilobytes * 1_000) / 3 + 1)
  const { person, problems } = parsed(aForm({ extra: `<FuJian>${large}</FuJian>` }))
  const reading = readForm(person, problems)
  expect(reading.said.has('FuJian')).toBe(false)
  expect(reading.problems).toMatchObject([{ code: 'not-kept', severity: 'warn', element: 'FuJian' }])
  const resume = parsed(withTexts({ JianLi: large }))
  expect(readForm(resume.person, []).problems).toMatchObject([
    { code: 'too-long', severity: 'warn', element: 'JianLi' },
    { code: 'not-kept', severity: 'error', element: 'JianLi' },
  ])
})

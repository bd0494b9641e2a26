import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { exportLrm } from '../../../core/exchange/lrm-export.ts'
import { parseLrm } from '../../../core/exchange/lrm-parse.ts'
import { aForm, aJpeg, lrmBytes } from '../../builders/form.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const record = (change: (fields: string[]) => void): Uint8Array => {
  const fields = Array.from({ length: 33 }, () => '')
  fields[0] = '试一'
  change(fields)
  return utf8(fields.map((field) => `"${field}"`).join(','))
}

test('a .lrm is read field by field, education and family apart', () => {
  const form = aForm()
  const { person, problems } = parseLrm(lrmBytes(form), form.photo)
  const { ShenFenZheng: _, Version: __, ...texts } = form.texts
  expect(person.texts).toMatchObject(texts)
  expect(person.texts.ShenFenZheng).toBe('')
  expect(person.family).toEqual(form.family.map((member) => ({ ...member, unknown: [] })))
  expect(person.photo).toEqual(form.photo)
  expect(problems).toEqual([])
})

test.each([
  ['GBK', (text: string) => new Uint8Array(iconv.encode(text, 'gbk'))],
  ['UTF-8', utf8],
  ['UTF-8 behind a mark', (text: string) => utf8(`\ufeff${text}`)],
  ['GB 18030', (text: string) => new Uint8Array(iconv.encode(text, 'gb18030'))],
])('a .lrm in %s reads the same', (_, encode) => {
  expect(parseLrm(lrmBytes(aForm(), encode)).person).toEqual(parseLrm(lrmBytes(aForm())).person)
})

test('lists are padded to the seven rows of the paper and parted by their signs', () => {
  const { person } = parseLrm(lrmBytes(aForm()))
  const text = iconv.decode(Buffer.from(exportLrm(person).record), 'gbk')
  expect(text).toContain('"大学#管理学学士@省委党校研究生#"')
  expect(text).toContain('"丈夫@父亲@@@@@"')
  expect(text.split('","')).toHaveLength(33)
  expect(text).toContain('\r\n')
})

test('a lone quotation mark inside a text is part of it, a doubled one is one', () => {
  expect(parseLrm(record((fields) => (fields[18] = '被评为"优秀"党员'))).person.texts.JiangChengQingKuang).toBe(
    '被评为"优秀"党员',
  )
  expect(parseLrm(record((fields) => (fields[18] = '被评为""优秀""党员'))).person.texts.JiangChengQingKuang).toBe(
    '被评为"优秀"党员',
  )
  expect(parseLrm(record((fields) => (fields[18] = '被评为"优秀"'))).person.texts.JiangChengQingKuang).toBe(
    '被评为"优秀"',
  )
})

test('signs of lists inside a text become their full-width forms, which look the same on paper', () => {
  const { person } = parseLrm(lrmBytes(aForm()))
  const odd = { ...person, texts: { ...person.texts, QuanRiZhiJiaoYu_XueLi: '大学#@' } }
  expect(parseLrm(exportLrm(odd).record).person.texts.QuanRiZhiJiaoYu_XueLi).toBe('大学＃＠')
})

test('more signs than a list has places are said', () => {
  const { problems } = parseLrm(record((fields) => (fields[9] = '大学#学士#甲@研究生')))
  expect(problems).toMatchObject([{ code: 'list-shape', element: 'QuanRiZhiJiaoYu_XueLi' }])
})

test('what stands in a field without a meaning or behind the last one is kept', () => {
  const bytes = utf8(`${new TextDecoder().decode(record((fields) => (fields[13] = '备用')))},"多出"`)
  const { person, problems } = parseLrm(bytes)
  expect(person.unknown.map(({ name, children }) => [name, ...children])).toEqual([
    ['lrm.13', '备用'],
    ['lrm.33', '多出'],
  ])
  expect(problems).toMatchObject([{ code: 'list-shape' }])
  expect(parseLrm(exportLrm(person).record).person).toEqual(person)
})

test('dates of a .lrm are read in any spelling', () => {
  const { person } = parseLrm(
    record((fields) => void ((fields[2] = '1990.01'), (fields[22] = '1992年3月@@'), (fields[20] = '妻子@@'))),
  )
  expect(person.texts.ChuShengNianYue).toBe('199001')
  expect(person.family[0]!.ChuShengRiQi).toBe('199203')
})

test.each([
  ['a photo of another kind', Uint8Array.from([0x42, 0x4d, 1, 2, 3]), 'photo-kind'],
  ['a photo of more than 4 MB', aJpeg(4 * 1024 * 1024 + 1), 'photo-too-large'],
])('%s beside a .lrm is said', (_, photo, code) => {
  expect(parseLrm(lrmBytes(aForm()), photo).problems).toMatchObject([{ code }])
})

test.each([
  ['nothing', '', 'file-empty'],
  ['a letter', '张三同志', 'file-kind'],
  ['a record cut inside a field', '"试一","男","1990', 'file-unreadable'],
  ['a record cut between fields', '"试一","男"', 'file-unreadable'],
])('%s is refused with a reason', (_, text, code) => {
  expect(() => parseLrm(utf8(text))).toThrow(expect.objectContaining({ code }))
})

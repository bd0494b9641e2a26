import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { exportLrmx } from '../../../core/exchange/lrmx-export.ts'
import { parseLrmx } from '../../../core/exchange/lrmx-parse.ts'
import { versionOf } from '../../../core/exchange/lrmx-person.ts'
import { aForm, aJpeg, aPng, DIALECTS, formBytes } from '../../builders/form.ts'

const FIXTURES = join(import.meta.dirname, '../../fixtures/lrmx')
const person = (markup: string) => parseLrmx(new TextEncoder().encode(`<Person>${markup}</Person>`))
const text = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)

test.each(DIALECTS)('a form is read the same from $name', (dialect) => {
  const form = aForm()
  const { person: read, problems } = parseLrmx(formBytes(form, dialect))
  expect(read.texts).toMatchObject(form.texts)
  expect(read.family).toEqual(form.family.map((member) => ({ ...member, unknown: [] })))
  expect(read.photo).toEqual(form.photo)
  expect(problems).toEqual([])
})

test.each(readdirSync(FIXTURES).filter((name) => name.endsWith('.lrmx')))(
  'the fixture %s comes back from its own export as it was',
  (name) => {
    const { person: read } = parseLrmx(readFileSync(join(FIXTURES, name)))
    expect(read.texts.XingMing).not.toBe('')
    expect(parseLrmx(exportLrmx(read, versionOf(read))).person).toEqual(read)
  },
)

test('an export has the mark, CRLF everywhere and every element in the order of the editor', () => {
  const { person: read } = parseLrmx(formBytes(aForm(), DIALECTS[2]))
  const written = exportLrmx(read, 3)
  expect([...written.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(text(written)).not.toMatch(/[^\r]\n/)
  expect(text(written)).toBe(text(formBytes(aForm(), DIALECTS[0])))
})

test('the two elements of 4.0 stand where its editor puts them, and only there', () => {
  const form = aForm({
    texts: {
      ...aForm().texts,
      DaoLingNianYue: '204807',
      GaiGeQianRenZhiNianLingJieXian: '改革前任职年龄界限为55岁',
      Version: '4.0',
    },
  })
  const { person: read } = parseLrmx(formBytes(form))
  const names = (bytes: Uint8Array) => [...text(bytes).matchAll(/^ {2}<(\w+)>/gm)].map((match) => match[1])
  const four = names(exportLrmx(read, 4))
  expect(four[four.indexOf('CanJiaGongZuoShiJian') + 1]).toBe('DaoLingNianYue')
  expect(four[four.indexOf('ChengBaoDanWei') + 1]).toBe('GaiGeQianRenZhiNianLingJieXian')
  const three = exportLrmx(read, 3)
  expect(names(three)).not.toContain('DaoLingNianYue')
  expect(text(three)).toContain('<Version>3.2.1.16</Version>')
})

test.each([
  ['1990.01', '199001'],
  ['1990.1', '199001'],
  ['1990.01.05', '19900105'],
  ['199001', '199001'],
  ['19900105', '19900105'],
  ['1990年1月', '199001'],
  ['1990年01月05日', '19900105'],
  ['1990-01', '199001'],
  ['１９９０．０１', '199001'],
  ['1990.13', '1990.13'],
  ['19900231', '19900231'],
  ['不详', '不详'],
])('the date %s is kept as %s', (written, kept) => {
  expect(person(`<ChuShengNianYue>${written}</ChuShengNianYue>`).person.texts.ChuShengNianYue).toBe(kept)
})

test.each([
  ['2001.08', '200108'],
  ['2001.08;民建', '200108；民建'],
  ['民建；民盟', '民建；民盟'],
  ['无党派', '无党派'],
])('入党时间 %s is kept as %s', (written, kept) => {
  expect(person(`<RuDangShiJian>${written}</RuDangShiJian>`).person.texts.RuDangShiJian).toBe(kept)
})

test('a declared GBK form of 女 alone is read as GBK, though its bytes are valid UTF-8 too', () => {
  const bytes = iconv.encode('<?xml version="1.0" encoding="GBK"?><Person><XingBie>女</XingBie></Person>', 'gbk')
  expect(parseLrmx(bytes).person.texts.XingBie).toBe('女')
  const lying = new TextEncoder().encode(
    '<?xml version="1.0" encoding="GBK"?><Person><XingMing>试验</XingMing></Person>',
  )
  expect(parseLrmx(lying).person.texts.XingMing).toBe('试验')
})

test('unknown elements come back with their attributes, their inside and their order', () => {
  const extra =
    '<BeiZhu>第一行\n第二行</BeiZhu><FuJian kind="a&amp;b"><Ming>甲</Ming> 与 <Ming/></FuJian><BeiZhu>又一条</BeiZhu>'
  const { person: read } = person(`<XingMing>试</XingMing>${extra}`)
  expect(read.unknown.map(({ name }) => name)).toEqual(['BeiZhu', 'FuJian', 'BeiZhu'])
  expect(text(exportLrmx(read, 3))).toContain('<FuJian kind="a&amp;b"><Ming>甲</Ming> 与 <Ming></Ming></FuJian>')
  expect(parseLrmx(exportLrmx(read, 3)).person).toEqual(read)
})

test('an element given twice keeps its first text, and the second is still in the export', () => {
  const { person: read, problems } = person('<XingMing>试一</XingMing><XingMing>试二</XingMing>')
  expect(read.texts.XingMing).toBe('试一')
  expect(problems).toEqual([{ code: 'repeated', element: 'XingMing', params: {} }])
  expect(parseLrmx(exportLrmx(read, 3)).person).toEqual(read)
})

test('white space around texts goes, inside the résumé every space stays', () => {
  const { person: read } = person(
    '<XingMing>\r\n    试一\r\n  </XingMing><JianLi>\r\n2012.09--         工作\r\n（其间：2013.01--2013.06  学习）</JianLi>',
  )
  expect(read.texts.XingMing).toBe('试一')
  expect(read.texts.JianLi).toBe('2012.09--         工作\n（其间：2013.01--2013.06  学习）')
})

test('family rows that only fill the paper are left out, strange elements in a row are kept', () => {
  const empty = '<Item><ChengWei></ChengWei><XingMing/></Item>'
  const { person: read } = person(
    `<JiaTingChengYuan>${empty}<Item><XingMing>试六</XingMing><DianHua>1</DianHua></Item>${empty}</JiaTingChengYuan>`,
  )
  expect(read.family).toHaveLength(1)
  expect(read.family[0]!.unknown).toEqual([{ name: 'DianHua', attributes: {}, children: ['1'] }])
  expect(parseLrmx(exportLrmx(read, 3)).person).toEqual(read)
})

test.each([
  ['JPEG', aJpeg()],
  ['PNG', aPng()],
])('a %s is known by its first bytes, line breaks in its base64 or not', (_, photo) => {
  const broken = Buffer.from(photo).toString('base64').replace(/.{20}/g, '$&\r\n')
  const { person: read, problems } = person(`<ZhaoPian>${broken}</ZhaoPian>`)
  expect(read.photo).toEqual(photo)
  expect(problems).toEqual([])
})

test('a picture of another kind and one that is no base64 are said; the rest of the form is read', () => {
  const bmp = Buffer.from('BM0123456789').toString('base64')
  expect(person(`<XingMing>试</XingMing><ZhaoPian>${bmp}</ZhaoPian>`).problems).toMatchObject([{ code: 'photo-kind' }])
  const { person: read, problems } = person('<XingMing>试</XingMing><ZhaoPian>***</ZhaoPian>')
  expect(problems).toMatchObject([{ code: 'photo-unreadable' }])
  expect(read.texts.XingMing).toBe('试')
})

test('a photo of more than 4 MB is left out with a word about it', () => {
  const large = Buffer.from(aJpeg(4 * 1024 * 1024 + 1)).toString('base64')
  const { person: read, problems } = person(`<ZhaoPian>${large}</ZhaoPian>`)
  expect(read.photo).toBeNull()
  expect(problems).toMatchObject([{ code: 'photo-too-large', params: { limitMb: 4 } }])
})

test.each([
  ['nothing', '', 'file-empty'],
  ['white space only', '\ufeff \r\n', 'file-empty'],
  ['zeros, as a power cut leaves them', '\0\0\0\0\0\0', 'file-empty'],
  ['a letter', '张三同志：', 'file-kind'],
  ['another document', '<Root><XingMing>试</XingMing></Root>', 'file-kind'],
  ['half a form', '<Person><XingMing>试</XingMing><XingBie>女</Xing', 'file-unreadable'],
  ['a form without its end', '<Person><XingMing>试</XingMing>', 'file-unreadable'],
  ['tags that cross', '<Person><XingMing>试<XingBie></XingMing></XingBie></Person>', 'file-unreadable'],
  ['a document type', '<!DOCTYPE Person [<!ENTITY x "y">]><Person></Person>', 'file-unreadable'],
  ['an entity of its own', '<Person><XingMing>&x;</XingMing></Person>', 'file-unreadable'],
  ['a bare ampersand', '<Person><XingMing>试 & 验</XingMing></Person>', 'file-unreadable'],
  ['two roots', '<Person></Person><Person></Person>', 'file-unreadable'],
  ['a million tags', '<a>'.repeat(1_000_000), 'file-unreadable'],
])('%s is refused with a reason', (_, written, code) => {
  expect(() => parseLrmx(new TextEncoder().encode(written))).toThrow(expect.objectContaining({ code }))
})

test.each([
  ['that begin like a form are a damaged one', [0x3c, 0xff, 0xff, 0xff, 0xff], 'file-unreadable'],
  ['that begin like nothing are no form', [0xff, 0xff, 0xff, 0xff], 'file-kind'],
])('bytes of no encoding %s', (_, bytes, code) => {
  expect(() => parseLrmx(Uint8Array.from(bytes))).toThrow(expect.objectContaining({ code }))
})

test('a form cut inside a character is a damaged form, not another kind of file', () => {
  const bytes = formBytes(aForm())
  for (let length = 60; length < 400; length += 1) {
    expect(() => parseLrmx(bytes.subarray(0, length))).toThrow(expect.objectContaining({ code: 'file-unreadable' }))
  }
})

test('a file of more than 8 MB is not even read', () => {
  const large = new Uint8Array(8 * 1024 * 1024 + 1).fill(0x20)
  expect(() => parseLrmx(large)).toThrow(expect.objectContaining({ code: 'file-too-large', params: { limitMb: 8 } }))
})

import fc from 'fast-check'
import type { FormSpec } from './form.ts'

/** Characters people type into forms, and those that XML, GBK or a list of `#` and `@` trip over. */
const CHARACTERS = [...'试验镇党委副书记女汉丨〇·，。；：“”（）…—０９ＡＺ　 azXY09.,;:-_/\\\'"<>&]#@%*?!|=+~`^$€é\t']
const BREAK = '\n'

/** Without the white space at both ends that every program treats as layout. */
const trim = (text: string): string => text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')

export const formText = (max = 30): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...CHARACTERS), maxLength: max }).map(trim)
export const formLines = (max = 60): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...CHARACTERS, BREAK, BREAK), maxLength: max }).map(trim)

const pad = (number: number): string => String(number).padStart(2, '0')
const year = fc.integer({ min: 1940, max: 2060 })
const month = fc.integer({ min: 1, max: 12 }).map(pad)
export const formMonth = fc.tuple(year, month).map(([y, m]) => `${y}${m}`)
export const formDay = fc.tuple(year, month, fc.integer({ min: 1, max: 28 }).map(pad)).map((parts) => parts.join(''))

const orEmpty = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | string> =>
  fc.oneof({ weight: 1, arbitrary: fc.constant('') }, { weight: 4, arbitrary })

const TEXTS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  XingMing: fc.constantFrom('试一', '试 二', '试·三', 'Shi Yan'),
  XingBie: fc.constantFrom('男', '女'),
  ChuShengNianYue: orEmpty(fc.oneof(formMonth, formDay)),
  MinZu: orEmpty(fc.constantFrom('汉族', '回族', '朝鲜族')),
  JiGuan: formText(12),
  ChuShengDi: formText(25),
  RuDangShiJian: fc.constantFrom('', '200108', '民建', '无党派', '200108；民建', '民建；民盟'),
  CanJiaGongZuoShiJian: orEmpty(formMonth),
  DaoLingNianYue: orEmpty(formMonth),
  JianKangZhuangKuang: fc.constantFrom('', '健康', '一般'),
  ZhuanYeJiShuZhiWu: formText(),
  ShuXiZhuanYeYouHeZhuanChang: formLines(130),
  QuanRiZhiJiaoYu_XueLi: formText(),
  QuanRiZhiJiaoYu_XueWei: formText(),
  QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi: formText(),
  QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi: formText(),
  ZaiZhiJiaoYu_XueLi: formText(70),
  ZaiZhiJiaoYu_XueWei: formText(),
  ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi: formText(),
  ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi: formText(),
  XianRenZhiWu: formLines(),
  NiRenZhiWu: formLines(),
  NiMianZhiWu: formLines(),
  JianLi: formLines(300),
  JiangChengQingKuang: formLines(),
  NianDuKaoHeJieGuo: formLines(),
  RenMianLiYou: formLines(),
  ChengBaoDanWei: formText(),
  GaiGeQianRenZhiNianLingJieXian: fc.constantFrom('', '改革前任职年龄界限为55岁'),
  JiSuanNianLingShiJian: orEmpty(formDay),
  TianBiaoShiJian: orEmpty(fc.oneof(formDay, formMonth)),
  TianBiaoRen: formText(18),
  ShenFenZheng: fc.constantFrom('', '110101199001011237', '11010119900101123X', '370000900101123', '待补'),
  Version: fc.constantFrom('', '2.0', '3.2.1.6', '3.2.1.16', '4.0', '4.1.2'),
  ZhengZhiMianMao: fc.constantFrom('', '中共党员', '党员', '群众'),
}

const member = fc.record({
  ChengWei: fc.constantFrom('妻子', '丈夫', '儿子', '父亲'),
  XingMing: formText(20),
  ChuShengRiQi: orEmpty(fc.oneof(formMonth, formDay, fc.constant('不详'))),
  ZhengZhiMianMao: fc.constantFrom('', '群众', '中共党员'),
  GongZuoDanWeiJiZhiWu: formLines(),
})

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Markup of elements nobody told us of, as deep and as odd as a reader has to bear. */
const extra = fc
  .array(
    fc.record({
      name: fc.constantFrom('BeiZhu', 'FuJian', 'Zu:Ma', '备注', 'x-1'),
      value: fc.option(formText(10), { nil: null }),
      inside: fc.oneof(
        formLines(20).map(escaped),
        formText(8).map((text) => `<Ming>${escaped(text)}</Ming> <Ming/>`),
      ),
    }),
    { maxLength: 4 },
  )
  .map((elements) =>
    elements
      .map(({ name, value, inside }) => {
        const attribute = value === null ? '' : ` a="${escaped(value).replaceAll('"', '&quot;').replaceAll('\t', ' ')}"`
        return `<${name}${attribute}>${inside}</${name}>`
      })
      .join(''),
  )

/** JPEG or PNG by its first bytes, any bytes behind them. */
const photo = fc
  .tuple(
    fc.constantFrom([0xff, 0xd8, 0xff], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    fc.uint8Array({ maxLength: 90 }),
  )
  .map(([head, rest]) => Uint8Array.from([...head, ...rest]))

/** A made-up form of anybody, in every element something or nothing. */
export const anyForm: fc.Arbitrary<FormSpec> = fc.record({
  texts: fc.record(TEXTS),
  family: fc.array(member, { maxLength: 9 }),
  photo: fc.option(photo, { nil: null }),
  extra,
})

/** The same without what a .lrm has no place for. */
export const anyLrmForm: fc.Arbitrary<FormSpec> = anyForm.map((form) => {
  const { texts } = form
  const lists = /XueLi|XueWei/
  const signs = (text: string): string => text.replace(/[#@"]/g, '')
  return {
    ...form,
    texts: {
      ...Object.fromEntries(
        Object.entries(texts).map(([name, text]) => [
          name,
          trim(lists.test(name) ? signs(text) : text.replaceAll('"', '')),
        ]),
      ),
      ShenFenZheng: '',
      Version: '',
      DaoLingNianYue: '',
      GaiGeQianRenZhiNianLingJieXian: '',
      ZhengZhiMianMao: '',
    },
    family: form.family.map((one) =>
      Object.fromEntries(Object.entries(one).map(([name, text]) => [name, trim(signs(text))])),
    ),
    extra: '',
  }
})

import iconv from 'iconv-lite'

/**
 * A made-up 任免审批表 as a person would describe it: element names with their texts, and the family apart.
 *
 * Written apart from the product's own reader and writer: the dialects below are what those are held against.
 */
export interface FormSpec {
  readonly texts: Readonly<Record<string, string>>
  readonly family: readonly Readonly<Record<string, string>>[]
  readonly photo: Uint8Array | null
  /** Raw markup behind everything else. */
  readonly extra: string
}

export const aJpeg = (size = 60): Uint8Array =>
  Uint8Array.from({ length: size }, (_, at) => [0xff, 0xd8, 0xff, 0xe0][at] ?? (at * 37) % 256)
export const aPng = (size = 60): Uint8Array =>
  Uint8Array.from({ length: size }, (_, at) => [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a][at] ?? (at * 53) % 256)

/** A complete form of a made-up deputy head of a made-up town. */
export const aForm = (over: Partial<FormSpec> = {}): FormSpec => ({
  texts: {
    XingMing: '试一二',
    XingBie: '女',
    ChuShengNianYue: '198507',
    MinZu: '汉族',
    JiGuan: '山东荣成',
    ChuShengDi: '山东威海',
    RuDangShiJian: '200606',
    CanJiaGongZuoShiJian: '200708',
    JianKangZhuangKuang: '健康',
    ZhuanYeJiShuZhiWu: '经济师',
    ShuXiZhuanYeYouHeZhuanChang: '农村经济',
    QuanRiZhiJiaoYu_XueLi: '大学',
    QuanRiZhiJiaoYu_XueWei: '管理学学士',
    QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi: '试验大学管理学院行政管理专业',
    QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi: '试验大学管理学院行政管理专业',
    ZaiZhiJiaoYu_XueLi: '省委党校研究生',
    ZaiZhiJiaoYu_XueWei: '',
    ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi: '省委党校公共管理专业',
    ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi: '',
    XianRenZhiWu: '试验镇副镇长',
    NiRenZhiWu: '试验镇党委委员',
    NiMianZhiWu: '',
    JianLi:
      '2003.09--2007.07  试验大学管理学院行政管理专业学习\n2007.07--2012.09  试验镇科员\n（其间：2009.09--2012.06  省委党校公共管理专业学习）\n2012.09--         试验镇副镇长',
    JiangChengQingKuang: '2019年被评为“优秀公务员”',
    NianDuKaoHeJieGuo: '2023年年度考核优秀；2024年年度考核称职。',
    RenMianLiYou: '工作需要',
    ChengBaoDanWei: '试验区委组织部',
    JiSuanNianLingShiJian: '20261120',
    TianBiaoShiJian: '20261121',
    TianBiaoRen: '试验员',
    ShenFenZheng: '371002198507150024',
    Version: '3.2.1.16',
  },
  family: [
    {
      ChengWei: '丈夫',
      XingMing: '试三四',
      ChuShengRiQi: '198403',
      ZhengZhiMianMao: '中共党员',
      GongZuoDanWeiJiZhiWu: '试验学校教师',
    },
    {
      ChengWei: '父亲',
      XingMing: '试五',
      ChuShengRiQi: '195601',
      ZhengZhiMianMao: '群众',
      GongZuoDanWeiJiZhiWu: '已去世',
    },
  ],
  photo: aJpeg(),
  extra: '',
  ...over,
})

const ORDER = [
  'XingMing XingBie ChuShengNianYue MinZu JiGuan ChuShengDi RuDangShiJian CanJiaGongZuoShiJian DaoLingNianYue',
  'JianKangZhuangKuang ZhuanYeJiShuZhiWu ShuXiZhuanYeYouHeZhuanChang QuanRiZhiJiaoYu_XueLi QuanRiZhiJiaoYu_XueWei',
  'QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi ZaiZhiJiaoYu_XueLi ZaiZhiJiaoYu_XueWei',
  'ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi XianRenZhiWu NiRenZhiWu NiMianZhiWu JianLi',
  'JiangChengQingKuang NianDuKaoHeJieGuo RenMianLiYou JiaTingChengYuan ChengBaoDanWei GaiGeQianRenZhiNianLingJieXian',
  'JiSuanNianLingShiJian TianBiaoShiJian TianBiaoRen ShenFenZheng ZhaoPian Version ZhengZhiMianMao',
]
  .join(' ')
  .split(' ')
const MEMBER = ['ChengWei', 'XingMing', 'ChuShengRiQi', 'ZhengZhiMianMao', 'GongZuoDanWeiJiZhiWu']

/** How a program writes its files. */
export interface Dialect {
  readonly name: string
  readonly declaration: string
  readonly indent: string
  readonly newline: '\r\n' | '\n'
  readonly empty: (name: string) => string
  readonly order: readonly string[]
  readonly base64Line: number
  readonly encode: (text: string) => Uint8Array
  /** Elements without a text are left out altogether. */
  readonly sparse?: boolean
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const withMark = (text: string): Uint8Array => utf8(`\ufeff${text}`)

/** Every way of writing a .lrmx that was seen or is likely (DOMAIN §1.1). */
export const DIALECTS: readonly Dialect[] = [
  {
    name: 'the Windows editor 3.x: mark, CRLF, open and close tags',
    declaration: '<?xml version="1.0" encoding="utf-8"?>',
    indent: '  ',
    newline: '\r\n',
    empty: (name) => `<${name}></${name}>`,
    order: ORDER,
    base64Line: 0,
    encode: withMark,
  },
  {
    name: 'a serializer that breaks the line inside empty elements and base64',
    declaration: '<?xml version="1.0" encoding="utf-8"?>',
    indent: '  ',
    newline: '\r\n',
    empty: (name) => `<${name}>\r\n  </${name}>`,
    order: ORDER,
    base64Line: 76,
    encode: withMark,
  },
  {
    name: 'the batch tool: no mark, single quotes, four spaces, self-closing',
    declaration: "<?xml version='1.0' encoding='UTF-8'?>",
    indent: '    ',
    newline: '\n',
    empty: (name) => `<${name}/>`,
    order: ORDER,
    base64Line: 0,
    encode: utf8,
  },
  {
    name: 'GBK, declared, elements in any order',
    declaration: '<?xml version="1.0" encoding="GBK"?>',
    indent: '\t',
    newline: '\r\n',
    empty: (name) => `<${name} />`,
    order: ORDER.toReversed(),
    base64Line: 64,
    encode: (text) => new Uint8Array(iconv.encode(text, 'gb18030')),
  },
  {
    name: 'saved as ANSI by a text editor: GBK that still says utf-8, empty elements left out',
    declaration: '<?xml version="1.0" encoding="utf-8"?>',
    indent: '',
    newline: '\r\n',
    empty: () => '',
    order: ORDER,
    base64Line: 0,
    encode: (text) => new Uint8Array(iconv.encode(text, 'gb18030')),
    sparse: true,
  },
  {
    name: 'UTF-16 with a mark and no declaration',
    declaration: '',
    indent: '  ',
    newline: '\n',
    empty: (name) => `<${name}/>`,
    order: ORDER,
    base64Line: 0,
    encode: (text) => new Uint8Array(iconv.encode(text, 'utf-16le', { addBOM: true })),
  },
]

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** The form as that program would write it. */
export function formBytes(form: FormSpec, dialect: Dialect = DIALECTS[0]!): Uint8Array {
  const { indent, newline, empty } = dialect
  const element = (name: string, text: string): string =>
    text === '' ? empty(name) : `<${name}>${escaped(text).replaceAll('\n', newline)}</${name}>`
  const line = (name: string): string => {
    if (name === 'JiaTingChengYuan') return familyLines(form, dialect, element)
    if (name === 'ZhaoPian') return indent + element(name, base64(form.photo, dialect.base64Line))
    const text = form.texts[name] ?? ''
    return text === '' && (dialect.sparse || !(name in form.texts)) ? '' : indent + element(name, text)
  }
  const lines = [dialect.declaration, '<Person>', ...dialect.order.map(line), form.extra, '</Person>']
  return dialect.encode(lines.filter((text) => text !== '').join(newline))
}

function familyLines(
  { family }: FormSpec,
  { indent, newline, empty }: Dialect,
  element: (name: string, text: string) => string,
): string {
  if (family.length === 0) return indent + empty('JiaTingChengYuan')
  const items = family.map((member) =>
    [
      `${indent}${indent}<Item>`,
      ...MEMBER.map((name) => indent.repeat(3) + element(name, member[name] ?? '')),
      `${indent}${indent}</Item>`,
    ].join(newline),
  )
  return [`${indent}<JiaTingChengYuan>`, ...items, `${indent}</JiaTingChengYuan>`].join(newline)
}

function base64(photo: Uint8Array | null, lineLength: number): string {
  const text = photo === null ? '' : Buffer.from(photo).toString('base64')
  return lineLength === 0 ? text : text.replace(new RegExp(`.{${lineLength}}`, 'g'), '$&\n')
}

/** The same person as a .lrm: 33 quoted fields in GBK. */
export function lrmBytes(
  { texts, family }: FormSpec,
  encode: Dialect['encode'] = (text) => new Uint8Array(iconv.encode(text, 'gbk')),
): Uint8Array {
  const t = (name: string): string => texts[name] ?? ''
  const four = (tail: string): string =>
    `${t(`QuanRiZhiJiaoYu_XueLi${tail}`)}#${t(`QuanRiZhiJiaoYu_XueWei${tail}`)}@${t(`ZaiZhiJiaoYu_XueLi${tail}`)}#${t(`ZaiZhiJiaoYu_XueWei${tail}`)}`
  const list = (name: string): string =>
    Array.from({ length: Math.max(7, family.length) }, (_, row) => family[row]?.[name] ?? '').join('@')
  const fields = [
    ...[
      'XingMing',
      'XingBie',
      'ChuShengNianYue',
      'MinZu',
      'JiGuan',
      'RuDangShiJian',
      'JianKangZhuangKuang',
      'ChuShengDi',
      'CanJiaGongZuoShiJian',
    ].map(t),
    four(''),
    four('_BiYeYuanXiaoXi'),
    t('ZhuanYeJiShuZhiWu'),
    '',
    '',
    '',
    '',
    ...['ShuXiZhuanYeYouHeZhuanChang', 'JianLi', 'JiangChengQingKuang', 'NianDuKaoHeJieGuo'].map(t),
    ...MEMBER.map(list),
    ...[
      'XianRenZhiWu',
      'NiRenZhiWu',
      'NiMianZhiWu',
      'RenMianLiYou',
      'ChengBaoDanWei',
      'JiSuanNianLingShiJian',
      'TianBiaoRen',
      'TianBiaoShiJian',
    ].map(t),
  ]
  return encode(fields.map((field) => `"${field.replaceAll('\n', '\r\n')}"`).join(','))
}

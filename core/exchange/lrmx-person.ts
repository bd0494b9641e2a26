import type { LrmxProblemCode } from '../../shared/contract/lrmx.ts'
import type { XmlElement } from './xml-read.ts'

/** What the text of an element is: dates have one spelling in a file and many in the wild. */
type Content = 'text' | 'date' | 'dates'
interface ElementSpec {
  readonly content: Content
  /** Only the editor of 4.0 (2025) knows it. */
  readonly since4?: true
}

/**
 * The text elements of a 任免审批表 file in the order the editor writes them (DOMAIN §1.1); family, photo and version have
 * their places among them.
 */
const TEXTS = {
  XingMing: { content: 'text' },
  XingBie: { content: 'text' },
  ChuShengNianYue: { content: 'date' },
  MinZu: { content: 'text' },
  JiGuan: { content: 'text' },
  ChuShengDi: { content: 'text' },
  RuDangShiJian: { content: 'dates' },
  CanJiaGongZuoShiJian: { content: 'date' },
  DaoLingNianYue: { content: 'date', since4: true },
  JianKangZhuangKuang: { content: 'text' },
  ZhuanYeJiShuZhiWu: { content: 'text' },
  ShuXiZhuanYeYouHeZhuanChang: { content: 'text' },
  QuanRiZhiJiaoYu_XueLi: { content: 'text' },
  QuanRiZhiJiaoYu_XueWei: { content: 'text' },
  QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi: { content: 'text' },
  QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi: { content: 'text' },
  ZaiZhiJiaoYu_XueLi: { content: 'text' },
  ZaiZhiJiaoYu_XueWei: { content: 'text' },
  ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi: { content: 'text' },
  ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi: { content: 'text' },
  XianRenZhiWu: { content: 'text' },
  NiRenZhiWu: { content: 'text' },
  NiMianZhiWu: { content: 'text' },
  JianLi: { content: 'text' },
  JiangChengQingKuang: { content: 'text' },
  NianDuKaoHeJieGuo: { content: 'text' },
  RenMianLiYou: { content: 'text' },
  ChengBaoDanWei: { content: 'text' },
  GaiGeQianRenZhiNianLingJieXian: { content: 'text', since4: true },
  JiSuanNianLingShiJian: { content: 'date' },
  TianBiaoShiJian: { content: 'date' },
  TianBiaoRen: { content: 'text' },
  ShenFenZheng: { content: 'text' },
  Version: { content: 'text' },
  /** Only some producers write it; it stands last, where no reader by position can stumble over it. */
  ZhengZhiMianMao: { content: 'text' },
} as const satisfies Record<string, ElementSpec>

export type TextElement = keyof typeof TEXTS
export const TEXT_ELEMENTS = Object.keys(TEXTS) as TextElement[]
export const isTextElement = (name: string): name is TextElement => Object.hasOwn(TEXTS, name)
export const contentOf = (name: TextElement): Content => TEXTS[name].content
export const isSince4 = (name: TextElement): boolean => 'since4' in TEXTS[name]

export const FAMILY = 'JiaTingChengYuan'
export const PHOTO = 'ZhaoPian'
/** Family stands before 呈报单位, the photo before the version. */
export const FAMILY_BEFORE: TextElement = 'ChengBaoDanWei'
export const PHOTO_BEFORE: TextElement = 'Version'
export const isKnownElement = (name: string): boolean => isTextElement(name) || name === FAMILY || name === PHOTO

export const MEMBER_ELEMENTS = [
  'ChengWei',
  'XingMing',
  'ChuShengRiQi',
  'ZhengZhiMianMao',
  'GongZuoDanWeiJiZhiWu',
] as const
export type MemberElement = (typeof MEMBER_ELEMENTS)[number]
/** One `<Item>` of the family: its five texts, and what else somebody wrote into it. */
export type LrmxMember = Readonly<Record<MemberElement, string>> & { readonly unknown: readonly XmlElement[] }

/**
 * One person's form as its file says it, the same for every kind and dialect of file.
 *
 * Texts are trimmed, line ends are `\n`, dates are `yyyyMM` or `yyyyMMdd` where they can be read as dates and as written
 * where not. An element that is missing is an empty text: editors make no difference.
 */
export interface LrmxPerson {
  readonly texts: Readonly<Record<TextElement, string>>
  readonly family: readonly LrmxMember[]
  readonly photo: Uint8Array | null
  /** Elements nobody told us of, and repetitions of those we know, in the order of the file. */
  readonly unknown: readonly XmlElement[]
  /** Attributes of the root, such as the name spaces some programs declare. */
  readonly attributes: Readonly<Record<string, string>>
}

/** The editors: 3.x and the one of 2025, whose form has two elements more. */
export type LrmxVersion = 3 | 4

/** Something about the file a person should look at. */
export interface FormProblem {
  readonly code: LrmxProblemCode
  readonly element: string | null
  readonly params: Readonly<Record<string, string | number>>
}

export interface ParsedForm {
  readonly person: LrmxPerson
  readonly problems: readonly FormProblem[]
}

export const emptyTexts = (): Record<TextElement, string> =>
  Object.fromEntries(TEXT_ELEMENTS.map((name) => [name, ''])) as Record<TextElement, string>

/** Which editor's form it is: by the elements only 4.0 knows, which some programs add to a 3.x file, else by its version. */
export function versionOf({ texts }: LrmxPerson): LrmxVersion {
  if (TEXT_ELEMENTS.some((name) => isSince4(name) && texts[name] !== '')) return 4
  return Number(/^\d+/.exec(texts.Version)?.[0]) >= 4 ? 4 : 3
}

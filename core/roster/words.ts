import type { RollGroup } from '../../shared/domain/cadre.ts'

const GROUPS_56 =
  '汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 ' +
  '达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺'

/** 民族 by every usual spelling; the full names are those of GB/T 3304. */
const ETHNICITIES: ReadonlyMap<string, string> = new Map([
  ...GROUPS_56.split(' ').flatMap((short) => [[short, `${short}族`] as const, [`${short}族`, `${short}族`] as const]),
  ['毛难', '毛南族'],
  ['毛难族', '毛南族'],
  ['崩龙', '德昂族'],
  ['崩龙族', '德昂族'],
  ['维', '维吾尔族'],
  ['维族', '维吾尔族'],
  ['哈族', '哈萨克族'],
  ['鲜族', '朝鲜族'],
  ['蒙', '蒙古族'],
  ['蒙族', '蒙古族'],
])

/** The full name of an ethnic group, or null when the word is none. */
export const ethnicityOf = (text: string): string | null => ETHNICITIES.get(text) ?? null

/** 政治面貌 by its usual spellings; the names are those of GB/T 4762. */
const POLITICAL: ReadonlyMap<string, string> = new Map(
  Object.entries({
    中共党员: ['党员', '中共', '共产党员', '中国共产党党员', '中国共产党', '正式党员', '中共正式党员', '共产党'],
    中共预备党员: ['预备党员', '预备', '中国共产党预备党员'],
    共青团员: ['团员', '中国共产主义青年团团员', '共青团'],
    民革党员: ['民革', '民革会员', '中国国民党革命委员会会员', '中国国民党革命委员会党员'],
    民盟盟员: ['民盟', '民盟成员', '中国民主同盟盟员'],
    民建会员: ['民建', '中国民主建国会会员'],
    民进会员: ['民进', '中国民主促进会会员'],
    农工党党员: ['农工党', '农工', '农工民主党党员', '中国农工民主党党员'],
    致公党党员: ['致公党', '致公', '中国致公党党员'],
    九三学社社员: ['九三学社', '九三', '九三社员'],
    台盟盟员: ['台盟', '台湾民主自治同盟盟员'],
    无党派人士: ['无党派', '无党派民主人士'],
    群众: ['一般群众', '普通群众', '普通公民', '无'],
  }).flatMap(([name, spellings]) => [[name, name] as const, ...spellings.map((spelling) => [spelling, name] as const)]),
)

/** The usual name of a 政治面貌, or null when the word is none. */
export const politicalStatusOf = (text: string): string | null => POLITICAL.get(text) ?? null

const SEX_WORDS: ReadonlyMap<string, 'male' | 'female'> = new Map([
  ['男', 'male'],
  ['男性', 'male'],
  ['1', 'male'],
  ['M', 'male'],
  ['女', 'female'],
  ['女性', 'female'],
  ['2', 'female'],
  ['F', 'female'],
])

/** Sex by word or by the codes of GB/T 2261.1. */
export const sexOf = (text: string): 'male' | 'female' | null => SEX_WORDS.get(text.toUpperCase()) ?? null

/** Words of 人员归口, 人员类别 and 编制类型 that leave no doubt; all else stays with the default. */
const ROLL_WORDS: readonly (readonly [RegExp, RollGroup])[] = [
  [/公益|劳务派遣|派遣|编外|临时|政府购买|合同制|辅助/, 'auxiliary'],
  [/在编不在岗|借调外出|外派|派出|在外挂职|长期借出/, 'staffed-away'],
  [/挂职接收|接收挂职|驻村|第一书记|下派|上级派驻/, 'received'],
  [/村干部|社区干部|村\(?居|村\(社区\)|村社区|农村干部|两委|社区工作者|网格员|^村$|^社区$/, 'village'],
  [/在编在岗/, 'in-post'],
]

/** The roll group a word of those columns clearly means, or null. */
export const rollGroupOf = (text: string): RollGroup | null =>
  ROLL_WORDS.find(([word]) => word.test(text.normalize('NFKC')))?.[1] ?? null

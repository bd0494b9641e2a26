import type { Cadre } from './cadre.ts'

/**
 * Value lists of the cadre file, offered while typing and never forced (DOMAIN §2).
 *
 * They are the Chinese names as they are stored and exchanged, because the same concept has another code in every product;
 * a file may rightly hold a value that is on no list.
 */
export const ETHNICITIES =
  '汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族'.split(
    ' ',
  )

export const POLITICAL_STATUSES = [
  '中共党员',
  '中共预备党员',
  '共青团员',
  '民革党员',
  '民盟盟员',
  '民建会员',
  '民进会员',
  '农工党党员',
  '致公党党员',
  '九三学社社员',
  '台盟盟员',
  '无党派人士',
  '群众',
]

const CURRENT_EDUCATION = ['研究生', '大学', '大专', '中专', '中技', '高中', '初中', '小学']
/** 党校学历 is always 在职. */
const PARTY_SCHOOL = [
  '中央党校研究生',
  '省委党校研究生',
  '中央党校大学',
  '省委党校大学',
  '中央党校大专',
  '省委党校大专',
]
const SUBJECTS = [
  '哲学',
  '经济学',
  '法学',
  '教育学',
  '文学',
  '历史学',
  '理学',
  '工学',
  '农学',
  '医学',
  '军事学',
  '管理学',
  '艺术学',
]
const PROFESSIONAL = ['法律', '教育', '工程', '工商管理', '农业推广', '公共管理', '公共卫生']
const DEGREES = [
  ...SUBJECTS.map((subject) => `${subject}学士`),
  ...SUBJECTS.map((subject) => `${subject}硕士`),
  ...PROFESSIONAL.map((subject) => `${subject}硕士`),
  ...SUBJECTS.map((subject) => `${subject}博士`),
]

/** 综合管理类职级 of 公务员法 art. 19, then the ranks of public institutions that occur in towns. */
const RANKS = [
  ...['一级', '二级'].map((step) => `${step}巡视员`),
  ...['一级', '二级', '三级', '四级'].map((step) => `${step}调研员`),
  ...['一级', '二级', '三级', '四级'].map((step) => `${step}主任科员`),
  ...['一级', '二级'].map((step) => `${step}科员`),
  ...['五级', '六级', '七级', '八级', '九级', '十级'].map((step) => `管理${step}`),
  ...['五级', '六级', '七级', '八级', '九级'].map((step) => `${step}职员`),
]

/** 称谓 in the order of the printed form: spouse, children, parents, parents of the spouse, brothers and sisters, others. */
export const RELATIONS =
  '丈夫 妻子 儿子 女儿 长子 长女 次子 次女 三子 三女 养子 养女 继子 继女 父亲 母亲 继父 继母 养父 养母 岳父 岳母 公公 婆婆 哥哥 弟弟 姐姐 妹妹 嫂子 弟媳 姐夫 妹夫 女婿 儿媳 孙子 孙女 外孙子 外孙女 祖父 祖母 外祖父 外祖母 伯父 伯母 叔父 婶母 舅父 舅母 姨父 姨母 姑父 姑母 侄子 侄女 外甥 外甥女'.split(
    ' ',
  )

/** What a form offers for a field, by the field's name. */
export const OFFERED: Readonly<Partial<Record<keyof Cadre, readonly string[]>>> = {
  ethnicity: ETHNICITIES,
  politicalStatus: POLITICAL_STATUSES,
  healthStatus: ['健康', '一般', '较差'],
  fullTimeEducation: CURRENT_EDUCATION,
  inServiceEducation: [...PARTY_SCHOOL, ...CURRENT_EDUCATION.slice(0, 4)],
  fullTimeDegree: DEGREES,
  inServiceDegree: DEGREES,
  cadreCategory: [
    '公务员',
    '参照管理机关工作人员',
    '参照管理事业单位工作人员',
    '事业单位管理人员',
    '事业单位专业技术人员',
    '在机关工作的事业编制人员',
    '机关工勤人员',
    '事业单位工勤人员',
    '其他人员',
  ],
  staffing: ['行政编制', '事业编制（参公）', '事业编制（其他）', '工勤编制', '其他编制'],
  rollState: ['现职人员', '非现职人员', '离退人员', '调出人员', '已去世', '其他人员'],
  leadershipLevel: ['县处级正职', '县处级副职', '乡科级正职', '乡科级副职'],
  rank: RANKS,
  leftReason: ['调出', '转出', '离（退）休', '辞去公职', '辞退', '开除', '死亡', '挂职期满', '其他'],
  tags: ['选调生', '大学生村官', '三支一扶', '特岗教师', '西部志愿者', '退役军人'],
  retirementAgeBoundary: [
    '改革前任职年龄界限为55岁',
    '改革前任职年龄界限为60岁',
    '改革前任职年龄界限为63岁',
    '改革前任职年龄界限为65岁',
    '改革前任职年龄界限为66岁',
    '已到龄人员',
  ],
}

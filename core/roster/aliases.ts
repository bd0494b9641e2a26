import type { CadreField } from '../../shared/domain/cadre.ts'

/** What is understood of a roster but is no field of a cadre: the unit is a reference, age and number follow from others. */
export type PseudoField = 'unitName' | 'age' | 'sequence'
export type RosterField = CadreField | PseudoField

/**
 * Headings of rosters, by field: DOMAIN §1.1 (usual names), §1.7 (rolls), the 2017 collection form and its A01 codes.
 *
 * Written without spaces and brackets, as {@link normalizeHeader} leaves them. The education columns are not here: their
 * names combine a kind and a part and are read by `education()` in header-field.ts.
 */
const ALIASES: Readonly<Partial<Record<RosterField, string>>> = {
  name: '姓名 名字 干部姓名 人员姓名 职工姓名 本人姓名 A0101',
  sex: '性别 A0104',
  birthMonth: '出生年月 出生日期 出生年月日 出生时间 出生 生日 出生年 A0107',
  identityNumber:
    '身份证号 身份证 证件号码 证件号 身份证号码 公民身份号码 公民身份证号 公民身份证号码 居民身份证号 居民身份证号码 身份证件号码 身份号码 A0184',
  ethnicity: '民族 A0117',
  nativePlace: '籍贯 A0111A A0111',
  birthPlace: '出生地 A0114A A0114',
  politicalStatus: '政治面貌 政治面目 党派 A0141',
  partyJoined:
    '入党时间 入党日期 入党年月 入党时间文字 加入中国共产党时间 加入党组织时间 参加党派时间 入党 加入党派时间 入党团时间 A0140 A0144',
  workStartedOn: '参加工作时间 参工时间 参加工作日期 参加工作年月 工作时间 参加工作 参工年月 参工日期 A0134',
  healthStatus: '健康状况 健康 身体状况 A0128',
  technicalTitle: '专业技术职务 技术职务 专技职务 职称 专业技术职称 专业技术资格 专业技术任职资格 技术职称 A0196',
  specialty: '熟悉专业有何专长 熟悉专业有何特长 专长 特长 熟悉专业及专长 A0187A',
  unitName:
    '单位 所在单位 工作单位 单位名称 所属单位 现工作单位 现单位 所在部门 部门 科室 所在科室 所属部门 部门名称 任职单位 任职机构 任职机构名称 ' +
    '机构名称 统计关系所在单位 所在村 村居 村社区 所在村社区 站所 所属科室 所在站所 科室站所 部门单位 内设机构 A0195',
  postTitle:
    '现任职务 职务 现职务 任职 现任职务名称 单位及职务 所在单位及职务 现工作单位及职务 现工作单位及职务全称 工作单位及职务 单位职务 职务名称 ' +
    '现任单位及职务 岗位 现任岗位 工作岗位 职务岗位 岗位职务 担任职务 现任职务全称 A0192A',
  postSince:
    '任现职时间 任职时间 现职务始任时间 任现职务时间 任现职年月 现任职务时间 任现职日期 现职务任职时间 任现职务年月 任职年月',
  leadershipLevel: '职务层次 现职务层次 现任职务层次 领导职务层次 A0221',
  leadershipLevelSince:
    '任现职务层次时间 任职务层次时间 任层次时间 任现职务层次年月 现职务层次时间 任同职务层次时间 任现层次时间 A0288',
  rank: '职级 现职级 现任职级 公务员职级 职员等级 管理岗位等级 岗位等级 职级等级 职务职级 A0192E A0192D',
  rankSince: '任现职级时间 任职级时间 现职级始任时间 现任职级时间 任现职级年月 任同职级时间 A0192C',
  cadreCategory: '人员类别 人员身份 身份 身份类别 人员性质 人员类型 个人身份 干部类别 A0160',
  staffing: '编制类型 编制 编制性质 编制类别 编制情况 A0121',
  rollState: '人员管理状态 管理状态 人员状态 在岗状态 在职状态 在岗情况 A0163',
  rollGroup: '人员归口 归口',
  joinedOn:
    '来本单位时间 到本单位时间 进入本单位时间 到岗时间 入职时间 调入时间 来镇时间 到镇工作时间 到本镇工作时间 入职日期 到任时间 来本单位工作时间',
  leftOn: '离岗时间 调出时间 离开时间 离任时间 离职时间 调离时间',
  leftReason: '离岗原因 调出原因 离开原因 减员原因 离职原因',
  phone: '联系电话 手机 手机号 手机号码 电话 联系方式 电话号码 联系号码 移动电话 本人电话',
  address: '家庭住址 住址 现住址 家庭地址 居住地 通讯地址 居住地址 现居住地 家庭住地',
  resume: '简历 个人简历 工作简历 主要简历 工作经历 学习工作简历 个人学习工作简历 A1701',
  awardsAndPenalties: '奖惩情况 奖惩 奖惩综述 A14Z101',
  annualAppraisals:
    '年度考核结果 年度考核 年度考核结果综述 近三年年度考核结果 年度考核情况 近三年年度考核情况 考核结果 A15Z101',
  note: '备注 A0180',
  proposedPost: '拟任职务',
  proposedRemoval: '拟免职务',
  appointmentReason: '任免理由',
  reportingUnit: '呈报单位',
  ageCalculatedOn: '计算年龄时间',
  formFilledOn: '填表时间',
  formFilledBy: '填表人',
  retirementMonth: '到龄年月 到龄日期 到龄时间 退休时间 到龄退休时间 退休年月 退休日期 到龄退休年月',
  retirementAgeBoundary: '改革前任职年龄界限',
  age: '年龄 周岁 实足年龄',
  sequence: '序号 编号 序 顺序号 NO 序列 排序 排序号 行号',
}

/** Heading → field, for exact matches. */
export const FIELD_OF_ALIAS: ReadonlyMap<string, RosterField> = new Map(
  Object.entries(ALIASES).flatMap(([field, words]) =>
    words.split(' ').map((word) => [word, field as RosterField] as const),
  ),
)

/** Headings inside longer ones (`干部本人现任职务情况`); the longest first, and none so short that it is everywhere. */
export const LONG_ALIASES: readonly (readonly [string, RosterField])[] = [...FIELD_OF_ALIAS]
  .filter(([alias]) => alias.length >= 3 && !alias.startsWith('A0'))
  .sort(([a], [b]) => b.length - a.length)

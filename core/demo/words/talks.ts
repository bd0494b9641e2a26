import type { OfficeKey } from '../units.ts'

/** What the people of a unit work at; goes into {work}. */
export const WORK: Readonly<Record<OfficeKey | 'village', readonly string[]>> = {
  leaders: ['分管工作推进', '班子分工落实', '重点项目包保', '年度任务收尾'],
  general: ['文稿起草', '值班值守', '会务保障', '督查督办'],
  party: ['基层党建', '发展党员', '党员教育管理', '村级党组织建设'],
  economy: ['项目建设', '企业服务', '经济数据统计', '招商对接'],
  affairs: ['民政救助', '养老服务', '退役军人服务', '残疾人保障'],
  safety: ['矛盾纠纷化解', '信访事项办理', '平安创建', '普法宣传'],
  emergency: ['防汛备汛', '森林防火', '安全生产检查', '应急演练'],
  service: ['窗口办件', '帮办代办', '医保社保经办', '政务服务事项梳理'],
  farming: ['农技推广', '耕地保护', '高标准农田建设', '渔业管理服务'],
  grid: ['网格管理', '热线事项办理', '数据平台运行', '综合巡查'],
  village: ['村集体增收', '人居环境整治', '村务公开', '困难群众走访'],
}

export const OPENINGS = [
  '围绕{work}交换了意见。',
  '先听其谈了今年{work}的情况。',
  '了解了{work}的进展和遇到的困难。',
  '结合岗位职责，谈了{work}中的体会。',
  '就{work}下一步怎么抓进行了交流。',
  '从{work}谈起，问了近期工作和生活情况。',
  '肯定了其在{work}上的付出。',
  '请其对{work}提出想法。',
] as const

export const MIDDLES = [
  '本人对岗位比较熟悉，工作有思路，也谈到事多人少时顾此失彼。',
  '本人认为任务总体能完成，希望部门之间信息多通气。',
  '本人表示服从安排，愿意多承担一些急难任务。',
  '本人谈到与群众打交道多了，方法比以前细了。',
  '本人觉得业务更新快，想系统学一学政策。',
  '本人提到年轻同志成长快，愿意多带一带。',
  '本人坦言前段时间节奏有些紧，目前已理顺。',
  '本人对分工没有意见，希望继续在现岗位干下去。',
  '本人谈了到村到企业走访的收获，想法比较实。',
  '本人希望有机会到别的岗位锻炼，丰富经历。',
] as const

export const VILLAGE_MIDDLES = [
  '本人对村里的事比较上心，也谈到年轻人外出多、人手紧。',
  '本人表示把年初定下的几件实事办完，请群众评价。',
  '本人谈到邻里纠纷多在小事上，及早说和就好办。',
  '本人希望镇里在项目和政策上多给指导。',
  '本人谈了带头干的体会，认为村务公开是关键。',
  '本人提到班子配合不错，遇事能坐下来商量。',
] as const

export const CLOSINGS = [
  '鼓励其发挥经验优势，遇到难事及时沟通。',
  '提醒其注意劳逸结合，把工作节奏安排好。',
  '希望其继续学政策、学业务，多到一线去。',
  '请其把好的做法整理出来，与大家分享。',
  '勉励其放开手脚干，组织会做好支持。',
  '要求其坚持按程序办事，守住纪律规矩。',
  '请其多关心身边同志，把团队带得更有劲头。',
] as const

export const STATES_OF_MIND = [
  '思想稳定，工作热情较高。',
  '心态平和，对岗位认同度高。',
  '积极向上，愿意挑担子。',
  '总体平稳，近期工作压力稍大。',
  '踏实肯干，希望得到更多锻炼。',
  '情绪稳定，对组织信任。',
] as const

/** How a talk with one of the 重点对象 ends. */
export const SUPPORTING_CLOSINGS = [
  '勉励其放开手脚干，组织会做好支持。',
  '请其遇到难处随时来谈，组织尽力帮助。',
  '约定过一段时间再谈一次，看看变化。',
  '请其先把手头的事理顺，需要协调的由党建工作办公室出面。',
  '希望其保持平常心，有想法直接说。',
  '请所在科室在工作安排上多体谅、多支持。',
] as const

/** What comes before the heart-to-heart talk where something went wrong. */
export const STERN = {
  reminder: '就请示报告不够及时一事进行提醒，讲清规定和程序，本人表示接受。',
  admonition: '按照有关决定进行诫勉谈话，指出问题、提出整改要求，本人表示认真整改。',
} as const

/** What belongs to one cadre alone when several sat together. */
export const PRIVATE_LINES = [
  '会后单独提到想参加业务培训。',
  '表示对目前分工适应。',
  '希望工作安排再提前一些。',
  '提到家离单位较远，通勤时间长。',
  '愿意承担新任务，没有其他诉求。',
  '建议科室每周碰一次头。',
] as const

/** What was said where the reason is more than the yearly talk. */
export const OCCASIONS = {
  'warning-signs': '了解提醒之后的改进情况，问了工作和生活上的压力，本人认识到位，状态有好转。',
  'held-accountable': '就受到问责后的思想和工作情况进行谈心，帮助其放下包袱、吸取教训，本人态度端正。',
  'falsely-accused': '通报组织已按程序予以澄清，向其说明情况，鼓励其卸下包袱、安心工作，本人表示感谢。',
  'hardship': '了解到其家庭近期遇到实际困难，逐项问了需要组织帮助的地方。',
  'promoted-or-moved': '结合岗位变动，谈了新岗位的职责和要求，提醒其尽快进入角色、严格自律。',
  'institutional-reform': '围绕机构改革后的职责划分做了政策解释，听取对人员摆布的意见。',
  'term-change': '围绕换届工作讲明纪律要求，了解思想动态，听取意见建议。',
  'other': '本人主动约谈，谈了个人想法和工作打算。',
} as const

/** One talk with a whole office or with the villages together; kept apart from the yearly talks. */
export const COLLECTIVE = '传达近期工作要求，听取大家对作风建设和减轻基层负担的意见，集中回应了共性问题。'

export const PLACES = ['镇机关谈心室', '党建工作办公室', '镇机关二楼小会议室', '本人办公室'] as const

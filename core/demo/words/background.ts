/** Where one could study, from which year of graduation under that name, and what was learnt there. */
export const COLLEGES = [
  { name: '烟台大学', since: 1988 },
  { name: '山东农业大学', since: 1985 },
  { name: '青岛大学', since: 1995 },
  { name: '鲁东大学', since: 2007 },
  { name: '青岛农业大学', since: 2008 },
  { name: '济南大学', since: 2003 },
] as const

export const MAJORS = {
  office: [
    ['汉语言文学', '文学'],
    ['法学', '法学'],
    ['行政管理', '管理学'],
    ['公共事业管理', '管理学'],
    ['国际经济与贸易', '经济学'],
    ['会计学', '管理学'],
    ['计算机科学与技术', '工学'],
    ['社会工作', '法学'],
  ],
  farming: [
    ['农学', '农学'],
    ['园艺', '农学'],
    ['水产养殖学', '农学'],
    ['植物保护', '农学'],
    ['动物科学', '农学'],
  ],
} as const

/** 大专 and 中专 give no degree. */
export const VOCATIONAL = ['文秘', '会计电算化', '计算机应用', '农业经济管理', '果树栽培', '机电一体化'] as const

/** Made-up places people came from or went to. */
export const OTHER_TOWNS = ['望海镇', '沙岭镇', '临河镇', '青石街道'] as const
export const DISTRICT_BODIES = ['区财政局', '区农业农村局', '区民政局', '区司法局', '区文化和旅游局'] as const
export const NATIVE_PLACES = [
  '山东威海',
  '山东荣成',
  '山东文登',
  '山东乳山',
  '山东烟台',
  '山东海阳',
  '山东莱阳',
  '山东潍坊',
] as const

export const SPOUSE_POSTS = [
  '演示区第二实验小学教师',
  '演示区人民医院护士',
  '演示区供电所职工',
  '演示水产公司职工',
  '个体经营',
  '演示区中心医院医师',
  '演示镇卫生院职工',
  '演示区公交公司职工',
  '演示区第一中学教师',
  '演示食品公司会计',
] as const
export const PARENT_POSTS = ['务农', '退休工人', '退休教师', '务农', '退休干部', '渔民'] as const

export const AWARDS = [
  '受到演示区委、区政府嘉奖',
  '被演示镇党委、政府评为先进工作者',
  '被演示区委评为优秀共产党员',
  '被演示区防汛抗旱指挥部评为防汛工作先进个人',
  '被演示区民政局评为最美基层民政工作者',
] as const

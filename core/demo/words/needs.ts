/** Which office sees to a need. */
export type Owner = 'party' | 'general' | 'affairs' | 'service'

export interface Need {
  readonly need: string
  readonly measure: string
  readonly reply: string
  readonly owner: Owner
  /** Somebody's family: what a talk about hardship comes to. */
  readonly family?: boolean
}

/** Of those who work at the township's offices. */
export const NEEDS: readonly Need[] = [
  {
    need: '希望参加公文写作培训。',
    measure: '纳入本年度培训计划。',
    reply: '已参加区里组织的公文写作班。',
    owner: 'party',
  },
  {
    need: '办公电脑运行慢，影响办件。',
    measure: '核实后列入设备更新。',
    reply: '已更换电脑并调试完毕。',
    owner: 'general',
  },
  {
    need: '孩子小，希望夜间值班能适当错开。',
    measure: '与值班安排统筹考虑。',
    reply: '已调整值班表，本人满意。',
    owner: 'general',
    family: true,
  },
  {
    need: '加班较多，补休一直没有安排。',
    measure: '梳理加班记录，安排补休。',
    reply: '已分批安排补休。',
    owner: 'general',
  },
  {
    need: '反映机关食堂晚餐供应时间偏早。',
    measure: '与食堂商量延时供餐。',
    reply: '已延后半小时供餐。',
    owner: 'general',
  },
  {
    need: '希望到业务相近的岗位轮岗锻炼。',
    measure: '在岗位调整时统筹考虑。',
    reply: '已列入轮岗意向，向本人作了说明。',
    owner: 'party',
  },
  {
    need: '父母年事已高，往返照料有困难。',
    measure: '了解家庭情况，视情给予关爱。',
    reply: '已走访慰问，并协调弹性安排工作。',
    owner: 'party',
    family: true,
  },
  {
    need: '新系统操作不熟，需要有人指导。',
    measure: '请业务骨干结对帮带。',
    reply: '结对帮带一个月，已能独立操作。',
    owner: 'service',
  },
  { need: '下村走访用车紧张。', measure: '优化公务用车调度。', reply: '实行预约派车，已基本解决。', owner: 'general' },
  {
    need: '职级晋升政策了解不多，想当面问清楚。',
    measure: '由组织干事当面解释政策。',
    reply: '已当面答复，本人清楚。',
    owner: 'party',
  },
  {
    need: '窗口人手不足，中午值守压力大。',
    measure: '增加轮值人员。',
    reply: '已增加一名轮值人员。',
    owner: 'service',
  },
  {
    need: '配偶异地工作，照顾孩子有困难。',
    measure: '了解需求，在假期安排上给予照顾。',
    reply: '已与所在科室沟通，寒暑假优先安排休假。',
    owner: 'affairs',
    family: true,
  },
  {
    need: '建议精简报表，减少重复报送。',
    measure: '汇总各科室报表，能合并的合并。',
    reply: '已合并报表五项。',
    owner: 'general',
  },
  {
    need: '希望组织年轻干部到先进村学习。',
    measure: '结合教育培训安排一次。',
    reply: '已组织到邻镇学习一天。',
    owner: 'party',
  },
  {
    need: '家里有老人夜间需要照料，希望少排夜间防汛。',
    measure: '按实际情况调整值守安排。',
    reply: '已调整至白天值守。',
    owner: 'general',
    family: true,
  },
  {
    need: '子女入学手续不清楚，想了解政策。',
    measure: '请社会事务办公室帮助咨询。',
    reply: '已协助了解并告知办理流程。',
    owner: 'affairs',
    family: true,
  },
]

export const VILLAGE_NEEDS: readonly Need[] = [
  {
    need: '村集体收入渠道窄，希望帮助对接项目。',
    measure: '请经济发展办公室一起研究。',
    reply: '已对接一个加工项目，正在商谈。',
    owner: 'general',
  },
  {
    need: '村里后备人选少，希望镇里帮助物色。',
    measure: '结合后备力量培养统筹考虑。',
    reply: '已确定一名后备人选跟班学习。',
    owner: 'party',
  },
  {
    need: '村级报表台账多，希望精简。',
    measure: '清理村级报表台账。',
    reply: '已取消四项重复台账。',
    owner: 'general',
  },
  {
    need: '希望参加电商和法律知识培训。',
    measure: '列入村干部培训班课程。',
    reply: '已安排两次专题课。',
    owner: 'party',
  },
  {
    need: '村办公场所屋顶渗水，需要维修。',
    measure: '实地查看后列入维修计划。',
    reply: '已完成维修。',
    owner: 'general',
  },
]

import type { LocalDate, Month } from '../../shared/domain/dates.ts'
import { addMonths, earlier, later } from './calendar.ts'
import { yearsOfWork, type Career } from './career.ts'
import type { CadreValues, Person } from './person.ts'
import type { Random } from './random.ts'

type Standing = Pick<CadreValues, 'cadreCategory' | 'staffing' | 'rank' | 'rankSince' | 'technicalTitle' | 'specialty'>
type Ladder = readonly (readonly [yearsOfWork: number, rank: string])[]

/** 职务与职级并行 began in June 2019: no rank of civil servants is older. */
const RANKS_BEGAN: Month = '2019-06'

const CIVIL: Ladder = [
  [0, '一级科员'],
  [3, '四级主任科员'],
  [8, '三级主任科员'],
  [14, '二级主任科员'],
  [21, '一级主任科员'],
]
const DEPUTY: Ladder = [
  [0, '三级主任科员'],
  [13, '二级主任科员'],
  [21, '一级主任科员'],
]
const FULL: Ladder = [
  [0, '一级主任科员'],
  [24, '四级调研员'],
]
const MANAGEMENT: Ladder = [
  [0, '管理九级'],
  [12, '管理八级'],
]
const TECHNICAL: Ladder = [
  [0, '专技十二级'],
  [6, '专技十一级'],
  [11, '专技十级'],
  [18, '专技八级'],
]
/** 岗位设置 reached public institutions of towns about then. */
const GRADES_BEGAN: Month = '2010-01'
const WORKER: Ladder = [[0, '技术工三级']]

/** 人员类别, 编制类型 and rank of a person, as far as that kind of person has them. */
export function standingOf({ place }: Person, career: Career, today: LocalDate, random: Random): Standing {
  const none = { rank: null, rankSince: null, technicalTitle: null, specialty: null }
  if (place.kind === 'village' || place.kind === 'auxiliary')
    return { ...none, cadreCategory: '其他人员', staffing: null }
  if (place.kind === 'leader' || place.kind === 'civil') {
    const ladder = place.level === 'full' ? FULL : place.level === 'deputy' ? DEPUTY : CIVIL
    const step = stepOf(ladder, career, today, random)
    const rankSince = later(step.rankSince, RANKS_BEGAN)
    return { ...none, ...step, rankSince, cadreCategory: '公务员', staffing: '行政编制' }
  }
  if (place.kind === 'worker') {
    const step = stepOf(WORKER, career, today, random)
    const rankSince = later(step.rankSince, GRADES_BEGAN)
    return { ...none, ...step, rankSince, cadreCategory: '机关工勤人员', staffing: '工勤编制' }
  }
  const institution = { ...none, staffing: '事业编制（其他）' }
  if (place.kind === 'institution') {
    const step =
      place.order === 1 ? { rank: '管理八级', rankSince: career.postSince } : stepOf(MANAGEMENT, career, today, random)
    const rankSince = later(step.rankSince, GRADES_BEGAN)
    return { ...institution, ...step, rankSince, cadreCategory: '事业单位管理人员' }
  }
  const step = stepOf(TECHNICAL, career, today, random)
  const rankSince = later(step.rankSince, GRADES_BEGAN)
  return { ...institution, ...step, rankSince, ...trade(step.rank), cadreCategory: '事业单位专业技术人员' }
}

function stepOf(ladder: Ladder, career: Career, today: LocalDate, random: Random): { rank: string; rankSince: Month } {
  const [years, rank] = ladder.findLast(([from]) => yearsOfWork(career.workStartedOn, today) >= from)!
  // The first rank is given after the year of probation.
  const reached = addMonths(career.workStartedOn, years === 0 ? 12 : years * 12 + random.int(0, 10))
  return { rank, rankSince: earlier(reached, today.slice(0, 7)) }
}

const trade = (rank: string): Pick<Standing, 'technicalTitle' | 'specialty'> => ({
  technicalTitle: { 专技八级: '高级农艺师', 专技十级: '农艺师' }[rank] ?? '助理农艺师',
  specialty: '农业技术推广',
})

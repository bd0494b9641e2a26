import { yearOf, type LocalDate, type Month } from '../../shared/domain/dates.ts'
import { formatResume, type ResumePeriod } from '../../shared/domain/resume.ts'
import { addMonths, monthsBetween } from './calendar.ts'
import type { Education } from './education.ts'
import type { Person } from './person.ts'
import type { Random } from './random.ts'
import { TOWNSHIP, unitName } from './units.ts'
import { DISTRICT_BODIES, OTHER_TOWNS } from './words/background.ts'

export interface Career {
  readonly workStartedOn: Month
  readonly postSince: Month
  readonly leadershipLevelSince: Month | null
  /** First month at this township or village. */
  readonly cameIn: Month
  readonly resume: string
}

interface Job {
  readonly text: string
  readonly here: boolean
  readonly level: 'full' | 'deputy' | null
}
interface Held extends Job {
  from: Month
}

/** The life of work of a person, from leaving school to today, without a gap (DOMAIN §1.2). */
export function careerOf(person: Person, education: Education, today: LocalDate, random: Random): Career {
  const start = education.fullTime.at(-1)!.to
  const end = person.special.set?.leftOn?.slice(0, 7) ?? today.slice(0, 7)
  const jobs = jobsOf(person, random)
  // Whoever was recruited has exactly two; how long the first one was follows from the day of recruitment.
  const held = person.special.recruited ? jobs.map((job) => ({ ...job, from: start })) : timed(jobs, start, end, random)
  const current = held.at(-1)!
  if (person.special.appointed) current.from = person.special.appointed.slice(0, 7)
  const sameLevel = held.findLast(
    (job, index) => job.level === current.level && held[index - 1]?.level !== current.level,
  )
  return {
    workStartedOn: start,
    postSince: current.from,
    leadershipLevelSince: current.level ? (sameLevel ?? current).from : null,
    cameIn: held.find((job) => job.here)?.from ?? current.from,
    resume: formatResume([...schoolPeriods(education), ...workPeriods(held, education)]),
  }
}

const currentJob = ({ place, special }: Person): Job => ({
  text: `${place.post}${special.onProbation ? '（试用期一年）' : ''}`,
  here: true,
  level: place.level,
})

/** What somebody in this place did before, in time order. */
function jobsOf(person: Person, random: Random): Job[] {
  const { place } = person
  const here = (text: string, level: Job['level'] = null): Job => ({ text, here: true, level })
  const away = (text: string, level: Job['level'] = null): Job => ({ text: `演示区${text}`, here: false, level })
  const [town, other] = random.shuffle(OTHER_TOWNS)
  const unit = `${TOWNSHIP.name}${unitName(place.unit)}`
  const age = Number(person.birthMonth.slice(0, 4))
  const last = currentJob(person)
  if (person.special.recruited) return [{ text: '演示物流公司职工', here: false, level: null }, last]
  if (place.rollGroup === 'received') {
    const body = /（(.+)派驻）/.exec(place.post)?.[1] ?? `演示区${random.pick(DISTRICT_BODIES)}`
    return [
      { text: `${body}科员`, here: false, level: null },
      { text: `${body}四级主任科员`, here: false, level: null },
      last,
    ]
  }
  if (place.level === 'full')
    return [away(`${town}科员`), away(`${town}党政办公室主任`), away(`${other}副镇长`, 'deputy'), last]
  if (place.level === 'deputy') {
    const before = random.chance(0.5) ? away(`${other}党政办公室副主任`) : here(`${TOWNSHIP.name}党政综合办公室副主任`)
    return [away(`${town}科员`), before, last]
  }
  if (place.kind === 'village')
    return [
      { text: random.pick(['在家务农', '外出务工', '个体经营']), here: false, level: null },
      here(`${unit}村委会委员`),
      last,
    ]
  if (place.kind === 'auxiliary')
    return [{ text: random.pick(['演示食品公司职工', '个体经营', '演示针织厂职工']), here: false, level: null }, last]
  if (place.order !== null) return [here(`${TOWNSHIP.name}工作人员`), here(`${unit}工作人员`), last]
  return age < 1990 && random.chance(0.5) ? [away(`${town}工作人员`), last] : [last]
}

/** Gives every job its first month; with too short a life of work the earliest ones are left out. */
function timed(jobs: readonly Job[], start: Month, end: Month, random: Random): Held[] {
  const months = monthsBetween(start, end)
  const kept = jobs.slice(-Math.max(1, Math.min(jobs.length, Math.floor(months / 18))))
  const step = months / kept.length
  return kept.map((job, index) => {
    const moved = index === 0 ? 0 : Math.round(step * index + random.int(-6, 6) + (kept.length > 2 ? step * 0.3 : 0))
    return { ...job, from: addMonths(start, Math.min(moved, months - 3 * (kept.length - index))) }
  })
}

const schoolPeriods = (education: Education): ResumePeriod[] =>
  education.fullTime.flatMap((schooling) =>
    schooling.from === null || schooling.school === null
      ? []
      : [
          {
            kind: 'period',
            line: 0,
            from: schooling.from,
            to: schooling.to,
            text: `${schooling.school}学习`,
            notes: [],
          },
        ],
  )

function workPeriods(held: readonly Held[], { inService }: Education): ResumePeriod[] {
  return held.map((job, index) => {
    const to = held[index + 1]?.from ?? null
    const studied = inService?.from && inService.from >= job.from && (to === null || inService.from < to)
    const notes = studied ? [{ from: inService.from, to: inService.to, text: `在${inService.school}学习` }] : []
    return { kind: 'period', line: 0, from: job.from, to, text: job.text, notes }
  })
}

/** Full years of work up to a day. */
export const yearsOfWork = (start: Month, today: LocalDate): number =>
  Math.floor(monthsBetween(start, today.slice(0, 7)) / 12)

/** 年度考核结果 of the last three full years, as the form writes them. */
export function appraisalsOf(start: Month, civil: boolean, today: LocalDate, random: Random): string | null {
  const first = Math.max(yearOf(start) + 1, yearOf(today) - 3)
  const years = Array.from({ length: Math.max(0, yearOf(today) - first) }, (_, index) => first + index)
  if (years.length === 0) return null
  const grades = years.map((year) => `${year}年年度考核${random.chance(0.18) ? '优秀' : civil ? '称职' : '合格'}`)
  return `${grades.join('；')}。`
}

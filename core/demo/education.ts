import { yearOf, type LocalDate, type Month } from '../../shared/domain/dates.ts'
import { addMonths } from './calendar.ts'
import type { Person } from './person.ts'
import type { Random } from './random.ts'
import { COLLEGES, MAJORS, VOCATIONAL } from './words/background.ts'

/** One line of 学历学位. `from` null: too early to be in a résumé. */
export interface Schooling {
  readonly education: string
  readonly degree: string | null
  readonly school: string | null
  readonly from: Month | null
  readonly to: Month
}
export interface Education {
  /** In time order; the last is the highest. */
  readonly fullTime: readonly Schooling[]
  readonly inService: Schooling | null
}

/** What somebody of that age and kind is likely to have learnt. */
export function educationOf(person: Person, today: LocalDate, random: Random): Education {
  const { kind, level } = person.place
  const born = yearOf(person.birthMonth)
  const age = yearOf(today) - born
  // School begins at six in September; who is born later in the year is a class below.
  const leftSchool = born + 18 + (Number(person.birthMonth.slice(5)) >= 9 ? 1 : 0)
  const study = (years: number) => ({ from: `${leftSchool}-09`, to: `${leftSchool + years}-07` })
  if (kind === 'village' || kind === 'worker')
    return schoolOnly(leftSchool, kind === 'village' && age >= 37 && random.chance(0.4))
  if (kind === 'auxiliary') return { fullTime: [vocational('大专', study(3), random)], inService: null }
  if (born < 1978)
    return { fullTime: [vocational('中专', study(3), random)], inService: partySchool(leftSchool, random) }
  if (kind === 'institution' && random.chance(0.3)) {
    const later = age >= 35 ? partySchool(leftSchool, random) : null
    return { fullTime: [vocational('大专', study(3), random)], inService: later }
  }
  const first = bachelor(kind === 'technical' ? 'farming' : 'office', study(4), random)
  const goesOn = born > 1984 && age >= 29 && kind !== 'institution' && !person.special.recruited && random.chance(0.25)
  const later =
    level && age >= 38 && !goesOn && random.chance(0.5) ? partySchool(leftSchool + 6, random, '省委党校研究生') : null
  return { fullTime: goesOn ? [until(first, 2), master(first)] : [first], inService: later }
}

/** Somebody who goes on studying has no gap between July and September. */
const until = (schooling: Schooling, months: number): Schooling => ({
  ...schooling,
  to: addMonths(schooling.to, months),
})

function schoolOnly(leftSchool: number, partyCollege: boolean): Education {
  const school: Schooling = { education: '高中', degree: null, school: null, from: null, to: `${leftSchool}-07` }
  const from = `${Math.max(leftSchool + 14, 2012)}-03`
  const college = {
    education: '大专',
    degree: null,
    school: '演示开放大学农村行政管理专业',
    from,
    to: addMonths(from, 28),
  }
  return { fullTime: [school], inService: partyCollege ? college : null }
}

function vocational(education: string, time: { from: Month; to: Month }, random: Random): Schooling {
  const school = education === '中专' ? '演示中等专业学校' : '演示职业学院'
  return { education, degree: null, school: `${school}${random.pick(VOCATIONAL)}专业`, ...time }
}

function bachelor(field: keyof typeof MAJORS, time: { from: Month; to: Month }, random: Random): Schooling {
  const [major, subject] = random.pick<readonly [string, string]>(MAJORS[field])
  const open = COLLEGES.filter((college) => college.since <= yearOf(time.to))
  return { education: '大学', degree: `${subject}学士`, school: `${random.pick(open).name}${major}专业`, ...time }
}

function master(first: Schooling): Schooling {
  const degree = first.degree!.replace('学士', '硕士')
  const from = addMonths(first.to, 2)
  return { education: '研究生', degree, school: first.school, from, to: addMonths(from, 34) }
}

function partySchool(leftSchool: number, random: Random, education = '省委党校大学'): Schooling {
  const major = random.pick(['经济管理', '法律', '行政管理'])
  const from = `${leftSchool + random.int(6, 9)}-09`
  return { education, degree: null, school: `山东省委党校${major}专业`, from, to: addMonths(from, 27) }
}

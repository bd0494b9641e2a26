import type { LocalDate, Month } from '../../shared/domain/dates.ts'
import type { Random } from './random.ts'

const DAY = 86_400_000
const moment = (day: LocalDate): number => Date.parse(`${day}T00:00:00Z`)

export const addDays = (day: LocalDate, days: number): LocalDate =>
  new Date(moment(day) + days * DAY).toISOString().slice(0, 10)

export const daysBetween = (from: LocalDate, to: LocalDate): number => Math.round((moment(to) - moment(from)) / DAY)

/** Months since year 0; for sums with months. */
const indexOf = (month: Month): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1

export const addMonths = (month: Month, months: number): Month => {
  const index = indexOf(month) + months
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
}

export const monthsBetween = (from: Month, to: Month): number => indexOf(to) - indexOf(from)

export const earlier = <D extends string>(a: D, b: D): D => (a < b ? a : b)
export const later = <D extends string>(a: D, b: D): D => (a > b ? a : b)

/** The last time that day of the year came round, today included: a demo opened in January has nothing dated in autumn. */
export const lastTime = (monthAndDay: string, today: LocalDate): LocalDate => {
  const thisYear = `${today.slice(0, 4)}-${monthAndDay}`
  return thisYear <= today ? thisYear : `${Number(today.slice(0, 4)) - 1}-${monthAndDay}`
}

const LUNAR = new Intl.DateTimeFormat('en-u-ca-chinese', { month: 'numeric', day: 'numeric', timeZone: 'UTC' })
/** 元旦, 劳动节 and 国庆节 with the days around them. */
const HOLIDAYS = [
  ['01-01', '01-03'],
  ['05-01', '05-05'],
  ['10-01', '10-07'],
] as const

/** Offices are open: no weekend, none of the long holidays. The days worked instead are not known here. */
function isWorkday(day: LocalDate): boolean {
  const weekday = new Date(moment(day)).getUTCDay()
  const monthAndDay = day.slice(5)
  const springFestival = /^1\/[1-7]$|^12\/30$/.test(LUNAR.format(moment(day)))
  const holiday = HOLIDAYS.some(([from, to]) => monthAndDay >= from && monthAndDay <= to)
  return weekday !== 0 && weekday !== 6 && !springFestival && !holiday
}

/** That day, or the first workday after it. */
export const workdayFrom = (day: LocalDate): LocalDate => (isWorkday(day) ? day : workdayFrom(addDays(day, 1)))

/** A workday between two days; any day where there is no workday between them. */
export function someWorkday(random: Random, from: LocalDate, to: LocalDate): LocalDate {
  const day = addDays(from, random.int(0, Math.max(0, daysBetween(from, to))))
  const [after, first] = [workdayFrom(day), workdayFrom(from)]
  return after <= to ? after : first <= to ? first : day
}

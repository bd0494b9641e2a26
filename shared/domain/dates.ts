import * as z from 'zod'

/** A calendar day where the person is, `2026-11-20`; never a moment, so it never moves with a time zone. */
export const LocalDate = z.iso.date()
export type LocalDate = string

/** A month as offices write it for birth, post and rank, kept as `1990-01`. */
export const Month = z.string().regex(/^(19|20)\d{2}-(0[1-9]|1[0-2])$/)
export type Month = string

/** A moment, ISO 8601 with offset. */
export const Instant = z.iso.datetime({ offset: true })

/** The calendar day in Weihai at a moment. All levels use one time zone, so a report's "today" is everyone's. */
export function localDateOf(moment: Date): LocalDate {
  return shanghai(moment).toISOString().slice(0, 10)
}

/** `2026-11-20T09:14:03+08:00`: the moment as officers read their clock. */
export function localInstantOf(moment: Date): string {
  return `${shanghai(moment).toISOString().slice(0, 19)}+08:00`
}

const EIGHT_HOURS = 8 * 3_600_000
/** China has had one zone without daylight saving since 1991; birth dates before are days, not moments. */
const shanghai = (moment: Date): Date => new Date(moment.getTime() + EIGHT_HOURS)

export const yearOf = (date: LocalDate | Month): number => Number(date.slice(0, 4))

/** The later date a year's figures are counted at: today, or 31 December once the year is over. */
export function asOfDate(year: number, today: LocalDate): LocalDate {
  const end = `${year}-12-31`
  return today < end ? today : end
}

/** Full years between a birth month and a day, counted by months as the 任免审批表 does. */
export function ageAt(birth: Month, day: LocalDate): number {
  const months = yearOf(day) * 12 + Number(day.slice(5, 7)) - yearOf(birth) * 12 - Number(birth.slice(5, 7))
  return Math.floor(months / 12)
}

/** `1990-01` → `1990.01`, `1990-01-05` → `1990.01.05`: how rosters and the 任免审批表 write dates. */
export const dotted = (value: string): string => value.replaceAll('-', '.')

import { dotted, localInstantOf, type LocalDate, type Month } from '../../shared/domain/dates.ts'
import { monthOf } from '../../shared/domain/month-text.ts'

/** What stands where there is nothing. */
export const NOTHING = '—'

/** `1990-01` → `1990.01`, as offices write birth, post and rank months. */
export const formatMonth = (month: Month | null | undefined): string => (month ? dotted(month) : NOTHING)

/** A day, `2026-11-20`. */
export const formatDay = (day: LocalDate | null | undefined): string => day ?? NOTHING

/** A moment as officers read their clock, `2026-11-20 09:14`. */
export const formatMoment = (moment: string | null | undefined): string =>
  moment ? localInstantOf(new Date(moment)).slice(0, 16).replace('T', ' ') : NOTHING

/** `0.873` → `87.3%`, one digit, never rounded up to 100 % while somebody is missing. */
export function formatRate(rate: number | null | undefined): string {
  if (rate === null || rate === undefined) return NOTHING
  const tenths = rate < 1 ? Math.min(Math.round(rate * 1000), 999) : 1000
  return `${(tenths / 10).toFixed(1)}%`
}

/** Anything a record may hold, on one line; for histories and comparisons. */
export function formatValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return NOTHING
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return value.map(formatValue).join('、')
  return Object.values(value)
    .filter((part) => part !== null)
    .map(formatValue)
    .join(' ')
}

const DAY = /^(\d{4})[-./年]?(\d{1,2})[-./月]?(\d{1,2})日?$/

/** Reads a day as people type it: 2026-11-20, 2026.11.20, 20261120, 2026年11月20日. Null when it is not a day. */
export function parseDay(typed: string): LocalDate | null {
  const parts = DAY.exec(halfWidth(typed))
  if (!parts) return null
  const [, year = '', month = '', day = ''] = parts
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const parsed = new Date(`${value}T00:00:00Z`)
  return Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== value ? null : value
}

/** Reads a month as people type it: 1990.01, 1990-1, 199001, 1990年1月. Null when it is not a month. */
export const parseMonth = (typed: string): Month | null => monthOf(typed)

const halfWidth = (typed: string): string => typed.normalize('NFKC').replaceAll(/\s/g, '')

import type { LocalDate } from '../../../shared/domain/dates.ts'

export const DUE_GROUPS = ['overdue', 'week', 'month', 'later', 'undated'] as const
export type DueGroup = (typeof DUE_GROUPS)[number]

const DAY = 86_400_000

/** Whole days from one day to another. */
export const daysBetween = (from: LocalDate, to: LocalDate): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY)

/** 逾期, 本周 (to Sunday, as offices count), 本月, 以后. The week wins over the month where both hold. */
export function dueGroup(due: LocalDate | null, today: LocalDate): DueGroup {
  if (due === null) return 'undated'
  if (due < today) return 'overdue'
  const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7
  if (daysBetween(today, due) <= 6 - weekday) return 'week'
  return due.slice(0, 7) === today.slice(0, 7) ? 'month' : 'later'
}

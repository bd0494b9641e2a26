import { halfWidth } from '../../shared/domain/month-text.ts'

const APART = /^(\d{4})\s*[.\-/年]\s*(\d{1,2})\s*(?:月|[.\-/月]\s*(\d{1,2})\s*日?)?$/
const TOGETHER = /^(\d{4})(\d{2})(\d{2})?$/
const LIST_SIGN = /[；;]/

/** `1990.01`, `1990年1月5日`, `1990/1`, `199001` as the form writes dates: `yyyyMM` or `yyyyMMdd`; null when it is none. */
export function compactDate(text: string): string | null {
  const found = TOGETHER.exec(text) ?? APART.exec(halfWidth(text).trim())
  if (!found) return null
  const [, year = '', month = '', day] = found
  const date = `${year}-${month.padStart(2, '0')}-${(day ?? '1').padStart(2, '0')}`
  const real = new Date(`${date}T00:00:00Z`)
  if (!/^(?:19|20)/.test(year) || Number.isNaN(real.getTime()) || real.toISOString().slice(0, 10) !== date) return null
  return date.replaceAll('-', '').slice(0, day === undefined ? 6 : 8)
}

/** A date element's text in the form's own spelling; what is no date stays as somebody wrote it. */
export const formDate = (text: string): string => compactDate(text) ?? text

/** 入党时间: dates, parties or both, apart by `；`. Only where a date is among them is the spelling touched at all. */
export function formDates(text: string): string {
  const parts = text.split(LIST_SIGN)
  if (!parts.some((part) => compactDate(part.trim()) !== null)) return text
  return parts.map((part) => formDate(part.trim())).join('；')
}

/** `199001` → `1990-01`. */
export const monthOfDate = (date: string): string => `${date.slice(0, 4)}-${date.slice(4, 6)}`
/** `19900105` → `1990-01-05`. */
export const dayOfDate = (date: string): string => `${monthOfDate(date)}-${date.slice(6, 8)}`

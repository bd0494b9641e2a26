import type { Cell } from './cell.ts'

/** A date as far as the cell tells it; `day` is null where only a month is written. */
export interface WrittenDate {
  readonly month: string
  readonly day: string | null
  /** Why a person should look: the cell can also be read as `other`. */
  readonly other: string | null
}

/** What a column as a whole proves about its number cells. */
export interface DateEvidence {
  /** Some cell says 1985.07, so months have two digits and 1990.1 is October whose zero Excel dropped. */
  readonly twoDigitMonths: boolean
  readonly date1904: boolean
}

const CHINESE_DIGITS: Readonly<Record<string, string>> = {
  '〇': '0',
  '○': '0',
  '零': '0',
  '一': '1',
  '二': '2',
  '三': '3',
  '四': '4',
  '五': '5',
  '六': '6',
  '七': '7',
  '八': '8',
  '九': '9',
}
const CHINESE_DATE =
  /^([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})日)?/

/** `（35岁）` and the like, with whatever bracket is open to the end. */
const NOTE = /[(（[【〔].*$/s
const AGE = /[,，、;；\s]*\d{1,3}\s*周?岁.*$/s
const TAIL = /(?:出?生|起|始|以来|至今|任现?职|[-—–~～至\s.．。,，;；])*$/
const SPACES = /[\s\u200b\ufeff]+/g

/** Year, month and day apart: `1990.1`, `1990-01-05`, `1990年1月5日`, `1990、1`, `1990 01`. */
const APART = /^(\d{4})(?:[年./\\,、-]|\s)+(\d{1,2})(?:月|(?:[./\\,、-]|\s)+(\d{1,2})日?|月\s*(\d{1,2})日?)?$/
const APART_WITH_DAY = /^(\d{4})年(\d{1,2})月(\d{1,2})日?$/
const TOGETHER = /^(\d{4})(\d{2})(\d{2})?$/
const CLOCK = /[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?$/

/** First and last Excel serial that can be somebody's date: 1900-01-01 to 2099-12-31. */
const LAST_SERIAL = 73_050
const FIRST_SERIAL = 3_000
const DAYS_1904 = 1_462
const DAY = 86_400_000
const SERIAL_ZERO = Date.UTC(1899, 11, 30)

/** 1990.1 in a number cell: January, or October whose zero Excel dropped. */
export const isAmbiguousMonth = (cell: Cell | undefined): cell is number =>
  typeof cell === 'number' && hundredthsOfYear(cell) === 10

/** 1985.07 in a number cell proves that months are written with two digits in that column. */
export const isTwoDigitMonth = (cell: Cell | undefined): boolean => {
  const hundredths = typeof cell === 'number' ? hundredthsOfYear(cell) : 0
  return hundredths >= 1 && hundredths <= 9
}

/** What stands behind the year, in hundredths; 0 where the number is no year with a fraction. */
function hundredthsOfYear(value: number): number {
  if (value <= 1900 || value >= 2100) return 0
  const hundredths = Math.round(value * 100)
  return Math.abs(value * 100 - hundredths) > 1e-4 ? 0 : hundredths % 100
}

/** Reads a date in any spelling of a roster; null when it is none. Never throws. */
export function readDate(cell: Cell, evidence: DateEvidence, shown?: string): WrittenDate | null {
  if (typeof cell === 'number') return readNumber(cell, evidence, shown)
  return typeof cell === 'string' ? readText(cell) : null
}

function readNumber(value: number, evidence: DateEvidence, shown: string | undefined): WrittenDate | null {
  if (Number.isInteger(value) && value > LAST_SERIAL) return readText(String(value))
  if (value > 1900 && value < 2100 && !Number.isInteger(value)) return readYearMonth(value, evidence, shown)
  if (!(value >= FIRST_SERIAL && value <= LAST_SERIAL)) return null
  const day = new Date(SERIAL_ZERO + (Math.floor(value) + (evidence.date1904 ? DAYS_1904 : 0)) * DAY)
    .toISOString()
    .slice(0, 10)
  return { month: day.slice(0, 7), day, other: null }
}

/** 1985.07 and 1985.7 speak for themselves; 1990.1 does not. */
function readYearMonth(value: number, evidence: DateEvidence, shown: string | undefined): WrittenDate | null {
  const year = Math.floor(value)
  const fraction = hundredthsOfYear(value)
  if (fraction !== 10) {
    const month = fraction >= 20 && fraction % 10 === 0 ? fraction / 10 : fraction
    return written(year, month, null)
  }
  const october = written(year, 10, null)!
  if (evidence.twoDigitMonths || (shown !== undefined && /\.10(?!\d)/.test(shown))) return october
  // As it stands on the screen, with a word that it may be October.
  return { ...written(year, 1, null)!, other: october.month }
}

function readText(raw: string): WrittenDate | null {
  let text = raw
    .normalize('NFKC')
    .replace(/^['‘’`\s]+/, '')
    .replace(CLOCK, '')
    .replace(NOTE, '')
    .replace(AGE, '')
  text = text.replace(TAIL, '').trim()
  if (text.length < 5 || text.length > 20) return null
  const together = TOGETHER.exec(text)
  if (together)
    return written(Number(together[1]), Number(together[2]), together[3] === undefined ? null : Number(together[3]))
  const tight = APART_WITH_DAY.exec(text.replace(SPACES, ''))
  if (tight) return written(Number(tight[1]), Number(tight[2]), Number(tight[3]))
  const apart = APART.exec(text.replaceAll('。', '.').replace(/[—–]/g, '-'))
  if (apart) {
    const day = apart[3] ?? apart[4]
    return written(Number(apart[1]), Number(apart[2]), day === undefined ? null : Number(day))
  }
  return readChinese(text.replace(SPACES, ''))
}

function readChinese(text: string): WrittenDate | null {
  const match = CHINESE_DATE.exec(text)
  if (!match || match[0].length !== text.length) return null
  const year = [...match[1]!].map((digit) => CHINESE_DIGITS[digit]).join('')
  return written(Number(year), chineseNumber(match[2]!), match[3] === undefined ? null : chineseNumber(match[3]))
}

/** 一 to 三十一. */
function chineseNumber(text: string): number {
  const at = text.indexOf('十')
  if (at < 0) return text.length === 1 ? Number(CHINESE_DIGITS[text]) : 0
  const tens = at === 0 ? 1 : Number(CHINESE_DIGITS[text.slice(0, at)])
  const ones = at === text.length - 1 ? 0 : Number(CHINESE_DIGITS[text.slice(at + 1)])
  return tens * 10 + ones
}

function written(year: number, month: number, day: number | null): WrittenDate | null {
  if (!(year >= 1900 && year < 2100 && month >= 1 && month <= 12)) return null
  const yearMonth = `${year}-${String(month).padStart(2, '0')}`
  if (day === null) return { month: yearMonth, day: null, other: null }
  const date = `${yearMonth}-${String(day).padStart(2, '0')}`
  const real = new Date(`${date}T00:00:00Z`)
  if (Number.isNaN(real.getTime()) || real.toISOString().slice(0, 10) !== date) return null
  return { month: yearMonth, day: date, other: null }
}

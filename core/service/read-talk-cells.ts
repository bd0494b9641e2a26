import { TALK_TYPES, type TalkType } from '../../shared/domain/talk.ts'
import type { LocalDate } from '../../shared/domain/dates.ts'
import { resources } from '../../shared/i18n/index.ts'
import { readDate, type WrittenDate } from '../roster/read-date.ts'

/** A day as a cell tells it, whether its year is ours rather than the cell's, or why there is none. */
export type DayReading = { readonly day: LocalDate; readonly guessed: boolean } | 'no-day' | 'unreadable'

const NOTHING_PROVED = { twoDigitMonths: false, date1904: false }
/** `3月18日`, `3.18`, `3/18`: a register of one year seldom repeats it. */
const WITHOUT_YEAR = /^(\d{1,2})[月./-](\d{1,2})日?$/
/** `26.3.18`. */
const SHORT_YEAR = /^(\d{2})[年./-](\d{1,2})[月./-](\d{1,2})日?$/
/** What a spreadsheet shows of a date in a cell without a date format; from 2000 on. */
const SERIAL = /^(?:3[6-9]|[4-7]\d)\d{3}(?:\.\d+)?$/
/** `周三`, `上午9点` behind the day. */
const WHEN = /[,，、\s]*(?:(?:星期|周)[一二三四五六日天]|[上下中]午|早上|晚上?).*$/

/** Reads a day in the spellings offices use; where the year is left out, it is the last one in which that day has come. */
export function readDay(written: string, today: LocalDate): DayReading {
  const text = written.normalize('NFKC').trim().replace(WHEN, '')
  const bare = WITHOUT_YEAR.exec(text)
  if (bare) return lastSuchDay(Number(bare[1]), Number(bare[2]), today)
  const short = SHORT_YEAR.exec(text)
  const known = SERIAL.test(text)
    ? readDate(Number(text), NOTHING_PROVED)
    : readDate(short ? `20${short[1]}-${short[2]}-${short[3]}` : text, NOTHING_PROVED)
  return dayOf(known)
}

function dayOf(known: WrittenDate | null): DayReading {
  if (known === null) return 'unreadable'
  return known.day === null ? 'no-day' : { day: known.day, guessed: false }
}

/** Two leap days are eight years apart at the most, around 2100. */
const YEARS_BACK = 8

function lastSuchDay(month: number, day: number, today: LocalDate): DayReading {
  const thisYear = Number(today.slice(0, 4))
  for (let year = thisYear; year >= thisYear - YEARS_BACK; year -= 1) {
    const found = readDate(`${year}-${month}-${day}`, NOTHING_PROVED)?.day
    if (found && found <= today) return { day: found, guessed: true }
  }
  return 'unreadable'
}

/** Besides the words on screen, in either language, and their numbers. */
const MORE_WORDS: Readonly<Record<TalkType, readonly string[]>> = {
  'heart-to-heart': ['谈心', '谈话', '日常谈话', '日常谈心', '年度谈话', '年度谈心谈话', '日常谈心谈话', '交心谈心'],
  'appointment': ['任职', '任前', '任前谈话', '任职前谈话', '履新谈话'],
  'reminder': ['提醒', '谈话提醒'],
  'admonition': ['诫勉', '戒勉', '戒勉谈话', '谈话诫勉'],
  'assessment': ['考察', '考核谈话'],
  'other': ['其它', '其他谈话', '其它谈话'],
}

const TYPE_WORDS: ReadonlyMap<string, TalkType> = new Map(
  TALK_TYPES.flatMap((type, index) => {
    const onScreen = Object.values(resources).map(({ talk }) => talk.talkType[type])
    return [...onScreen, ...MORE_WORDS[type], String(index + 1)].map((word) => [typeKey(word), type] as const)
  }),
)

/** The type a word means, or null when it is none of them. */
export const talkTypeOf = (written: string): TalkType | null => TYPE_WORDS.get(typeKey(written)) ?? null

function typeKey(word: string): string {
  return word.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase()
}

const NOTE = /[(（[【〔](.*?)[)）\]】〕]?$/

/** A name as rosters write it (`王 强`, `王强（城建办）`, `王强同志`), and the unit behind it if there is one. */
export function readName(written: string): { readonly name: string; readonly unit: string } {
  const text = written.normalize('NFKC').replaceAll(/[\s\u200b\ufeff]/g, '')
  const name = text.replace(NOTE, '').replace(/同志$/, '')
  return { name, unit: NOTE.exec(text)?.[1] ?? '' }
}

/** Letters only: somebody typed pinyin or initials instead of the name. */
export const isPinyin = (name: string): boolean => /^[a-zü]+$/i.test(name)

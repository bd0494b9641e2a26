import { dotted, type Month } from './dates.ts'
import { halfWidth, readMonth } from './month-text.ts'

/** 其间: what somebody did beside or within a period. Without dates where the text has none. */
export interface ResumeNote {
  readonly from: Month | null
  readonly to: Month | null
  readonly text: string
}

/** One period of a résumé. `to` null: it goes on. `line` is the 1-based line of the text it starts on. */
export interface ResumePeriod {
  readonly kind: 'period'
  readonly line: number
  readonly from: Month
  readonly to: Month | null
  readonly text: string
  readonly notes: readonly ResumeNote[]
}

/** A line that claims to be a period (or stands before the first) and cannot be read as one. Shown as written. */
export interface ResumeUnread {
  readonly kind: 'unread'
  readonly line: number
  readonly text: string
}
export type ResumeEntry = ResumePeriod | ResumeUnread

/** Every dash offices use between two months, after full-width signs became half-width. */
const DASH = /\s*(?:[-\u2010-\u2015\u2212\u2500~\u301c]+|至|到)/y
/** 至今, 2012.09--今, 2012.09-现在. */
const STILL = /\s*(?:今|现在|present)(?=[\s,，:：]|$)/iy
const SPACES = /\s*/y
/** The open last period has nine spaces in place of its end date; fewer is the usual gap before the text or the date. */
const OPEN_END = 5

/**
 * The periods of a 简历 text (DOMAIN §1.2).
 *
 * The text stays the truth and is what is stored, printed and exchanged; this is a view of it and never fails. A line that
 * does not begin with a digit continues the one before, the standard inner note is `（其间：…）`, and nothing of the text is
 * left out: what cannot be read comes back as {@link ResumeUnread}.
 */
export function parseResume(resume: string): ResumeEntry[] {
  const drafts: (Span & { line: number; parts: string[] })[] = []
  resume.split(/\r\n|\r|\n/).forEach((raw, index) => {
    const written = raw.trim()
    if (written === '') return
    const span = readSpan(halfWidth(raw))
    if (span) {
      drafts.push({ ...span, line: index + 1, parts: [raw.slice(span.end).trim()] })
      return
    }
    const before = drafts.at(-1)
    if (before && !/^[0-9\uFF10-\uFF19]/.test(raw)) before.parts.push(written)
    else drafts.push({ from: null, to: null, end: 0, line: index + 1, parts: [written] })
  })
  return drafts.map(({ from, to, line, parts }) => {
    const whole = parts.join('')
    return from === null
      ? { kind: 'unread', line, text: whole }
      : { kind: 'period', line, from, to, ...splitNotes(whole) }
  })
}

interface Span {
  from: Month | null
  to: Month | null
  /** Where the words begin. */
  end: number
}

/** `1991.01--2000.01` at the start of half-width text; null when there is no month followed by a dash. */
function readSpan(text: string): (Span & { from: Month }) | null {
  const start = readMonth(text, matchEnd(SPACES, text, 0) ?? 0)
  if (!start) return null
  const dashEnd = matchEnd(DASH, text, start.end)
  if (dashEnd === null) return null
  const words = matchEnd(SPACES, text, dashEnd) ?? dashEnd
  const to = words - dashEnd < OPEN_END ? readMonth(text, words) : null
  const end = to ? to.end : (matchEnd(STILL, text, dashEnd) ?? dashEnd)
  return { from: start.month, to: to?.month ?? null, end }
}

function matchEnd(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : null
}

/** Takes the `（其间：…）` out of a period's words. Brackets inside a note stay with it; an unclosed one ends with the text. */
function splitNotes(whole: string): { text: string; notes: ResumeNote[] } {
  const notes: ResumeNote[] = []
  let rest = whole
  for (let found = NOTE_START.exec(rest); found; found = NOTE_START.exec(rest)) {
    const inside = found.index + found[0].length
    const close = closingBracket(rest, inside)
    notes.push(...readNotes(rest.slice(inside, close)))
    rest = rest.slice(0, found.index) + rest.slice(close + 1)
  }
  return { text: rest.trim(), notes }
}
const NOTE_START = /[（(]\s*[其期]间\s*[:：,，]?/

function closingBracket(text: string, from: number): number {
  let depth = 1
  for (let at = from; at < text.length; at++) {
    if ('（('.includes(text[at]!)) depth++
    else if ('）)'.includes(text[at]!) && --depth === 0) return at
  }
  return text.length
}

/** One bracket may hold several notes: `2001.09--2004.06  学习；2005.03--2005.09  挂职`. */
function readNotes(inside: string): ResumeNote[] {
  const notes: ResumeNote[] = []
  for (const part of inside.split(/[；;]/)) {
    const span = readSpan(halfWidth(part))
    if (span) notes.push({ from: span.from, to: span.to, text: part.slice(span.end).trim() })
    else if (notes.length > 0) appendWords(notes, part)
    else if (part.trim() !== '') notes.push({ from: null, to: null, text: part.trim() })
  }
  return notes
}

/** A semicolon inside the words of a note does not start another one. */
function appendWords(notes: ResumeNote[], part: string): void {
  const last = notes.pop()!
  notes.push({ ...last, text: part.trim() === '' ? last.text : `${last.text}；${part.trim()}` })
}

/** Where two periods do not follow each other month by month; what 任前审核 asks about. `line` is the later period's. */
export interface ResumeBreak {
  readonly line: number
  readonly kind: 'gap' | 'overlap' | 'backwards' | 'open-inside'
  readonly from: Month
  readonly to: Month
}

/** The end month of a period is the start month of the next. Says where that is not so; people judge whether it matters. */
export function resumeBreaks(entries: readonly ResumeEntry[]): ResumeBreak[] {
  const periods = entries.filter((entry) => entry.kind === 'period')
  return periods.flatMap((period, index): ResumeBreak[] => {
    const before = periods[index - 1]
    const found: ResumeBreak[] = []
    if (before && before.to === null)
      found.push({ line: period.line, kind: 'open-inside', from: before.from, to: period.from })
    else if (before?.to && before.to < period.from)
      found.push({ line: period.line, kind: 'gap', from: before.to, to: period.from })
    else if (before?.to && before.to > period.from)
      found.push({ line: period.line, kind: 'overlap', from: period.from, to: before.to })
    if (period.to !== null && period.to < period.from)
      found.push({ line: period.line, kind: 'backwards', from: period.from, to: period.to })
    return found
  })
}

const OPEN_GAP = ' '.repeat(9)
const NOTE_INDENT = ' '.repeat(18)

/** The same résumé in the spelling the 任免审批表 editor writes: two hyphens, two spaces, nine for an open end. */
export function formatResume(entries: readonly ResumeEntry[]): string {
  return entries.flatMap((entry) => (entry.kind === 'unread' ? [entry.text] : periodLines(entry))).join('\n')
}

function periodLines(period: ResumePeriod): string[] {
  const notes = period.notes.map((note) => `${note.from === null ? '' : spanText(note.from, note.to)}${note.text}`)
  const head = `${spanText(period.from, period.to)}${period.text}`
  return notes.length === 0 ? [head] : [head, `${NOTE_INDENT}（其间：${notes.join('；')}）`]
}

const spanText = (from: Month, to: Month | null): string =>
  to === null ? `${dotted(from)}--${OPEN_GAP}` : `${dotted(from)}--${dotted(to)}  `

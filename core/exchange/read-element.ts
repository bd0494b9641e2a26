import type { LrmxProblemCode } from '../../shared/contract/lrmx.ts'
import { mask } from '../../shared/domain/register.ts'
import { normalizeIdentityNumber } from '../../shared/rules/identity-number.ts'
import { ethnicityOf, politicalStatusOf, sexOf } from '../roster/words.ts'
import { ELEMENT_FIELDS, longestOf, type FieldElement, type Meaning } from './element-field.ts'
import { compactDate, dayOfDate, formDates, monthOfDate } from './form-date.ts'

/** What an element's text says of its field. */
export interface ElementReading {
  /** Null when the field cannot hold any of it. */
  readonly value: string | null
  /** False when the text says more than the value: it is then kept beside it, word for word. */
  readonly whole: boolean
  readonly problem: {
    readonly code: LrmxProblemCode
    readonly params: Readonly<Record<string, string | number>>
  } | null
}

const whole = (value: string): ElementReading => ({ value, whole: true, problem: null })
const partly = (value: string | null): ElementReading => ({ value, whole: false, problem: null })
const unfit = (code: LrmxProblemCode, text: string): ElementReading => ({
  value: null,
  whole: false,
  problem: { code, params: { value: text.length > 30 ? `${text.slice(0, 30)}…` : text } },
})
const withoutSpaces = (text: string): string => text.replace(/[\s\u200b\ufeff]+/g, '')

type Reader = (text: string, longest: number) => ElementReading

const READERS: Readonly<Record<Meaning, Reader>> = {
  line: limited,
  month: (text) => {
    const date = compactDate(text)
    if (date === null) return unfit('bad-date', text)
    return date.length === 6 ? whole(monthOfDate(date)) : partly(monthOfDate(date))
  },
  day: (text) => {
    const date = compactDate(text)
    return date?.length === 8 ? whole(dayOfDate(date)) : unfit('bad-date', text)
  },
  name: readName,
  sex: (text) => {
    const sex = sexOf(withoutSpaces(text))
    return sex === null ? unfit('unknown-value', text) : whole(sex)
  },
  ethnicity: (text, longest) => {
    const name = ethnicityOf(withoutSpaces(text))
    return name === null ? limited(text, longest) : whole(name)
  },
  identity: (text) => {
    const number = normalizeIdentityNumber(text)
    return /^\d{17}[\dX]$/.test(number) ? whole(number) : unfit('identity-malformed', mask(number))
  },
  party: readParty,
  political: (text, longest) => {
    const name = politicalStatusOf(withoutSpaces(text))
    // Kept in any case: that a file has this element at all is known by its text alone.
    return name === null ? { ...limited(text, longest), whole: false } : partly(name)
  },
}

/** Reads a text that is not empty for the element's field. Never throws, and the same text always gives the same. */
export function readElement(element: FieldElement, text: string): ElementReading {
  const { field, meaning } = ELEMENT_FIELDS[element]
  return READERS[meaning](text, longestOf(field))
}

function limited(text: string, longest: number): ElementReading {
  if (text.length <= longest) return whole(text)
  // Half a character is none.
  const cut = text.slice(0, longest).replace(/[\ud800-\udbff]$/, '')
  return { value: cut, whole: false, problem: { code: 'too-long', params: { limit: longest, length: text.length } } }
}

/** Spaces inside a Chinese name are layout (`张  三`); a name in Latin letters keeps one. As in rosters. */
function readName(text: string, longest: number): ElementReading {
  const name = text.replace(/[\s\u200b\ufeff]+/g, /[A-Za-z]/.test(text) ? ' ' : '').trim()
  if (name === '') return partly(null)
  const reading = limited(name, longest)
  return name === text ? reading : { ...reading, whole: false }
}

/** A month by itself is written as rosters write it, `2001.08`; everything else stands as it is. */
function readParty(text: string, longest: number): ElementReading {
  const date = compactDate(text)
  if (date === null) return limited(formDates(text), longest)
  const dotted = monthOfDate(date).replace('-', '.')
  return date.length === 6 ? whole(dotted) : partly(dotted)
}

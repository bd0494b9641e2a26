import type { CadreField } from '../../shared/domain/cadre.ts'
import { FIELD_OF_ALIAS, LONG_ALIASES, type RosterField } from './aliases.ts'

export interface Guess {
  readonly field: RosterField
  /** 1 for an exact alias, less the more was read into the heading. */
  readonly confidence: number
}

const BRACKETS = /[(（[【〔<《][^)）\]】〕>》]*[)）\]】〕>》]?/g
const BRACKET_MARKS = /[()（）[\]【】〔〕<>《》]/g
const NOISE = /[\s\u200b\ufeff*＊:：。.、，,；;"“”'_\\-]+/g
const NUMBERING = /^\d{1,2}(?=[^\d])/

/** A heading without spaces, line breaks, marks and numbers: `姓 名*` → `姓名`. Bracketed hints stay, without brackets. */
export const normalizeHeader = (text: string): string =>
  text.normalize('NFKC').replace(BRACKET_MARKS, '').replace(NOISE, '').replace(NUMBERING, '').toUpperCase()

/** The same without what stands in brackets: `出生年月（岁）` → `出生年月`. */
const withoutHints = (text: string): string => normalizeHeader(text.normalize('NFKC').replace(BRACKETS, ''))

/** Columns about other people; a word such as 姓名 inside says nothing about the cadre. */
const OTHER_PEOPLE = /配偶|父亲|母亲|父母|子女|家属|家庭成员|亲属|紧急|联系人|推荐人|谈话人|介绍人|领导|负责人|帮扶/

/**
 * The field a heading means, by its levels from top to bottom, or null.
 *
 * Tried in this order: the levels read as one, education by kind and part, a time under its group, the lowest level, the
 * level above when the lowest is only a hint, and at last an alias inside a longer heading.
 */
export function guessField(levels: readonly string[]): Guess | null {
  const words = levels.map(withoutHints).filter((word) => word !== '')
  if (words.length === 0) return null
  const joined = words.join('')
  const whole = FIELD_OF_ALIAS.get(joined) ?? FIELD_OF_ALIAS.get(levels.map(normalizeHeader).join(''))
  if (whole) return { field: whole, confidence: 1 }
  const school = education(words)
  if (school) return school
  const since = timeUnderGroup(words)
  if (since) return { field: since, confidence: 0.9 }
  for (const word of words.toReversed()) {
    const field = FIELD_OF_ALIAS.get(word)
    if (field) return { field, confidence: words.length === 1 ? 1 : 0.9 }
  }
  return OTHER_PEOPLE.test(joined) ? null : inside(words.at(-1)!)
}

const IN_SERVICE = /在职(?!状态|情况|人员)/
const PARTS: readonly (readonly [RegExp, 'Education' | 'Degree' | 'School' | 'DegreeSchool'])[] = [
  [/学位.*(?:院校|学校)/, 'DegreeSchool'],
  [/院校|毕业学校|学校及|学校名称|院系|^学校$/, 'School'],
  [/(?<!学历)学位$/, 'Degree'],
  [/学历$|学历学位$|文化程度$|学历层次$/, 'Education'],
]
const BARE_KIND = /^(?:全日制|在职)(?:教育)?$/

/** 全日制 or 在职 × 学历, 学位, 院校. Without a kind the full-time fields are meant, as in the usual alias lists. */
function education(words: readonly string[]): Guess | null {
  const joined = words.join('')
  if (/证书|编号|认证|时间|年月/.test(joined)) return null
  // 全日制教育 above 学历 has its part below; 毕业院校 above 全日制 has it above; 全日制教育 alone means the 学历.
  const lowest = words.at(-1)!
  const part = BARE_KIND.test(lowest) ? (partOf(words.slice(0, -1).join('')) ?? 'Education') : partOf(lowest)
  if (part === null) return null
  const named = joined.includes('全日制') ? 'fullTime' : IN_SERVICE.test(joined) ? 'inService' : null
  return { field: `${named ?? 'fullTime'}${part}` satisfies CadreField, confidence: named === null ? 0.85 : 1 }
}

const partOf = (text: string): 'Education' | 'Degree' | 'School' | 'DegreeSchool' | null =>
  PARTS.find(([pattern]) => pattern.test(text))?.[1] ?? null

const SINCE = /^(?:任职|任现职|始任|起始|任)?(?:时间|年月|日期)$/

function timeUnderGroup(words: readonly string[]): RosterField | null {
  if (words.length < 2 || !SINCE.test(words.at(-1)!)) return null
  const group = words.slice(0, -1).join('')
  if (group.includes('层次')) return 'leadershipLevelSince'
  if (group.includes('职级') || group.includes('等级')) return 'rankSince'
  if (group.includes('职务') || group.includes('任职')) return 'postSince'
  return group.includes('出生') ? 'birthMonth' : null
}

/** Words around a heading that add nothing. */
const FILLERS = /^(?:现|本人|干部|人员|职工|个人|情况|填写|年月|格式|必填|选填|信息|名称|的|目前|其|主要|近年来?)*$/

function inside(word: string): Guess | null {
  if (word.length > 24) return null
  for (const [alias, field] of LONG_ALIASES) {
    const at = word.indexOf(alias)
    if (at < 0) continue
    const rest = word.slice(0, at) + word.slice(at + alias.length)
    if (FILLERS.test(rest)) return { field, confidence: 0.8 }
    if (alias.length >= 4 && (at === 0 || at + alias.length === word.length)) {
      return { field, confidence: Math.max(0.5, Math.round((alias.length / word.length) * 10) / 10 - 0.1) }
    }
  }
  for (const [alias, field] of FIELD_OF_ALIAS) {
    if (alias.length !== 2 || !word.includes(alias)) continue
    if (FILLERS.test(word.replace(alias, ''))) return { field, confidence: 0.7 }
  }
  return null
}

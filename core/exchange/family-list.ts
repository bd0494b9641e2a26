import type { FamilyMember } from '../../shared/domain/cadre.ts'
import { compactDate, formDate, monthOfDate } from './form-date.ts'
import type { LrmxMember } from './lrmx-person.ts'

const MOST_MEMBERS = 60
const LONGEST = { relation: 18, name: 18, birthMonth: 18, politicalStatus: 18, post: 124 } as const

const cut = (text: string, longest: number): string => text.slice(0, longest).replace(/[\ud800-\udbff]$/, '')
const orNull = (text: string): string | null => (text === '' ? null : text)

/** The form's family as the cadre file holds it; what does not fit is cut here and kept whole beside it. */
export const readFamily = (family: readonly LrmxMember[]): FamilyMember[] =>
  family.slice(0, MOST_MEMBERS).map((member) => ({
    relation: cut(member.ChengWei, LONGEST.relation),
    name: cut(member.XingMing, LONGEST.name),
    birthMonth: orNull(cut(readMonth(member.ChuShengRiQi), LONGEST.birthMonth)),
    politicalStatus: orNull(cut(member.ZhengZhiMianMao, LONGEST.politicalStatus)),
    post: orNull(cut(member.GongZuoDanWeiJiZhiWu, LONGEST.post)),
  }))

/** `196503` → `1965-03`; a day or a word stays the text it is. */
function readMonth(text: string): string {
  const date = compactDate(text)
  return date?.length === 6 ? monthOfDate(date) : text
}

/** The cadre file's family as a form has it. */
export const writeFamily = (family: readonly FamilyMember[]): LrmxMember[] =>
  family.map((member) => ({
    ChengWei: member.relation,
    XingMing: member.name,
    ChuShengRiQi: formDate(member.birthMonth ?? ''),
    ZhengZhiMianMao: member.politicalStatus ?? '',
    GongZuoDanWeiJiZhiWu: member.post ?? '',
    unknown: [],
  }))

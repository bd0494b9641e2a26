import type { LrmxProblem, LrmxProblemCode } from '../../shared/contract/lrmx.ts'
import type { cadre, FamilyMember } from '../../shared/domain/cadre.ts'
import { formExtrasBytes, isFormExtrasFull } from '../../shared/domain/form-extras.ts'
import type { ValuesOf } from '../../shared/domain/register.ts'
import { politicalStatusOf } from '../roster/words.ts'
import { ELEMENT_FIELDS, FIELD_ELEMENTS, type FieldElement } from './element-field.ts'
import { readFamily, writeFamily } from './family-list.ts'
import { compactDate } from './form-date.ts'
import { familyMarkup, unknownExtras } from './form-extras.ts'
import { FAMILY, type FormProblem, type LrmxPerson } from './lrmx-person.ts'
import { readElement } from './read-element.ts'

export type CadreValues = ValuesOf<typeof cadre>

/** A form as changes of a cadre's file. */
export interface FormReading {
  /** Fields the form says something about. An empty element says nothing: it never empties a field. */
  readonly set: Partial<CadreValues>
  /** 政治面貌 as 入党时间 implies it, for a file that has none. */
  readonly impliedStatus: string | null
  /** Keys of `formExtras` to keep, and those to forget (null) because the field now says it all. */
  readonly said: ReadonlyMap<string, string | null>
  readonly problems: readonly LrmxProblem[]
}

/** Reads every element for its field. What a field cannot hold is kept word for word beside it. */
export function readForm(person: LrmxPerson, fileProblems: readonly FormProblem[]): FormReading {
  const set: Record<string, unknown> = {}
  const said = new Map<string, string | null>()
  const problems: LrmxProblem[] = fileProblems.map((problem) => ({ ...problem, severity: 'warn', field: null }))
  for (const element of FIELD_ELEMENTS) {
    const text = person.texts[element]
    if (text === '') continue
    const { value, whole, problem } = readElement(element, text)
    if (value !== null) set[ELEMENT_FIELDS[element].field] = value
    said.set(element, whole ? null : text)
    if (problem) problems.push(problemOf(problem.code, element, problem.params))
  }
  if (person.texts.Version !== '') said.set('Version', person.texts.Version)
  if (person.family.length > 0) set['family'] = takeFamily(person, said, problems)
  for (const [key, text] of unknownExtras(person)) said.set(key, text)
  problems.push(...dropTooLarge(said))
  if (set['name'] === undefined) problems.push({ ...problemOf('no-name', 'XingMing', {}), severity: 'error' })
  return { set: set as Partial<CadreValues>, impliedStatus: impliedStatus(person.texts.RuDangShiJian), said, problems }
}

const problemOf = (code: LrmxProblemCode, element: FieldElement, params: LrmxProblem['params']): LrmxProblem => ({
  code,
  severity: 'warn',
  element,
  field: ELEMENT_FIELDS[element].field,
  params,
})

function takeFamily(person: LrmxPerson, said: Map<string, string | null>, problems: LrmxProblem[]): FamilyMember[] {
  const family = readFamily(person.family)
  const markup = familyMarkup(person.family)
  const whole = familyMarkup(writeFamily(family)) === markup
  said.set(FAMILY, whole ? null : markup)
  if (!whole && person.family.every((member) => member.unknown.length === 0)) {
    problems.push({ code: 'too-long', severity: 'warn', element: FAMILY, field: 'family', params: {} })
  }
  return family
}

/** The first of several: a month means the Communist Party, a word the party it names. */
function impliedStatus(joined: string): string | null {
  const first = joined.split('；', 1)[0]!.trim()
  return compactDate(first) === null ? politicalStatusOf(first) : '中共党员'
}

/**
 * Takes out what would make the record too large to report. A text nobody has a field for is then not kept, with a word
 * about it; one that would be cut without its whole kept anywhere keeps the form out.
 */
function dropTooLarge(said: Map<string, string | null>): LrmxProblem[] {
  const problems: LrmxProblem[] = []
  let bytes = 0
  for (const [key, text] of said) {
    if (text === null) continue
    const size = formExtrasBytes({ [key]: text })
    if (!isFormExtrasFull(bytes + size)) {
      bytes += size
      continue
    }
    said.delete(key)
    const field = Object.hasOwn(ELEMENT_FIELDS, key) ? ELEMENT_FIELDS[key as FieldElement].field : null
    const severity = field === null && key !== FAMILY ? 'warn' : 'error'
    problems.push({
      code: 'not-kept',
      severity,
      element: key.replace(/[<>]/g, ''),
      field,
      params: { kilobytes: Math.ceil(size / 1000) },
    })
  }
  return problems
}

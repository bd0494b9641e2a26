import type { LrmxFile, LrmxOpened, LrmxProblem } from '../../shared/contract/lrmx.ts'
import { cadre, type Cadre, type CadreField } from '../../shared/domain/cadre.ts'
import { FORM_EXTRAS_LIMIT, formExtrasBytes, isFormExtrasFull } from '../../shared/domain/form-extras.ts'
import { emptyValues, mask } from '../../shared/domain/register.ts'
import { identityNumberFindings } from '../../shared/rules/identity-number.ts'
import { resumeOrderFindings } from '../../shared/rules/resume-order.ts'
import { birthOf, nameKey, type Known } from '../roster/known.ts'
import { keptNames, type FormExtras } from './form-extras.ts'
import type { FormFile } from './form-file.ts'
import { patchOf } from './form-patch.ts'
import type { CadreValues, FormReading } from './form-to-cadre.ts'

type State = LrmxFile['state']

/** What becomes of a file, and why. */
export interface FormVerdict {
  readonly file: FormFile
  readonly state: State
  readonly match: { readonly cadre: Cadre; readonly by: 'identity' | 'name-birth' | 'name' } | null
  readonly problems: readonly LrmxProblem[]
}

/** Judges all files of an import against the roll and against each other. */
export function judgeForms(files: readonly FormFile[], known: Known): FormVerdict[] {
  const taken = new Map<string, string>()
  return files.map((file) => judge(file, known, taken))
}

function judge(file: FormFile, known: Known, taken: Map<string, string>): FormVerdict {
  if (!file.form) return { file, state: 'problem', match: null, problems: file.problems }
  const { person, reading } = file.form
  const { found, by } = candidatesOf(reading, known)
  const match = found.length === 1 ? { cadre: found[0]!, by } : null
  const problems = [...reading.problems, ...twice(file, reading, match?.cadre ?? null, taken)]
  if (found.length > 1) problems.push(aboutPerson('ambiguous', { name: reading.set.name ?? '', count: found.length }))
  const patch = patchOf(person, reading, match?.cadre ?? null)
  problems.push(...tooMuchKept(patch.formExtras ?? null))
  if (problems.some(({ severity }) => severity === 'error')) return { file, state: 'problem', match, problems }
  if (match === null) return { file, state: 'added', match, problems }
  const certain = by === 'identity' && nameKey(match.cadre.name) === nameKey(reading.set.name ?? '')
  if (!certain) return { file, state: 'confirm', match, problems }
  return { file, state: Object.keys(patch).length > 0 ? 'changed' : 'unchanged', match, problems }
}

/** One form alone never says that much; what earlier ones left on the record counts with it. */
function tooMuchKept(extras: FormExtras | null): LrmxProblem[] {
  if (extras === null || !isFormExtrasFull(formExtrasBytes(extras))) return []
  return [{ code: 'extras-too-much', severity: 'error', element: null, field: null, params: { ...FORM_EXTRAS_LIMIT } }]
}

const aboutPerson = (code: 'ambiguous' | 'twice', params: LrmxProblem['params']): LrmxProblem => ({
  code,
  severity: 'error',
  element: 'XingMing',
  field: 'name',
  params,
})

/** Two files of one person in one import: the second stays out, or which of them holds would be chance. */
function twice(file: FormFile, { set }: FormReading, match: Cadre | null, taken: Map<string, string>): LrmxProblem[] {
  const birth = birthOf({ birthMonth: set.birthMonth ?? null, identityNumber: set.identityNumber ?? null })
  const number = set.identityNumber ? `number ${set.identityNumber}` : null
  const namesake = set.name && birth !== null ? `person ${nameKey(set.name)} ${birth}` : null
  const record = match ? `record ${match.id}` : null
  // Two different numbers are two people, whatever else they share.
  const telling = [record, number ?? namesake].filter((key) => key !== null)
  const other = telling.map((key) => taken.get(key)).find((name) => name !== undefined)
  for (const key of [number, namesake, record]) if (key !== null && !taken.has(key)) taken.set(key, file.fileName)
  return other === undefined ? [] : [aboutPerson('twice', { other })]
}

type Candidates = { readonly found: readonly Cadre[]; readonly by: 'identity' | 'name-birth' | 'name' }

/** Whom a form may be, by the keys and in the order of the roster: number, name and birth month, name where a month lacks. */
function candidatesOf({ set }: FormReading, known: Known): Candidates {
  const number = set.identityNumber ?? null
  const byNumber = number === null ? [] : known.byIdentity(number)
  if (byNumber.length > 0) return { found: byNumber, by: 'identity' }
  if (set.name === undefined) return { found: [], by: 'name' }
  const birth = birthOf({ birthMonth: set.birthMonth ?? null, identityNumber: number })
  const namesakes = known.byName(set.name)
  const sameMonth = namesakes.filter((person) => birth !== null && birthOf(person) === birth)
  if (sameMonth.length > 0) return { found: sameMonth, by: 'name-birth' }
  return { found: namesakes.filter((person) => birth === null || birthOf(person) === null), by: 'name' }
}

/** One file as pages see it: masked and restricted values of the record stay where they are. */
export function fileView({ file, state, match, problems }: FormVerdict): LrmxFile {
  const { index, fileName, kind, form } = file
  const before = match?.cadre ?? null
  const set = form?.reading.set ?? {}
  const patch = form ? patchOf(form.person, form.reading, before) : {}
  return {
    index,
    fileName,
    kind,
    version: form?.person.texts.Version ?? '',
    name: set.name ?? null,
    birthMonth: set.birthMonth ?? null,
    state,
    match: match && { id: match.cadre.id, name: match.cadre.name, birthMonth: match.cadre.birthMonth, by: match.by },
    changes: Object.entries(patch).map(([field, now]) =>
      changeView(field as CadreField, before?.[field as CadreField] ?? null, now),
    ),
    kept: form ? keptNames(form.person) : [],
    problems: [...problems],
    findings: form ? findingsOf(before, patch) : [],
  }
}

function changeView(field: CadreField, was: unknown, now: unknown): LrmxFile['changes'][number] {
  const { sensitivity } = cadre.fields[field]
  if (sensitivity === 'masked') return { field, was: masked(was), now: masked(now), hidden: false }
  // The names of kept elements stand in `kept`; their texts are nobody's field.
  if (field === 'formExtras') return { field, was: null, now: null, hidden: true }
  return sensitivity === 'restricted'
    ? { field, was: null, now, hidden: was !== null }
    : { field, was, now, hidden: false }
}

const masked = (value: unknown): unknown => (typeof value === 'string' ? mask(value) : null)

/** What the rules would say of the record after the import. */
function findingsOf(before: Cadre | null, patch: Partial<CadreValues>) {
  const after = { ...(emptyValues(cadre) as CadreValues), ...before, ...patch }
  return [...identityNumberFindings(after), ...resumeOrderFindings(after)]
}

export function countsOf(verdicts: readonly FormVerdict[]): LrmxOpened['counts'] {
  const counts = { added: 0, changed: 0, unchanged: 0, problem: 0, confirm: 0, total: verdicts.length }
  for (const { state } of verdicts) counts[state] += 1
  return counts
}

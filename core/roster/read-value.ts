import { cadre, type CadreField, type RollGroup } from '../../shared/domain/cadre.ts'
import { mask } from '../../shared/domain/register.ts'
import { identityNumberProblem, normalizeIdentityNumber } from '../../shared/rules/identity-number.ts'
import type { RosterProblemCode } from '../../shared/contract/roster.ts'
import type { RosterField } from './aliases.ts'
import { textOf, type Cell } from './cell.ts'
import { DAY_FIELDS, MONTH_FIELDS } from './columns.ts'
import { cleanUnitName } from './person-rows.ts'
import { isTwoDigitMonth, readDate, type DateEvidence } from './read-date.ts'
import { ethnicityOf, politicalStatusOf, rollGroupOf, sexOf } from './words.ts'

/** What is wrong with one cell. */
export interface Trouble {
  readonly code: RosterProblemCode
  readonly severity: 'error' | 'warn'
  readonly params: Readonly<Record<string, string | number>>
}

/** What one cell means. Shared between rows with the same cell, so nobody may change it. */
export interface Reading {
  /** The value for the field; null when there is none to store. */
  readonly value: string | null
  readonly trouble: Trouble | null
  /** Text to keep in `imported` because the field cannot hold it. */
  readonly kept: string | null
  /** What the cell says about other fields: 人员类别 about the roll group, `张三（女，回族）` about sex and ethnicity. */
  readonly hints: Hints | null
}
export interface Hints {
  readonly rollGroup?: RollGroup
  readonly sex?: 'male' | 'female'
  readonly ethnicity?: string
}

/** What a whole column proves, gathered once. */
export interface ColumnEvidence extends DateEvidence {
  /** Every 18-character number of the column ends in 000: Excel cut them before they became text. */
  readonly allCut: boolean
}

const EMPTY: Reading = { value: null, trouble: null, kept: null, hints: null }
const plain = (value: string): Reading => ({ value, trouble: null, kept: null, hints: null })
const warn = (code: RosterProblemCode, params: Trouble['params'] = {}): Trouble => ({ code, severity: 'warn', params })
const refuse = (code: RosterProblemCode, params: Trouble['params'] = {}): Trouble => ({
  code,
  severity: 'error',
  params,
})
/** A text as far as a sentence needs it. */
const quoted = (text: string): string => (text.length > 30 ? `${text.slice(0, 30)}…` : text)

type Reader = (cell: Cell, text: string, evidence: ColumnEvidence, shown: string | undefined) => Reading

const CELL_ERROR = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|ERR!|GETTING_DATA)$/
const ODD_SPACE = /[\s\u200b\ufeff]/
const UNIT_NAME_LENGTH = 60

/** Longest text of each text field, asked from the register once. */
const LENGTHS: ReadonlyMap<string, number> = new Map(
  (Object.keys(cadre.fields) as CadreField[]).flatMap((field) => {
    const schema = cadre.fields[field].schema as {
      maxLength?: number | null
      unwrap?: () => { maxLength?: number | null }
    }
    const length = schema.maxLength ?? schema.unwrap?.().maxLength
    return typeof length === 'number' ? [[field, length] as const] : []
  }),
)
const LINES = new Set<string>(['resume', 'awardsAndPenalties', 'annualAppraisals', 'note', 'address'])

/** The reader of a field, chosen once per column. */
export function readerOf(field: RosterField): Reader {
  if (MONTH_FIELDS.has(field)) return (cell, text, evidence, shown) => readMonth(cell, text, evidence, shown, 'month')
  if (DAY_FIELDS.has(field)) return (cell, text, evidence, shown) => readMonth(cell, text, evidence, shown, 'day')
  const special = SPECIAL[field]
  if (special) return special
  const longest = LENGTHS.get(field) ?? Number.MAX_SAFE_INTEGER
  if (LINES.has(field)) return (_cell, text) => limited(cleanLines(text), longest)
  return (_cell, text) => limited(cleanLine(text), longest)
}

const SPECIAL: Readonly<Partial<Record<RosterField, Reader>>> = {
  name: (_cell, text) => readName(text),
  identityNumber: readIdentity,
  sex: (_cell, text) => {
    const sex = sexOf(text.replace(/\s/g, ''))
    return sex ? plain(sex) : { ...EMPTY, trouble: warn('unknown-value', { value: quoted(text) }), kept: text }
  },
  ethnicity: (_cell, text) => readWord(text, ethnicityOf, 18),
  politicalStatus: (_cell, text) => readWord(text, politicalStatusOf, 18),
  partyJoined: readPartyJoined,
  cadreCategory: (_cell, text) => withRollGroup(cleanLine(text), 30),
  staffing: (_cell, text) => withRollGroup(cleanLine(text), 30),
  rollGroup: (_cell, text) => {
    const group = rollGroupOf(cleanLine(text))
    return group ? plain(group) : { ...EMPTY, trouble: warn('unknown-value', { value: quoted(text) }), kept: text }
  },
  unitName: (_cell, text) => limited(cleanUnitName(text), UNIT_NAME_LENGTH),
}

/** Reads one cell for its field. Never throws: what cannot be read is a trouble with the text kept. */
export function readCell(read: Reader, cell: Cell, evidence: ColumnEvidence, shown?: string): Reading {
  const text = textOf(cell)
  if (text === '') return EMPTY
  if (text.startsWith('#') && CELL_ERROR.test(text))
    return { ...EMPTY, trouble: warn('cell-error', { value: text }), kept: text }
  return read(cell, text, evidence, shown)
}

function limited(text: string, longest: number): Reading {
  if (text === '') return EMPTY
  if (text.length <= longest) return plain(text)
  return {
    ...EMPTY,
    trouble: refuse('too-long', { limit: longest, length: text.length, value: quoted(text) }),
    kept: text,
  }
}

const HAN_BREAK = /(?<=[\u2e80-\u9fff\uff00-\uffef])\s*[\r\n]+\s*(?=[\u2e80-\u9fff\uff00-\uffef])/g

/** One line: a line break between Chinese characters is layout, any other white space is one space. */
export function cleanLine(text: string): string {
  if (!ODD_SPACE.test(text)) return text
  return text
    .replace(HAN_BREAK, '')
    .replace(/[\s\u200b\ufeff]+/g, ' ')
    .trim()
}

/** Several lines: their breaks mean something, trailing space does not. */
const cleanLines = (text: string): string =>
  text.includes('\n') || text.includes('\r')
    ? text
        .replace(/\r\n?/g, '\n')
        .replace(/[ \t\u3000]+$/gm, '')
        .trim()
    : text

const NAME_NOTE = /^([^(（]+)[(（]([^)）]*)[)）]?$/

/** `张 三` → `张三`; `张三（女，回族）` tells sex and ethnicity, any other note is kept. */
function readName(text: string): Reading {
  const noted = NAME_NOTE.exec(text)
  const name = (noted ? noted[1]! : text)
    .normalize('NFC')
    .replace(/[\s\u200b\ufeff]+/g, joinOf(text))
    .trim()
  if (name.length > 18)
    return {
      ...EMPTY,
      trouble: refuse('too-long', { limit: 18, length: name.length, value: quoted(name) }),
      kept: text,
    }
  if (!noted) return name === '' ? EMPTY : plain(name)
  const words = noted[2]!.split(/[,，、;；\s]+/).filter((word) => word !== '')
  const sex = words.map(sexOf).find((found) => found !== null)
  const ethnicity = words
    .map((word) => (word.endsWith('族') ? ethnicityOf(word) : null))
    .find((found) => found !== null)
  const understood = words.every((word) => sexOf(word) !== null || (word.endsWith('族') && ethnicityOf(word) !== null))
  const hints: Hints = { ...(sex && { sex }), ...(ethnicity && { ethnicity }) }
  return { value: name, trouble: null, kept: understood ? null : text, hints }
}

/** Spaces inside Chinese names are layout; a name in Latin letters keeps one. */
const joinOf = (text: string): string => (/[A-Za-z]/.test(text) ? ' ' : '')

const SCIENTIFIC = /^\d(?:\.\d+)?E\+?\d{2}$/i
const CUT = /^\d{15}0{3}$/

/**
 * An identity number, or the reason why it is none.
 *
 * Excel keeps 15 digits of a number: an 18-digit one typed into a number cell has lost its last three for good, also when
 * it was turned into text later. A text that ends in 000 is believed only if its check digit is right and the column holds
 * others that do not end so.
 */
function readIdentity(cell: Cell, text: string, evidence: ColumnEvidence): Reading {
  const number = normalizeIdentityNumber(text.replace(/^['‘’`]/, '')).replaceAll(/[-—]/g, '')
  if (number === '' || number === '无') return EMPTY
  const lost = (typeof cell === 'number' && cell >= 1e15) || SCIENTIFIC.test(number)
  if (lost || (CUT.test(number) && (evidence.allCut || identityNumberProblem(number) !== null))) {
    return { ...EMPTY, trouble: refuse('identity-cut'), kept: null }
  }
  const problem = identityNumberProblem(number)
  if (problem === null) return plain(number)
  if (problem === 'malformed') {
    return {
      ...EMPTY,
      trouble: warn('identity-malformed', { value: mask(number.slice(0, 40)), length: number.length }),
      kept: text,
    }
  }
  return { value: number, trouble: warn(`identity-${problem}`, { value: mask(number) }), kept: null, hints: null }
}

function readMonth(
  cell: Cell,
  text: string,
  evidence: ColumnEvidence,
  shown: string | undefined,
  precision: 'month' | 'day',
): Reading {
  if (NOTHING.has(text)) return EMPTY
  const date = readDate(cell, evidence, shown)
  if (date === null) return { ...EMPTY, trouble: warn('bad-date', { value: quoted(text) }), kept: text }
  const value = precision === 'month' ? date.month : (date.day ?? `${date.month}-01`)
  if (date.other === null) return plain(value)
  const params = { value: text, read: date.month.replace('-', '.'), other: date.other.replace('-', '.') }
  return { value, trouble: warn('month-unclear', params), kept: null, hints: null }
}
const NOTHING = new Set(['无', '—', '-', '－', '/', '——', '--', '暂无', '不详'])

/** 入党时间: a month where it is one, else the text as it stands (民建, 无党派, `200108；民建`). */
function readPartyJoined(cell: Cell, text: string, evidence: ColumnEvidence, shown: string | undefined): Reading {
  const date = readDate(cell, evidence, shown)
  return date === null ? limited(cleanLine(text), 18) : plain(date.month.replace('-', '.'))
}

/** A word of a standard list by any of its spellings; an unknown one stands as it is, with a word about it. */
function readWord(text: string, known: (word: string) => string | null, longest: number): Reading {
  const word = text.normalize('NFKC').replace(/[\s\u200b\ufeff]+/g, '')
  const name = known(word)
  if (name !== null) return plain(name)
  if (NOTHING.has(word)) return EMPTY
  const reading = limited(cleanLine(text), longest)
  return reading.trouble ? reading : { ...reading, trouble: warn('unknown-value', { value: quoted(text) }) }
}

function withRollGroup(text: string, longest: number): Reading {
  const rollGroup = rollGroupOf(text)
  return rollGroup === null ? limited(text, longest) : { ...limited(text, longest), hints: { rollGroup } }
}

/** Looks through one column of the persons for what its cells prove together. */
export function evidenceOf(
  cells: Iterable<Cell | undefined>,
  field: RosterField | null,
  date1904: boolean,
): ColumnEvidence {
  let twoDigitMonths = false
  let numbers = 0
  let cut = 0
  for (const cell of cells) {
    if (typeof cell === 'number' && isTwoDigitMonth(cell)) twoDigitMonths = true
    if (field !== 'identityNumber' || typeof cell !== 'string') continue
    const number = cell.replace(/\s/g, '')
    if (number.length !== 18) continue
    numbers += 1
    if (CUT.test(number)) cut += 1
  }
  // One number alone proves nothing: its own check digit decides.
  return { twoDigitMonths, date1904, allCut: numbers > 1 && cut === numbers }
}

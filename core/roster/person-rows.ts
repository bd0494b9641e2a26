import { textOf, type Cell, type Sheet } from './cell.ts'
import type { Header } from './find-header.ts'
import { normalizeHeader } from './header-field.ts'

/** One person of the sheet. */
export interface PersonRow {
  /** 0-based row of the sheet. */
  readonly index: number
  readonly cells: readonly Cell[]
  /** The unit row above, if any; a unit column of the row itself goes first. */
  readonly unitAbove: string | null
  /** Further rows of the same person (the name is merged over them). */
  readonly more: readonly { readonly index: number; readonly cells: readonly Cell[] }[]
}

/** Which columns tell a person from a heading. */
export interface KeyColumns {
  readonly name: number
  /** Columns that are filled in before anybody is entered: numbers, ages, units. */
  readonly prefilled: ReadonlySet<number>
  /** Columns that go to a field. */
  readonly mapped: ReadonlySet<number>
}

const TOTALS = /^(?:合|总|小|共|累)\s*计|^总(?:人)?数/
const FOOTER =
  /^(?:制表|填表|填报|审核|审批|复核|经办|负责|联系|说明|填写说明|填表说明|注|备注|统计|主要|分管|盖章|日期|报送|截至|截止|附|单位\s*[(（]盖章)[^:：]{0,12}[:：]|^(?:填表说明|填写说明|说明|注)$/
const TITLE = /(?:花名册|名册|名单|一览表|统计表|情况表|汇总表|登记表|信息表|采集表|台账)(?:[(（].*)?$/
const CODE = /^[A-Z]\d{4}[A-Z]?$/
const EXAMPLE = /^(?:示例|例如|例[:：]|如[:：]|样例|\(?必填|\(?选填)/
/** Some forms number their columns in a row below the header. */
const COLUMN_NUMBER = /^\d{1,2}$/
const onlyNumbers = (cells: readonly Cell[]): boolean =>
  cells.every((cell) => cell === null || COLUMN_NUMBER.test(textOf(cell)))
const UNIT_WORD =
  /(?:办公室|办|中心|所|站|村|社区|居委会|委员会|委|局|院|校|园|组|队|部|会|处|科|室|大队|政府|街道|镇|乡|公司|厂|场|支部|班子|领导|干部|人员|机关|单位|协会|法庭|专班|管区|片区)(?:[(（].*)?$/
const NUMBERING = /^(?:[(（][一二三四五六七八九十百\d]+[)）]|[一二三四五六七八九十百\d]+[、.．])\s*/
const ONLY_NUMBERING = /^[(（]?[一二三四五六七八九十百]+[)）]?[、.．]?$/
const HEAD_COUNT = /\s*[(（]?\s*共?\s*\d+\s*[人名]\s*[)）]?\s*[:：]?$/
const UNIT_LABEL = /^(?:单位|单位名称|部门|科室|填报单位|所在单位)\s*[:：]\s*/

/** A unit row without its numbering, label and head count: `一、党政办公室（12人）` → `党政办公室`. */
export const cleanUnitName = (text: string): string =>
  text
    .replace(/\s+/g, '')
    .replace(UNIT_LABEL, '')
    .replace(NUMBERING, '')
    .replace(HEAD_COUNT, '')
    .replace(/[:：]$/, '')

/**
 * The persons below the header, with what stands between them understood: unit rows, repeated titles and headers of later
 * pages, totals, signatures and notes at the end, template codes and empty prefilled rows.
 */
export function personRows(sheet: Sheet, header: Header, columns: KeyColumns): PersonRow[] {
  const rows = filledDown(sheet, header, columns.name)
  const merges = widthOfMergedRows(sheet)
  const continued = continuedRows(sheet, columns.name)
  const people: { -readonly [K in keyof PersonRow]: PersonRow[K] }[] = []
  let unitAbove: string | null = null
  let afterNotes = false
  for (let index = header.rows.at(-1)! + 1; index < rows.length; index += 1) {
    const cells = rows[index]!
    if (continued.has(index) && people.length > 0) {
      const last = people.at(-1)!
      last.more = [...last.more, { index, cells }]
      continue
    }
    const meaning = meaningOf(cells, columns, header, merges.get(index) ?? 1, afterNotes)
    if (meaning === 'notes') afterNotes = true
    else if (meaning === 'person') {
      afterNotes = false
      people.push({ index, cells, unitAbove, more: [] })
    } else if (meaning !== 'nothing') unitAbove = meaning.unit
  }
  return people
}

type Meaning = 'person' | 'nothing' | 'notes' | { readonly unit: string }

function meaningOf(
  cells: readonly Cell[],
  columns: KeyColumns,
  header: Header,
  merged: number,
  afterNotes: boolean,
): Meaning {
  const name = textOf(cells[columns.name])
  const facts = factsOf(cells, columns)
  if (facts.count === 0) return 'nothing'
  if (TOTALS.test(facts.first) || TOTALS.test(name)) return 'nothing'
  if (FOOTER.test(facts.first) || FOOTER.test(name)) return 'notes'
  if (repeatsHeader(cells, header, name === '' ? null : columns.name)) return 'nothing'
  if (CODE.test(name) || EXAMPLE.test(name) || (COLUMN_NUMBER.test(name) && onlyNumbers(cells))) return 'nothing'
  if (facts.distinct === 1) return single(facts, columns, merged, afterNotes, name)
  if (name !== '')
    return ONLY_NUMBERING.test(facts.first) && facts.count === 2 && UNIT_WORD.test(name) ? unitOf(name) : 'person'
  if (ONLY_NUMBERING.test(facts.first) && facts.count === 2) return unitOf(facts.last)
  // No name: prefilled numbers and units are nobody, anything else is a person whose name is missing.
  return facts.mapped > 0 && !afterNotes ? 'person' : 'nothing'
}

interface Facts {
  /** Cells with something in them, distinct texts among them, and how many of them lie in mapped, not prefilled columns. */
  count: number
  distinct: number
  mapped: number
  first: string
  firstColumn: number
  last: string
}

function factsOf(cells: readonly Cell[], columns: KeyColumns): Facts {
  const facts: Facts = { count: 0, distinct: 0, mapped: 0, first: '', firstColumn: -1, last: '' }
  let same = true
  for (let column = 0; column < cells.length; column += 1) {
    const cell = cells[column]
    if (cell === null || cell === undefined || cell === 0) continue
    // Past the second value nothing but the count matters, and rows of persons are most of a sheet.
    const text = facts.count < 3 || same ? textOf(cell) : 'x'
    if (text === '') continue
    if (facts.count === 0) {
      facts.first = text
      facts.firstColumn = column
    } else if (same && text !== facts.first) same = false
    facts.count += 1
    if (facts.count <= 3) facts.last = text
    if (columns.mapped.has(column) && !columns.prefilled.has(column)) facts.mapped += 1
  }
  facts.distinct = facts.count === 0 ? 0 : same ? 1 : 2
  return facts
}

/** A row with one text: a unit, a title, a note, or a person of whom only the name is known. */
function single(facts: Facts, columns: KeyColumns, merged: number, afterNotes: boolean, name: string): Meaning {
  const text = facts.first.replace(/\s+/g, '')
  if (/^[\d.]+$/.test(text)) return facts.mapped > 0 ? 'person' : 'nothing'
  if (TITLE.test(text)) return 'nothing'
  const wide = merged > 1 || facts.count > 1
  const unitLike = text.length <= 40 && (wide || facts.firstColumn < columns.name || UNIT_WORD.test(text))
  if (afterNotes) return name !== '' && !wide && !unitLike && text.length <= 4 ? 'person' : 'nothing'
  if (facts.firstColumn === columns.name && !wide && !UNIT_WORD.test(text)) return 'person'
  if (unitLike && facts.firstColumn <= columns.name) return unitOf(text)
  return facts.mapped > 0 && facts.firstColumn > columns.name && !wide ? 'person' : 'nothing'
}

function unitOf(text: string): Meaning {
  const unit = cleanUnitName(text)
  return unit === '' ? 'nothing' : { unit }
}

/** A header again, at the top of a later page: its own name heading, or two texts that stand in the header's columns. */
function repeatsHeader(cells: readonly Cell[], header: Header, nameColumn: number | null): boolean {
  if (nameColumn !== null) {
    const text = normalizeHeader(textOf(cells[nameColumn]))
    return header.levels[nameColumn]?.some((level) => normalizeHeader(level) === text) ?? false
  }
  let same = 0
  let other = 0
  for (const [column, cell] of cells.entries()) {
    const text = textOf(cell)
    if (text === '') continue
    if (header.levels[column]?.some((level) => level === text)) same += 1
    else other += 1
  }
  return same >= 2 && same > other
}

/** Columns covered by the widest merge that starts in a row: a unit row is merged across, a person is not. */
function widthOfMergedRows(sheet: Sheet): Map<number, number> {
  const widths = new Map<number, number>()
  for (const { startRow, startColumn, endColumn } of sheet.merges) {
    widths.set(startRow, Math.max(widths.get(startRow) ?? 1, endColumn - startColumn + 1))
  }
  return widths
}

/** Rows below the first of a name that is merged downwards: they go on about the same person. */
function continuedRows(sheet: Sheet, nameColumn: number): Set<number> {
  const rows = new Set<number>()
  for (const merge of sheet.merges) {
    if (merge.startColumn > nameColumn || merge.endColumn < nameColumn) continue
    if (textOf(sheet.rows[merge.startRow]?.[merge.startColumn]) === '') continue
    for (let row = merge.startRow + 1; row <= Math.min(merge.endRow, sheet.rows.length - 1); row += 1) rows.add(row)
  }
  return rows
}

/** Rows with values merged downwards (a unit beside all its people) repeated in each row they cover. */
function filledDown(sheet: Sheet, header: Header, nameColumn: number): readonly (readonly Cell[])[] {
  const first = header.rows.at(-1)! + 1
  let rows: (readonly Cell[])[] | null = null
  for (const merge of sheet.merges) {
    if (merge.startRow < first || merge.endRow === merge.startRow || merge.startColumn === nameColumn) continue
    const value = sheet.rows[merge.startRow]?.[merge.startColumn] ?? null
    if (value === null) continue
    rows ??= [...sheet.rows]
    for (let row = merge.startRow + 1; row <= Math.min(merge.endRow, rows.length - 1); row += 1) {
      // An empty row inside the merge stays empty: nobody was entered there.
      if (rows[row]!.every((cell) => cell === null)) continue
      const copy = [...rows[row]!]
      while (copy.length < merge.startColumn) copy.push(null)
      copy[merge.startColumn] = value
      rows[row] = copy
    }
  }
  return rows ?? sheet.rows
}

import { createRequire } from 'node:module'
import type * as sheetjs from '@e965/xlsx'
import { readXls, readXlsx, type Workbook } from 'hucre'
import { Fault } from '../../shared/errors.ts'
import { addressOf, type Cell, type Merge, type Sheet } from './cell.ts'
import { extensionOf, kindOf, refuseBomb, type WorkbookKind } from './file-kind.ts'
import { isAmbiguousMonth, isTwoDigitMonth } from './read-date.ts'

/** Sheets that somebody coloured down to the last row of Excel have a million empty rows; they are not even looked at. */
const MAX_ROWS = 100_000
/** A roster of 60 columns may have 50,000 rows; what is larger is a table of something else. */
const MAX_CELLS = 3_000_000

/**
 * SheetJS is large and most files never need it, so it is loaded when one does.
 *
 * Its CommonJS build: only that one brings the code pages along, without which Chinese in .xls of Excel 5 is garbage.
 */
const loadSheetjs = (): typeof sheetjs => createRequire(import.meta.url)('@e965/xlsx') as typeof sheetjs

/**
 * The sheets of a workbook as plain data. Runs in the worker; touches no clock, no disk and no network.
 *
 * @throws Fault `file-empty`, `file-too-large`, `file-kind` or `file-unreadable`
 */
export async function parseWorkbook(bytes: Uint8Array, fileName: string): Promise<Sheet[]> {
  const kind = kindOf(bytes, fileName)
  if (kind !== 'ole') refuseBomb(bytes)
  const sheets = await translated(fileName, () => (kind === 'ole' ? readOle(bytes, fileName) : readZip(bytes, kind)))
  if (sheets.every((sheet) => sheet.rows.length === 0)) throw new Fault('file-empty', { fileName })
  return sheets
}

/** Whatever a reader throws means the same to an officer: this file cannot be read. */
async function translated(fileName: string, read: () => Promise<Sheet[]> | Sheet[]): Promise<Sheet[]> {
  try {
    return await read()
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    // WPS tables are read where they hold what Excel holds; for all others the way out is 另存为 .xlsx.
    if (extensionOf(fileName) === 'et') throw new Fault('file-kind', { kind: 'et', fileName }, { cause })
    throw new Fault('file-unreadable', { reason: 'damaged', fileName }, { cause })
  }
}

async function readZip(bytes: Uint8Array, kind: WorkbookKind): Promise<Sheet[]> {
  // hucre loses columns of .xlsb.
  if (kind === 'xlsb') {
    const library = loadSheetjs()
    return fromSheetjs(library, library.read(bytes, { cellText: false, cellFormula: false }))
  }
  const workbook = await readXlsx(bytes, { maxRows: MAX_ROWS })
  return withShown(fromHucre(workbook, workbook.dateSystem === '1904'), bytes)
}

const BIFF8 = 0x0600
const RECORD_BOF = 0x0809
const RECORD_FILEPASS = 0x002f
const RECORD_DATEMODE = 0x0022
const RECORD_EOF = 0x000a

async function readOle(bytes: Uint8Array, fileName: string): Promise<Sheet[]> {
  const library = loadSheetjs()
  const stream = workbookStream(library, bytes, fileName)
  const globals = readGlobals(stream)
  if (globals.encrypted) throw new Fault('file-unreadable', { reason: 'password', fileName })
  if (globals.version !== BIFF8) {
    return fromSheetjs(library, library.read(bytes, { cellText: false, codepage: 936 }))
  }
  return withShown(fromHucre(await readXls(bytes), globals.date1904), bytes)
}

/** The BIFF stream of a compound file, or the Fault that says what the file is instead. */
function workbookStream(library: typeof sheetjs, bytes: Uint8Array, fileName: string): Uint8Array {
  if (bytes[0] !== 0xd0) return bytes
  const container = library.CFB.read(bytes, { type: 'buffer' }) as { FullPaths: string[] }
  const has = (name: string): boolean => container.FullPaths.some((path) => path.endsWith(`/${name}`))
  if (has('EncryptedPackage')) throw new Fault('file-unreadable', { reason: 'password', fileName })
  const found = library.CFB.find(container, 'Workbook') ?? library.CFB.find(container, 'Book')
  if (found?.content) return Uint8Array.from(found.content as ArrayLike<number>)
  if (extensionOf(fileName) === 'et') throw new Fault('file-kind', { kind: 'et', fileName })
  if (has('WordDocument')) throw new Fault('file-kind', { kind: 'doc', fileName })
  if (has('PowerPoint Document')) throw new Fault('file-kind', { kind: 'ppt', fileName })
  throw new Fault('file-kind', { kind: 'unknown', fileName })
}

/** What the head of a BIFF stream says: hucre reads past a password and keeps the date system to itself. */
function readGlobals(stream: Uint8Array): { version: number; date1904: boolean; encrypted: boolean } {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength)
  const globals = { version: 0, date1904: false, encrypted: false }
  for (let at = 0; at + 4 <= stream.length;) {
    const record = view.getUint16(at, true)
    const length = view.getUint16(at + 2, true)
    if (record === RECORD_BOF && at === 0 && length >= 2) globals.version = view.getUint16(4, true)
    if (record === RECORD_FILEPASS) globals.encrypted = true
    if (record === RECORD_DATEMODE && length >= 2) globals.date1904 = view.getUint16(at + 4, true) === 1
    if (record === RECORD_EOF) break
    at += 4 + length
  }
  return globals
}

function fromHucre(workbook: Workbook, date1904: boolean): Sheet[] {
  const sheets = workbook.sheets.map((sheet) => ({
    name: sheet.name,
    hidden: sheet.hidden === true || sheet.veryHidden === true,
    rows: plainRows(sheet.rows),
    merges: (sheet.merges ?? []).map(({ startRow, startCol, endRow, endCol }) => ({
      startRow,
      startColumn: startCol,
      endRow,
      endColumn: endCol,
    })),
    date1904,
    shown: {},
  }))
  refuseHuge(sheets)
  return sheets
}

/** After empty rows are gone; a sheet that was cut at the row limit is refused, never shortened unsaid. */
function refuseHuge(sheets: readonly Sheet[]): void {
  const cells = sheets.reduce((sum, { rows }) => sum + rows.length * (rows[0]?.length ?? 0), 0)
  const cut = sheets.some(({ rows }) => rows.length >= MAX_ROWS)
  if (cells > MAX_CELLS || cut) throw new Fault('file-too-large', { cells, limitMb: 30 })
}

type ReaderValue = string | number | boolean | Date | null | undefined

/** In place, because a copy of a large sheet costs as much as reading it. Holes of sparse rows become empty cells. */
function plainRows(rows: ReaderValue[][]): Cell[][] {
  for (let index = 0; index < rows.length; index += 1) {
    const row = (rows[index] ??= [])
    for (let column = 0; column < row.length; column += 1) {
      const value = row[column]
      if (typeof value === 'string') {
        if (value === '') row[column] = null
      } else if (value === undefined) row[column] = null
      else if (value instanceof Date) row[column] = dayOf(value)
    }
  }
  while (rows.length > 0 && rows[rows.length - 1]!.every((cell) => cell === null)) rows.pop()
  return rows as Cell[][]
}

/** Readers give dates at midnight UTC; a moment a rounding before midnight still means the day after. */
const HALF_MINUTE = 30_000
function dayOf(date: Date): Cell {
  const moment = date.getTime()
  return Number.isNaN(moment) ? null : new Date(moment + HALF_MINUTE).toISOString().slice(0, 10)
}

function fromSheetjs(library: typeof sheetjs, workbook: sheetjs.WorkBook): Sheet[] {
  const date1904 = workbook.Workbook?.WBProps?.date1904 === true
  return workbook.SheetNames.map((name, index) => {
    const sheet = workbook.Sheets[name]!
    const rows = library.utils.sheet_to_json<ReaderValue[]>(sheet, {
      header: 1,
      raw: true,
      blankrows: true,
      defval: null,
    })
    return {
      name,
      hidden: (workbook.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0,
      rows: plainRows(rows),
      merges: (sheet['!merges'] ?? []).map(({ s, e }): Merge => ({
        startRow: s.r,
        startColumn: s.c,
        endRow: e.r,
        endColumn: e.c,
      })),
      date1904,
      shown: {},
    }
  })
}

/**
 * Adds the displayed text of number cells that can be read two ways and whose column proves nothing.
 *
 * Rare, and a second reading of the file, so it happens only for them: SheetJS knows number formats of .xlsx and .xls.
 */
function withShown(sheets: Sheet[], bytes: Uint8Array): Sheet[] {
  const doubtful = sheets.map((sheet) => doubtfulCells(sheet))
  if (doubtful.every((cells) => cells.length === 0)) return sheets
  const workbook = loadSheetjs().read(bytes, {
    cellText: true,
    cellHTML: false,
    cellFormula: false,
    dense: false,
  })
  return sheets.map((sheet, index) => {
    const formatted = workbook.Sheets[sheet.name]
    const shown: Record<string, string> = {}
    for (const address of doubtful[index]!) {
      const text: unknown = formatted?.[address]?.w
      if (typeof text === 'string') shown[address] = text
    }
    return { ...sheet, shown }
  })
}

function doubtfulCells(sheet: Sheet): string[] {
  const proven = new Set<number>()
  const found: { column: number; address: string }[] = []
  for (const [index, row] of sheet.rows.entries()) {
    for (let column = 0; column < row.length; column += 1) {
      const cell = row[column]
      if (typeof cell !== 'number' || cell <= 1900 || cell >= 2100) continue
      if (isTwoDigitMonth(cell)) proven.add(column)
      else if (isAmbiguousMonth(cell)) found.push({ column, address: addressOf(column, index + 1) })
    }
  }
  return found.filter(({ column }) => !proven.has(column)).map(({ address }) => address)
}

import { randomBytes } from 'node:crypto'
import { strToU8, zipSync } from 'fflate'
import { writeXlsx } from 'hucre'
import { expect, test } from 'vitest'
import { readWorkbook } from '../../core/roster/read.ts'
import { parseWorkbook } from '../../core/roster/parse-workbook.ts'
import { book, written, xlsx, type Rows } from '../fixtures/roster/workbook.ts'

const ROWS: Rows = [
  ['姓名', '出生年月'],
  ['试一一', '1990.01'],
]
const fault = (code: string, params: object = {}) =>
  expect.objectContaining({ code, params: expect.objectContaining(params) })
const encoder = new TextEncoder()

test('an .xlsx is read in a worker, cell by cell', async () => {
  const sheets = await readWorkbook(await xlsx(ROWS), '花名册.xlsx')
  expect(sheets).toMatchObject([{ name: '花名册', hidden: false, date1904: false, rows: ROWS }])
})

test('an .xls of Excel 97 is read with its merges', async () => {
  const bytes = written(book([['花名册', null], ...ROWS], ['A1:B1']), 'biff8')
  const [sheet] = await parseWorkbook(bytes, '花名册.xls')
  expect(sheet!.rows).toEqual([['花名册'], ...ROWS])
  expect(sheet!.merges).toEqual([{ startRow: 0, startColumn: 0, endRow: 0, endColumn: 1 }])
})

test('an .xls of Excel 5 in GBK, which hucre refuses, is read all the same', async () => {
  const bytes = written(book([['ABCD'], ['EF']]), 'biff5')
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  // SheetJS writes no Chinese here, so its letters and its code page become those of 姓名 and 男 by hand.
  Buffer.from('d0d5c3fb', 'hex').copy(buffer, buffer.indexOf('ABCD'))
  Buffer.from('c4d0', 'hex').copy(buffer, buffer.indexOf('EF'))
  buffer.writeUInt16LE(936, buffer.indexOf(Buffer.from('42000200', 'hex')) + 4)
  expect((await parseWorkbook(bytes, 'old.xls'))[0]!.rows).toEqual([['姓名'], ['男']])
})

test('an .xlsx that was renamed .xls is read by its content', async () => {
  expect((await parseWorkbook(await xlsx(ROWS), '花名册.xls'))[0]!.rows).toEqual(ROWS)
})

test('an .xls that was renamed .xlsx is read by its content', async () => {
  expect((await parseWorkbook(written(book(ROWS), 'biff8'), '花名册.xlsx'))[0]!.rows).toEqual(ROWS)
})

test('a WPS table that holds what Excel holds is read', async () => {
  expect((await parseWorkbook(written(book(ROWS), 'biff8'), '花名册.et'))[0]!.rows).toEqual(ROWS)
})

test('date cells become their day, in the 1900 and in the 1904 system', async () => {
  const rows: Rows = [
    ['姓名', '出生年月'],
    ['试一一', new Date(Date.UTC(1990, 0, 5))],
  ]
  const of1900 = await writeXlsx({ sheets: [{ name: 'a', rows, columns: [{}, { numFmt: 'yyyy-mm-dd' }] }] })
  const of1904 = await writeXlsx({
    sheets: [{ name: 'a', rows, columns: [{}, { numFmt: 'yyyy-mm-dd' }] }],
    dateSystem: '1904',
  })
  expect((await parseWorkbook(of1900, 'a.xlsx'))[0]!.rows[1]).toEqual(['试一一', '1990-01-05'])
  const [sheet] = await parseWorkbook(of1904, 'a.xlsx')
  expect(sheet).toMatchObject({ date1904: true, rows: [expect.anything(), ['试一一', '1990-01-05']] })
})

test('an .xls says which date system it counts in', async () => {
  const [sheet] = await parseWorkbook(
    written(
      book(
        [
          ['姓名', '出生年月'],
          ['试一一', 31_416],
        ],
        [],
        true,
      ),
      'biff8',
    ),
    'a.xls',
  )
  expect(sheet).toMatchObject({ date1904: true })
})

test('the displayed text of 1990.10 is fetched where the number alone can be read two ways', async () => {
  const rows: Rows = [
    ['姓名', '出生年月'],
    ['试一一', 1990.1],
  ]
  const bytes = await writeXlsx({ sheets: [{ name: '花名册', rows, columns: [{}, { numFmt: '0.00' }] }] })
  expect((await parseWorkbook(bytes, 'a.xlsx'))[0]!.shown).toEqual({ B2: '1990.10' })
})

test('hidden sheets are marked, and empty rows at the end dropped', async () => {
  const bytes = await writeXlsx({
    sheets: [
      { name: '花名册', rows: [...ROWS, [null, null], ['', '']] },
      { name: '字典', rows: [['男'], ['女']], hidden: true },
    ],
  })
  const sheets = await parseWorkbook(bytes, 'a.xlsx')
  expect(sheets.map(({ name, hidden, rows }) => [name, hidden, rows.length])).toEqual([
    ['花名册', false, 2],
    ['字典', true, 2],
  ])
})

test('a sheet coloured down to the last row of Excel is read as far as it goes', async () => {
  const rows: Rows = [...ROWS, ...Array.from({ length: 120_000 }, () => [''])]
  const bytes = await writeXlsx({ sheets: [{ name: 'a', rows }], stringMode: 'inline' })
  expect((await parseWorkbook(bytes, 'a.xlsx'))[0]!.rows).toEqual(ROWS)
})

test('a sheet of more rows than a roster can have is refused, not shortened', async () => {
  const bytes = await writeXlsx({ sheets: [{ name: 'a', rows: Array.from({ length: 100_001 }, () => ['试']) }] })
  await expect(parseWorkbook(bytes, 'a.xlsx')).rejects.toEqual(fault('file-too-large'))
})

test('an empty file says so', async () => {
  await expect(readWorkbook(new Uint8Array(), 'a.xlsx')).rejects.toEqual(fault('file-empty'))
})

test('a workbook without a cell says that it is empty', async () => {
  await expect(readWorkbook(await xlsx([]), 'a.xlsx')).rejects.toEqual(fault('file-empty'))
})

test('a truncated download is unreadable, wherever it was cut', async () => {
  const bytes = await xlsx(ROWS)
  for (const share of [0.2, 0.5, 0.9, 0.99]) {
    const cut = bytes.slice(0, Math.floor(bytes.length * share))
    await expect(parseWorkbook(cut, 'a.xlsx')).rejects.toEqual(fault('file-unreadable', { reason: 'damaged' }))
  }
})

test('a truncated .xls is unreadable or shorter, never a crash', async () => {
  const bytes = written(book(ROWS), 'biff8')
  for (const share of [0.1, 0.3, 0.6, 0.9]) {
    const cut = bytes.slice(0, Math.floor(bytes.length * share))
    const outcome = await parseWorkbook(cut, 'a.xls').catch((error: unknown) => error)
    expect(Array.isArray(outcome) || (outcome as { code?: string }).code?.startsWith('file-')).toBe(true)
  }
})

test('a password-protected workbook is recognised and said', async () => {
  const bytes = await writeXlsx({
    sheets: [{ name: 'a', rows: [['姓名']] }],
    encryption: { password: 'secret', spinCount: 1_000 },
  })
  await expect(readWorkbook(bytes, 'a.xlsx')).rejects.toEqual(fault('file-unreadable', { reason: 'password' }))
})

test('a password-protected .xls is recognised by its FILEPASS record', async () => {
  const record = (id: number, body: number[]) => [id & 255, id >> 8, body.length & 255, body.length >> 8, ...body]
  const stream = Uint8Array.from([
    ...record(0x0809, [0x00, 0x06, 0x05, 0x00]),
    ...record(0x002f, [1, 0]),
    ...record(0x000a, []),
  ])
  await expect(parseWorkbook(stream, 'a.xls')).rejects.toEqual(fault('file-unreadable', { reason: 'password' }))
})

test.each([
  ['a.pdf', encoder.encode('%PDF-1.7 and more'), 'pdf'],
  ['a.csv', encoder.encode('姓名,出生年月\n试一一,1990.01\n'), 'csv'],
  ['a.xls', encoder.encode('<html><body><table><tr><td>姓名</td></tr></table></body></html>'), 'html'],
  ['a.xls', encoder.encode('<?xml version="1.0"?><Workbook/>'), 'xml'],
  ['a.lrmx', encoder.encode('\ufeff<?xml version="1.0"?><Person/>'), 'lrmx'],
  ['a.et', Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]), 'et'],
  ['a.xlsx', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 1, 2]), 'image'],
  ['a.xlsx', Uint8Array.from([0, 1, 2, 3, 4]), 'unknown'],
  ['a.docx', zipSync({ '[Content_Types].xml': strToU8('<a/>'), 'word/document.xml': strToU8('<a/>') }), 'docx'],
  ['a.ods', zipSync({ 'mimetype': strToU8('x'), 'content.xml': strToU8('<a/>') }), 'ods'],
  ['a.zip', zipSync({ 'notes.txt': strToU8('hello') }), 'zip'],
])('%s with other content is refused as what it is: %#', async (name, bytes, kind) => {
  await expect(readWorkbook(bytes, name)).rejects.toEqual(fault('file-kind', { kind }))
})

test('a broken workbook named .et gets the sentence about saving as .xlsx', async () => {
  const bytes = zipSync({ 'xl/workbook.xml': strToU8('<nonsense') })
  await expect(parseWorkbook(bytes, 'a.et')).rejects.toEqual(fault('file-kind', { kind: 'et' }))
})

test('a file of more than 30 MB is refused before it is read', async () => {
  await expect(readWorkbook(new Uint8Array(31 * 1024 * 1024), 'a.xlsx')).rejects.toEqual(
    fault('file-too-large', { limitMb: 30 }),
  )
})

/** A workbook in outline whose sheet hardly compresses, with whatever size it claims to unpack to. */
function claiming(size: number): Uint8Array {
  const noise = randomBytes(400_000)
  const bytes = zipSync({ 'xl/workbook.xml': strToU8('<a/>'), 'xl/worksheets/sheet1.xml': noise })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = bytes.length - 300; at < bytes.length - 46; at += 1) {
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, size, true)
  }
  return bytes
}

test('a zip bomb that declares its size is refused before it is unpacked', async () => {
  await expect(readWorkbook(claiming(300 * 1024 * 1024), 'a.xlsx')).rejects.toEqual(fault('file-too-large'))
})

test('a zip bomb that lies about its size is refused while it is unpacked', async () => {
  await expect(parseWorkbook(claiming(1_000), 'a.xlsx')).rejects.toEqual(fault('file-too-large'))
})

test('reading can be cancelled', async () => {
  const abort = new AbortController()
  const reading = readWorkbook(await xlsx(ROWS), 'a.xlsx', abort.signal)
  abort.abort()
  await expect(reading).rejects.toEqual(fault('cancelled'))
})

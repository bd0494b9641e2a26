import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isTable, parseTable } from '../../../renderer/kit/clipboard-table.ts'

/** A spreadsheet keeps line breaks as \n; \r is how rows end on the clipboard. */
const cell = fc.string({ unit: fc.constantFrom('a', '王', '1', ' ', '"', '\t', '\n', ',', '“'), maxLength: 12 })
const tables = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 })

/** As a spreadsheet writes cells to the clipboard. */
const formatTable = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(quoted).join('\t')}\r\n`).join('')
const quoted = (text: string): string => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

describe('cells copied from a spreadsheet', () => {
  test('are the same cells again, whatever stands in them', () => {
    fc.assert(
      fc.property(tables, (rows) => {
        expect(parseTable(formatTable(rows))).toEqual(rows)
      }),
    )
  })

  test('are read without an end in any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const rows = parseTable(text)
        expect(rows.length).toBeGreaterThan(0)
        expect(rows.every((row) => row.length > 0)).toBe(true)
      }),
    )
  })

  test.each([
    ['a\tb\r\nc\td\r\n', [['a', 'b'], ['c', 'd']]],
    ['a\tb\nc\td', [['a', 'b'], ['c', 'd']]],
    ['\ufeffa', [['a']]],
    ['', [['']]],
    ['a\r\n\r\nb', [['a'], [''], ['b']]],
    ['"一行\n两行"\tb', [['一行\n两行', 'b']]],
    ['"一行\r\n两行"\tb', [['一行\n两行', 'b']]],
    ['"有\t制表符"\tb', [['有\t制表符', 'b']]],
    ['"说""好""\n的"', [['说"好"\n的']]],
    ['说"好"的\tb', [['说"好"的', 'b']]],
    ['"先进" 的称号\tb', [['"先进" 的称号', 'b']]],
    ['"没有收尾\tb', [['"没有收尾', 'b']]],
    ['\t\t', [['', '', '']]],
  ])('%j', (copied, rows) => expect(parseTable(copied)).toEqual(rows)) // prettier-ignore
})

test.each([
  ['a', false],
  ['a\r\n', false],
  ['a\tb', true],
  ['a\nb', true],
])('%j is more than one cell: %s', (copied, expected) => expect(isTable(copied)).toBe(expected))

/** A cell that a spreadsheet put into quotes because it holds a tab or a line break; quotes inside are doubled. */
const QUOTED = /"([^"]*(?:""[^"]*)*)"(?=[\t\n]|$)/y
const PLAIN = /[^\t\n]*/y

/**
 * Cells copied from WPS or Excel: tabs between cells, line breaks between rows, quotes around cells that have either.
 *
 * A quotation mark that is not such a quote (`"先进" 的称号`) is text. The line break after the last row ends it.
 */
export function parseTable(copied: string): string[][] {
  const text = copied
    .replace(/^\ufeff/, '')
    .replaceAll(/\r\n?/g, '\n')
    .replace(/\n$/, '')
  const rows: string[][] = [[]]
  let at = 0
  for (;;) {
    const { cell, end } = cellAt(text, at)
    rows.at(-1)!.push(cell)
    if (end >= text.length) return rows
    if (text[end] === '\n') rows.push([])
    at = end + 1
  }
}

function cellAt(text: string, at: number): { cell: string; end: number } {
  QUOTED.lastIndex = at
  const quoted = QUOTED.exec(text)
  if (quoted) return { cell: quoted[1]!.replaceAll('""', '"'), end: QUOTED.lastIndex }
  PLAIN.lastIndex = at
  const plain = PLAIN.exec(text)!
  return { cell: plain[0], end: PLAIN.lastIndex }
}

/** True when what was copied is more than the text of one cell. */
export const isTable = (copied: string): boolean => /[\t\n\r]/.test(copied.replace(/\r?\n$/, ''))

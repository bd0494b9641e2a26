/** `2001.09--2004.06`, or an open end in blanks: what stands before the words of a line. */
const SPAN = /^\s*(\d{4}\.\d{1,2}\s*(?:--|—+|-|~|～|至)\s*(?:\d{4}\.\d{1,2}|至今|今(?=\s))?)\s*(.*)$/s

/** The dates of a line of a 简历 as they are written, and its words; without dates all of it is words. */
export function splitLine(line: string): readonly [span: string, words: string] {
  const [, span, words] = SPAN.exec(line) ?? []
  return span === undefined || words === undefined ? ['', line.trim()] : [span.trimEnd(), words.trimEnd()]
}

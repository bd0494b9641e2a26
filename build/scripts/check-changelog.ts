/** Every entry of CHANGELOG.md says what kind of change it is; readers of release notes filter by it. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './install.mjs'
import { reportProblems } from './report.ts'

const ENTRY = /^- \[(新增|改进|修复)\] \S/
/** Headings, blank lines, and the indented rest of a long entry. */
const OTHER = /^(#.*|\s*|\s{2,}.*)$/

export function changelogProblems(text: string): string[] {
  const lines = text.split(/\r?\n/)
  const first = lines.findIndex((line) => line.startsWith('## '))
  if (first === -1) return ['CHANGELOG.md has no version: a line `## 1.2.3` is missing']
  return lines
    .map((line, index) => ({ line, number: index + 1 }))
    .slice(first)
    .filter(({ line }) => !ENTRY.test(line) && !OTHER.test(line))
    .map(({ line, number }) => `CHANGELOG.md:${number} must start with "- [新增]", "- [改进]" or "- [修复]": ${line}`)
}

if (import.meta.main) {
  const file = join(ROOT, 'CHANGELOG.md')
  reportProblems(existsSync(file) ? changelogProblems(readFileSync(file, 'utf8')) : ['CHANGELOG.md is missing'])
}

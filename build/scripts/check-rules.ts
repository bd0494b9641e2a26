/** Every numbered rule in docs/RULES.md has a test whose name starts with its number, and the other way round. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './install.mjs'
import { reportProblems } from './report.ts'

const RULES = 'docs/RULES.md'
const ID = String.raw`(?:[WS]\d+|R)-\d+`
const ROW = new RegExp(String.raw`^\|\s*[\x60*]*(${ID})[\x60*]*\s*\|`, 'gm')
/** A call whose first argument starts with a rule's number: `test('W18-1 …'`, and `test.each(…)('W18-1 …'` too. */
const TEST = new RegExp(String.raw`\(\s*(['"\x60])(${ID})\s`, 'g')

export interface TestFile {
  readonly path: string
  readonly text: string
}

export function rulesProblems(rules: string, tests: readonly TestFile[]): string[] {
  const written = [...rules.matchAll(ROW)].map((match) => match[1] ?? '')
  const tested = tests.flatMap(({ path, text }) =>
    [...text.matchAll(TEST)].map((match) => ({ id: match[2] ?? '', path })),
  )
  const testedIds = new Set(tested.map(({ id }) => id))
  return [
    ...(written.length === 0 ? [`${RULES} has no numbered rule: no row starts like "| W18-1 |"`] : []),
    ...written.filter((id, index) => written.indexOf(id) !== index).map((id) => `${id} is in ${RULES} twice`),
    ...written.filter((id) => !testedIds.has(id)).map((id) => `${id} in ${RULES} has no test named "${id} …"`),
    ...tested.filter(({ id }) => !written.includes(id)).map(({ id, path }) => `${id} in ${path} is not in ${RULES}`),
  ]
}

if (import.meta.main) {
  const tests = globSync('test/**/*.{test,spec}.{ts,tsx}', { cwd: ROOT }).map((path) => ({
    path: path.replaceAll('\\', '/'),
    text: readFileSync(join(ROOT, path), 'utf8'),
  }))
  const file = join(ROOT, RULES)
  reportProblems(existsSync(file) ? rulesProblems(readFileSync(file, 'utf8'), tests) : [`${RULES} is missing`])
}

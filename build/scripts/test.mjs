/**
 * `npm test [-- STAGE] [FILTER…]`: every check and test there is, in order, until one stage fails.
 *
 * STAGE is one of check, unit, integration, migration, sync, e2e; a FILTER is part of a test file's path, and runs
 * only the files that match. The last line is always `N passed, M failed, K skipped`.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt } from './built.mjs'
import { finished, startNode } from './child.mjs'
import { ensureInstalled, environmentFor, ROOT } from './install.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */
/** @typedef {{ name: string, needsBuild: boolean, run: (filters: readonly string[]) => Run }} Stage */
/** @typedef {{ args: readonly string[], report?: string, environment?: NodeJS.ProcessEnv, count: CountFile }} Run */
/** @typedef {(report: any) => Count} CountFile */

const REPORTS = join(ROOT, 'test-results/reports')

/** @type {readonly Stage[]} */
const STAGES = [
  { name: 'check', needsBuild: false, run: check },
  { name: 'unit', needsBuild: false, run: vitest('unit') },
  { name: 'integration', needsBuild: true, run: vitest('integration') },
  { name: 'migration', needsBuild: false, run: vitest('migration') },
  { name: 'sync', needsBuild: false, run: vitest('sync') },
  { name: 'e2e', needsBuild: true, run: playwright },
]

await main()

async function main() {
  const started = performance.now()
  const { stages, filters } = readArguments(process.argv.slice(2))
  const node = ensureInstalled()
  if (stages.some((stage) => stage.needsBuild)) await ensureBuilt(node)
  const total = { passed: 0, failed: 0, skipped: 0 }
  let passed = true
  for (const stage of stages) {
    process.stdout.write(`\n=== ${stage.name} ===\n`)
    passed = await runStage(node, stage.run(filters), total)
    if (!passed) break
  }
  // A mistyped filter must not look like a success.
  if (filters.length > 0 && total.passed + total.failed + total.skipped === 0) {
    process.stdout.write(`\nno test file matches ${filters.join(' ')}\n`)
    passed = false
  }
  process.stdout.write(`\ntotal time ${((performance.now() - started) / 1000).toFixed(1)} s\n`)
  process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`)
  process.exitCode = passed ? 0 : 1
}

/** @param {readonly string[]} args */
function readArguments(args) {
  const named = STAGES.filter((stage) => stage.name === args[0])
  const filters = named.length === 0 ? args : args.slice(1)
  if (named.length > 0) return { stages: named, filters }
  // A filter asks for certain tests, and the checks have none.
  return { stages: filters.length === 0 ? STAGES : STAGES.filter((stage) => stage.name !== 'check'), filters }
}

/**
 * @param {string} node
 * @param {Run} run
 * @param {Count} total
 * @returns {Promise<boolean>} whether the stage passed
 */
async function runStage(node, { args, report, environment, count }, total) {
  if (report !== undefined) {
    mkdirSync(REPORTS, { recursive: true })
    rmSync(report, { force: true })
  }
  const child = startNode(node, args, { cwd: ROOT, env: { ...environmentFor(node), ...environment } })
  const { code } = await finished(child)
  const counted =
    report !== undefined && existsSync(report) ? count(JSON.parse(readFileSync(report, 'utf8'))) : count({})
  total.passed += counted.passed
  total.skipped += counted.skipped
  // A stage can fail without a failed test: types, a file that does not load, a crash. That is a failure too.
  total.failed += code === 0 ? counted.failed : Math.max(1, counted.failed)
  return code === 0
}

/** @returns {Run} */
function check() {
  return { args: [join(ROOT, 'build/scripts/check.ts')], count: () => ({ passed: 0, failed: 0, skipped: 0 }) }
}

/**
 * @param {string} project
 * @returns {(filters: readonly string[]) => Run}
 */
function vitest(project) {
  const report = join(REPORTS, `${project}.json`)
  const args = [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--project', project, '--passWithNoTests']
  const reporting = ['--allowOnly=false', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  return (filters) => ({
    args: [...args, ...reporting, ...filters],
    report,
    count: ({ numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 }) => ({
      passed: numPassedTests,
      failed: numFailedTests,
      skipped: numPendingTests + numTodoTests,
    }),
  })
}

/**
 * @param {readonly string[]} filters
 * @returns {Run}
 */
function playwright(filters) {
  const report = join(REPORTS, 'e2e.json')
  const args = ['test', '--pass-with-no-tests', '--forbid-only', '--reporter=list,json', ...filters]
  return {
    args: [join(ROOT, 'node_modules/@playwright/test/cli.js'), ...args],
    report,
    environment: { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    count: ({ stats: { expected = 0, flaky = 0, unexpected = 0, skipped = 0 } = {} }) => ({
      passed: expected + flaky,
      failed: unexpected,
      skipped,
    }),
  }
}

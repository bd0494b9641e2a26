/**
 * `node server/local/demo-city-process.ts [--data DIR]`: the demo township's city in a process of its own, for a host
 * that may not import one (the Electron shell).
 *
 * Prints one line, `city {"url":…,"code":…}`, the code being good once and for that township; ends when its channel
 * does, or when it is told to.
 */
import { DEMO_FIRST_RUN } from '../../core/demo/install.ts'
import { createClosing } from './closing.ts'
import { startDemoCity } from './demo-city.ts'
import { readHostArguments } from './host-arguments.ts'
import { requireNodeApi } from './node-api.ts'

const CLOSE_LIMIT_MS = 10_000

const report = (cause: unknown) => void process.stderr.write(`${String(cause)}\n`)
const closing = createClosing(CLOSE_LIMIT_MS, report)

requireNodeApi()
process.on('SIGTERM', () => void end(0))
// These reach every process of the terminal at once. With a channel it is the starter who says when: the desk goes
// first, since it may want to report once more.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => process.connected || void end(0))
process.on('disconnect', () => void end(0))
try {
  const { dir } = readHostArguments(['--demo', ...process.argv.slice(2)])
  const { enrol } = await startDemoCity(dir, closing)
  const { unitCode, unitName } = DEMO_FIRST_RUN
  const city = await enrol({ code: unitCode, name: unitName })
  process.stdout.write(`city ${JSON.stringify(city)}\n`)
} catch (cause) {
  report(cause)
  await end(1)
}

async function end(code: number): Promise<never> {
  await closing.run()
  process.exit(code)
}

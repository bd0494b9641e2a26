/** `node server/local/main.ts [--data DIR] [--port N] [--demo]`: the desk for a PC without Electron. */
import { createTranslator } from '../../shared/i18n/index.ts'
import { createClosing } from './closing.ts'
import { complaintOf, UsageError } from './complaint.ts'
import { readHostArguments } from './host-arguments.ts'
import { requireNodeApi } from './node-api.ts'

/** Longer than the core's last report may take. */
const CLOSE_LIMIT_MS = 10_000
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

const t = createTranslator('zh-CN')
const report = (cause: unknown) => console.error(cause)
const closing = createClosing(CLOSE_LIMIT_MS, report)
let ending = false

requireNodeApi()
for (const signal of STOP_SIGNALS) process.on(signal, () => void end(0))
// Started with a channel to the starter: should that die without a word, or hang up on Windows, which knows no signals.
process.on('disconnect', () => void end(0))
await run()

async function run(): Promise<void> {
  try {
    const options = readHostArguments(process.argv.slice(2))
    const { startHost } = await import('./host.ts')
    const { url, other } = await startHost(options, { closing, report })
    console.log(`listening ${url}`)
    if (other === null) return
    // Whoever started us takes our end for the end of the desk, so we stay as long as the desk does.
    console.error(t('cli:host.alreadyRunning'))
    await other.ended
    await end(0)
  } catch (cause) {
    const { code, sentence } = complaintOf(cause, t)
    console.error(`${code}: ${sentence}`)
    if (cause instanceof UsageError) console.error(t('cli:host.usage'))
    await end(cause instanceof UsageError ? 2 : 1)
  }
}

/** Everything is closed in one place, in order and within a limit; a second Ctrl-C does not wait for it. */
async function end(code: number): Promise<never> {
  if (ending) process.exit(1)
  ending = true
  if ((await closing.run()) === 'late') console.error(t('cli:host.stoppedLate'))
  process.exit(code)
}

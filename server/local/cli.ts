/** `npm run -s desk -- <command> --data DIR`: a third host of the same contract, for IT staff, schedules and tests. */
import { requireNodeApi } from './node-api.ts'

requireNodeApi()
// Somebody may read our answer with `head` and stop; that is not worth a stack trace.
process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
  if (cause.code !== 'EPIPE') throw cause
  process.exit(process.exitCode ?? 0)
})
const { runCommand } = await import('./run-command.ts')
process.exitCode = await runCommand(process.argv.slice(2))

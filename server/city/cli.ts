/** `npm run -s city -- <command>`: starts the city server, and administers it beside a running one. */
import { runCommand } from './run-command.ts'

const stop = Promise.withResolvers<void>()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.resolve())
// Whoever started us may stop reading; that is no reason to fall over.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

process.exitCode = await runCommand(process.argv.slice(2), {
  out: (text) => void process.stdout.write(`${text}\n`),
  error: (text) => void process.stderr.write(`${text}\n`),
  env: process.env,
  stopped: stop.promise,
})

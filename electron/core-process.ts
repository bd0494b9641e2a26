/** The core in a process of its own: an import or a long query never holds up the window, nor a crash of it. */
import { join } from 'node:path'
import type {} from 'electron'
import { openDemo } from '../core/demo/open.ts'
import { openDesk, type DeskOptions } from '../core/desk.ts'
import { serveCore, type OpenDesk } from './core-server.ts'
import { logTo, traceOf } from './log.ts'

// A Ctrl-C reaches every process of the terminal at once. When to end, with the database closed, main says.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined)

const open: OpenDesk = async ({ dir, version, demo, demoCity }, keystore) => {
  const write = logTo(join(dir, 'shell', 'log.txt'))
  const log: DeskOptions['log'] = (reference, error) => write(`${reference} ${traceOf(error)}`)
  const city = demoCity === null ? null : () => Promise.resolve(demoCity)
  const desk = await openDesk({ dir, version, keystore, log, ...(city === null ? {} : { demoCity: city }) })
  if (demo) await openDemo(desk.call, city, (cause) => write(traceOf(cause)))
  return desk
}

serveCore(process.parentPort, open, () => process.exit(0))

/** The core in a process of its own: an import or a long query never holds up the window, nor a crash of it. */
import type {} from 'electron'
import { openDemo } from '../core/demo/open.ts'
import { openDesk, type Desk } from '../core/desk.ts'
import type { Opening } from './core-message.ts'
import { serveCore } from './core-server.ts'

serveCore(process.parentPort, open, () => process.exit(0))

async function open({ dir, version, demo }: Opening): Promise<Desk> {
  const desk = await openDesk({ dir, version })
  if (demo) await openDemo(desk.call, null, (cause) => process.stderr.write(`${String(cause)}\n`))
  return desk
}

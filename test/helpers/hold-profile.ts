import { openDesk } from '../../core/desk.ts'
import { Fault } from '../../shared/errors.ts'

/** Opens a folder and keeps it until it is ended: the other process of a test. Prints `open` or the fault's code. */
const [dir] = process.argv.slice(2) as [string]
try {
  await openDesk({ dir, version: '0.1.0' })
  process.stdout.write('open\n')
  setInterval(() => {}, 1_000)
} catch (error) {
  if (!(error instanceof Fault)) throw error
  process.stdout.write(`${error.code}\n`)
}

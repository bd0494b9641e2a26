import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { isAlive, startOf } from './process-identity.ts'

/** `server` stays, `command` ends by itself in a moment. */
const Holder = z.object({
  pid: z.int().positive(),
  started: z.string().nullable(),
  role: z.enum(['server', 'command']),
})
export type Holder = z.infer<typeof Holder>

export interface DataLock {
  release(): void
}

/**
 * Takes a data folder for this process, or says who has it.
 *
 * A lock whose process was killed counts for nothing: it names the process by number and start time.
 */
export function lockData(dataDir: string, role: Holder['role']): DataLock | Holder {
  const file = join(dataDir, 'lock')
  const mine = JSON.stringify({ pid: process.pid, started: startOf(process.pid), role } satisfies Holder)
  for (;;) {
    if (create(file, mine)) return { release: () => releaseLock(file, mine) }
    const text = textOf(file)
    const holder = text === null ? null : holderOf(text)
    if (holder !== null && isAlive(holder.pid, holder.started)) return holder
    if (text !== null) removeStale(file, text)
  }
}

export const isLock = (taken: DataLock | Holder): taken is DataLock => 'release' in taken

/** Linked into place with its content, so that nobody ever reads half of it. */
function create(file: string, text: string): boolean {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  writeFileSync(draft, text, { mode: 0o600, flag: 'wx' })
  try {
    linkSync(draft, file)
    return true
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
    return false
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Moved away before it is judged gone: should another process have replaced it just now, that one gets it back. */
function removeStale(file: string, stale: string): void {
  const aside = `${file}.${randomBytes(6).toString('hex')}`
  try {
    renameSync(file, aside)
  } catch {
    return // another process was faster
  }
  const text = textOf(aside)
  if (text !== null && text !== stale) create(file, text)
  rmSync(aside, { force: true })
}

function releaseLock(file: string, mine: string): void {
  if (textOf(file) === mine) rmSync(file, { force: true })
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

function holderOf(text: string): Holder | null {
  try {
    return Holder.parse(JSON.parse(text))
  } catch {
    return null
  }
}

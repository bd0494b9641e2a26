import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import * as z from 'zod'
import { asFault } from '../db/errors.ts'
import { DAMAGE_KINDS, type Damage } from '../shared/contract/desk.ts'
import { Fault } from '../shared/errors.ts'
import { officerSlots, readKeyFile, writeFileSafely, type KeyFile } from './keys/key-file.ts'
import type { ProfilePaths } from './profile.ts'

const Note = z.object({
  v: z.literal(1),
  kind: z.enum(DAMAGE_KINDS),
  at: z.string(),
  missing: z.int().nullable(),
})
type Note = z.infer<typeof Note>

/** Faults that mean: what is stored is not what was saved. */
const DAMAGING = { 'profile-damaged': 'database', 'changes-missing': 'changes-missing' } as const

/**
 * Remembers damage that was met, for the next start to lead to the page that helps; anything but damage is ignored.
 *
 * Most damage shows only under the key, and the person who may restore is not always the one who can unlock.
 *
 * @returns true when nothing was known to be wrong before.
 */
export function noteDamage(paths: ProfilePaths, error: unknown, now: Date): boolean {
  const fault = asFault(error)
  if (!(fault instanceof Fault) || !Object.hasOwn(DAMAGING, fault.code)) return false
  const kind = DAMAGING[fault.code as keyof typeof DAMAGING]
  const { missing, file } = fault.params
  if (file === 'keys.json') return false // shows by itself, without a key
  const isNew = readNote(paths) === null
  const note: Note = { v: 1, kind, at: now.toISOString(), missing: typeof missing === 'number' ? missing : null }
  try {
    writeFileSafely(paths.damage, `${JSON.stringify(note)}\n`)
  } catch {
    // A disk that cannot be written: the fault itself is on its way to the person.
  }
  return isNew
}

export const forgetDamage = (paths: ProfilePaths): void => rmSync(paths.damage, { force: true })

/** What is known to be wrong with a data folder, without any key; null when nothing is. */
export function damageOf(paths: ProfilePaths): Damage | null {
  const keys = keysIn(paths)
  const database = existsSync(paths.database)
  const found = (kind: Damage['kind'], note?: Note): Damage => ({
    kind,
    at: note?.at ?? null,
    missing: note?.missing ?? null,
    // A file that is there may still hold most of what it held, and only trying tells.
    canUnlock:
      keys !== null &&
      keys !== 'damaged' &&
      officerSlots(keys).length > 0 &&
      database &&
      statSync(paths.database).size > 0,
  })
  if (keys === 'damaged') return found('key-file')
  if (keys === null) return wasDesk(paths) ? found('no-key-file') : null
  if (!database) return found('no-database')
  if (statSync(paths.database).size === 0) return found('database')
  const note = readNote(paths)
  return note && found(note.kind, note)
}

/** A database without a key file is an interrupted first run, unless a desk was at work here or a restore was cut off. */
const wasDesk = (paths: ProfilePaths): boolean =>
  (existsSync(paths.database) && existsSync(paths.head)) || existsSync(paths.restored)

function keysIn(paths: ProfilePaths): KeyFile | 'damaged' | null {
  try {
    const file = readKeyFile(paths.keys)
    return file?.slots.length === 0 ? 'damaged' : file
  } catch {
    return 'damaged'
  }
}

function readNote(paths: ProfilePaths): Note | null {
  try {
    return Note.parse(JSON.parse(readFileSync(paths.damage, 'utf8')))
  } catch {
    return null
  }
}

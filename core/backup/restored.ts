import { readFileSync, rmSync } from 'node:fs'
import * as z from 'zod'
import { RestoredNote } from '../../shared/contract/backup.ts'
import { appendAccess } from '../../db/repo/access-log.ts'
import { getLocal, setLocal } from '../../db/repo/local-setting.ts'
import type { Tx } from '../../db/open.ts'
import type { Db } from '../../db/schema.ts'
import { writeFileSafely } from '../keys/key-file.ts'
import type { ProfilePaths } from '../profile.ts'

const Told = RestoredNote.extend({ v: z.literal(1), logged: z.boolean() })
type Told = z.infer<typeof Told>

const SETTING = 'restored'

/** Leaves word of a restore for the next unlock, which alone can write into the database. */
export const leaveRestoredNote = (paths: ProfilePaths, note: RestoredNote): void =>
  writeFileSafely(paths.restored, `${JSON.stringify({ v: 1, logged: false, ...note } satisfies Told)}\n`)

export const dropRestoredNote = (paths: ProfilePaths): void => rmSync(paths.restored, { force: true })

/** What was left; without it a ledger that begins a new epoch is a copy that somebody put there by hand. */
export function takeRestoredNote(paths: ProfilePaths, now: Date): Told {
  try {
    return Told.parse(JSON.parse(readFileSync(paths.restored, 'utf8')))
  } catch {
    return {
      v: 1,
      logged: false,
      backupAt: null,
      restoredAt: now.toISOString(),
      unreported: null,
      lost: null,
      kept: null,
    }
  }
}

export const keepRestoredNote = (tx: Tx, note: Told): Promise<void> => setLocal(tx, SETTING, note)

/** What the pages show until somebody has read it. */
export async function restoredNote(db: Db): Promise<RestoredNote | null> {
  const note = await getLocal<Told>(db, SETTING)
  return note ? RestoredNote.parse(note) : null
}

export const dismissRestoredNote = (tx: Tx): Promise<void> => setLocal(tx, SETTING, null)

/** Writes the restore into the access log, once, under the name of the first who unlocks after it. */
export async function logRestore(tx: Tx, who: { at: string; byOfficer: string; byName: string }): Promise<void> {
  const note = await getLocal<Told>(tx.db, SETTING)
  if (!note || note.logged) return
  const detail = [
    `backup=${note.backupAt ?? '?'}`,
    `unreported=${note.unreported ?? '?'}`,
    `lost=${note.lost ?? '?'}`,
    note.kept ?? '',
  ]
  await appendAccess(tx, { ...who, action: 'restore', detail: detail.filter((part) => part !== '').join(' ') })
  await keepRestoredNote(tx, { ...note, logged: true })
}

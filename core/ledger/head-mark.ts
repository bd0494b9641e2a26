import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs'
import * as z from 'zod'
import type { ProfilePaths } from '../profile.ts'
import type { LedgerIdentity } from './append.ts'

const HeadMark = z.object({
  v: z.literal(1),
  scope: z.string(),
  device: z.string(),
  epoch: z.string(),
  seq: z.int().nonnegative(),
  hash: z.string(),
})
/** How far a ledger reached when its last save was confirmed; no personal data. */
export type HeadMark = z.infer<typeof HeadMark>

/** One block, always the same length, so that a write changes bytes and never the file. */
const LENGTH = 512

/** The mark beside a database; null when there is none, or one that a power cut has torn. */
export function readHeadMark(paths: ProfilePaths): HeadMark | null {
  try {
    return HeadMark.parse(JSON.parse(readFileSync(paths.head, 'utf8')))
  } catch {
    return null
  }
}

export interface HeadMarker {
  note(seq: number, hash: string): void
  close(): void
}

/**
 * Notes after every commit, outside the database, how far its ledger reaches.
 *
 * SQLite takes a write-ahead log that was cut short or damaged for one that ended earlier, and says nothing: confirmed
 * saves would be gone unseen. Not flushed to the disk, for a save is to stay quick: after a power cut the mark may be older
 * than the ledger, which proves less, and never newer, which would be a false alarm.
 *
 * Begins only beside a key file, for a first run that was cut off must not pass for a desk that lost its keys.
 */
export function createHeadMarker(paths: ProfilePaths, identity: LedgerIdentity): HeadMarker {
  let file: number | null = null
  return {
    note: (seq, hash) => {
      if (file === null && !existsSync(paths.keys)) return
      const mark: HeadMark = { v: 1, ...identity, seq, hash }
      try {
        file ??= openSync(paths.head, existsSync(paths.head) ? 'r+' : 'w+', 0o600)
        writeSync(file, `${JSON.stringify(mark).padEnd(LENGTH - 1)}\n`, 0)
      } catch {
        // The save itself is confirmed; a mark that stays behind only proves less.
      }
    },
    close: () => {
      if (file !== null) closeSync(file)
      file = null
    },
  }
}

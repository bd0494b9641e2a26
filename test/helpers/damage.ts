import { createHash } from 'node:crypto'
import { closeSync, cpSync, openSync, readdirSync, readFileSync, readSync, statSync, writeSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect } from 'vitest'
import { profilePaths } from '../../core/profile.ts'
import { openTestDesk, PASSPHRASE, startDesk, temporaryFolder, type Call } from './desk.ts'

const FIRST = { unitName: '测', unitCode: '371002101', officerName: '甲', passphrase: PASSPHRASE }

/** Flips one bit of a file, as a failing disk does. */
export function flip(file: string, offset: number): void {
  const handle = openSync(file, 'r+')
  try {
    const byte = Buffer.alloc(1)
    readSync(handle, byte, 0, 1, offset)
    writeSync(handle, Buffer.from([byte[0]! ^ 0x10]), 0, 1, offset)
  } finally {
    closeSync(handle)
  }
}

/**
 * Every file below a folder by its path, with what is in it: two of these are equal when not a byte has changed.
 *
 * The lock is left out, it belongs to whoever has the folder.
 */
export function bytesIn(folder: string): Map<string, string> {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = all.filter((entry) => entry.isFile() && !entry.name.startsWith('desk.lock'))
  return new Map(
    files.map((entry) => {
      const file = join(entry.parentPath, entry.name)
      return [relative(folder, file), createHash('sha256').update(readFileSync(file)).digest('hex')]
    }),
  )
}

/** What a killed process or a power cut leaves of an open desk: its files as they are now, the write-ahead log among them. */
export function asAfterCrash(dir: string): string {
  const copy = temporaryFolder()
  cpSync(dir, copy, { recursive: true, filter: (source) => !source.endsWith('-shm') })
  return copy
}

export const sizeOf = (file: string): number => statSync(file).size

export const saved = async (call: Call): Promise<string[]> =>
  (await call('cadre.list', {})).rows.map((row) => row.name).sort()

/** A closed desk of some pages. */
export async function aClosedDesk() {
  const { dir, desk, call, officerId } = await startDesk()
  for (let n = 0; n < 12; n += 1) await call('cadre.save', { set: { name: `试${n}`, resume: '履历'.repeat(300) } })
  await call('draft.save', { key: 'talk', content: { summary: '还没写完' } })
  const { folder } = await call('backup.make', {})
  await desk.close()
  return { ...profilePaths(dir), officerId, folder }
}

/** What a killed desk leaves: five saves that were confirmed, all of them still in the write-ahead log. */
export async function aCrashedDesk() {
  const { dir: live, desk: first, call: before, officerId } = await startDesk()
  await before('cadre.save', { set: { name: '以前' } })
  await first.close()
  const { desk, call } = await openTestDesk(live)
  await call('desk.unlock', { officerId, passphrase: PASSPHRASE })
  const { folder } = await call('backup.make', {})
  for (let n = 1; n <= 5; n += 1) await call('cadre.save', { set: { name: `试${n}` } })
  const dir = asAfterCrash(live)
  await desk.close()
  const paths = profilePaths(dir)
  return { ...paths, officerId, folder: folder.replace(live, dir), wal: `${paths.database}-wal` }
}

/** The page for a damaged desk: what is wrong, and a backup that can be had. */
export async function leadsToRecovery(call: Call, kind: string, folder: string): Promise<void> {
  expect(await call('desk.status', {})).toMatchObject({ state: 'damaged', damage: { kind } })
  expect((await call('desk.backups', {})).rows[0]).toMatchObject({ folder, state: 'whole' })
  const code = kind === 'no-key-file' ? 'profile-damaged' : 'profile-exists'
  await expect(call('desk.init', FIRST)).rejects.toMatchObject({ code })
}

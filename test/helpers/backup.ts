import { expect } from 'vitest'
import { openTestDesk, PASSPHRASE, temporaryFolder, type Call } from './desk.ts'

/** A clock that a test moves. */
export function aClock(start = '2026-11-20T01:00:00Z') {
  let time = Date.parse(start)
  return { now: () => new Date(time), pass: (hours: number) => void (time += hours * 3_600_000) }
}

export const foldersOf = async (call: Call): Promise<string[]> =>
  (await call('backup.list', {})).rows.map((row) => row.folder)

/** Opens a backup as a desk of its own and counts what is in it. */
export async function cadresIn(backup: string, officerId: string, passphrase = PASSPHRASE): Promise<number> {
  const { call, desk } = await openTestDesk(temporaryFolder())
  await call('desk.restore', { folder: backup })
  await call('desk.unlock', { officerId, passphrase })
  const { total } = await call('cadre.list', {})
  expect(await call('desk.verify', {})).toMatchObject({ ok: true })
  await desk.close()
  return total
}

import { readFileSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import * as z from 'zod'
import { PageCheck } from '../../shared/contract/backup.ts'
import { localDateOf } from '../../shared/domain/dates.ts'
import { Fault } from '../../shared/errors.ts'
import { noteDamage } from '../damage.ts'
import { writeFileSafely } from '../keys/key-file.ts'
import type { ProfilePaths } from '../profile.ts'
import { checkInBackground } from './background.ts'
import { isThere, makeBackup, ownBackups, prepareFolder, pruneBackups, type Backup, type BackupSource } from './make.ts'

const Plan = z.object({
  folder: z.string(),
  keep: z.int().positive(),
  daily: z.boolean(),
  failure: z.object({ code: z.string(), at: z.string() }).nullable(),
  check: PageCheck.nullable().default(null),
})
export type BackupPlan = z.infer<typeof Plan>

/** Where backups go and how many stay. Kept outside the database, because it is needed when that cannot be opened. */
export function backupPlan(paths: ProfilePaths): BackupPlan {
  try {
    return Plan.parse(JSON.parse(readFileSync(paths.backupPlan, 'utf8')))
  } catch {
    return { folder: paths.backups, keep: 14, daily: true, failure: null, check: null }
  }
}

/** Changes the plan as it is now: a backup takes a while, and the officer may have changed the plan meanwhile. */
export const changePlan = (paths: ProfilePaths, change: Partial<BackupPlan>): void =>
  writeFileSafely(paths.backupPlan, `${JSON.stringify({ ...backupPlan(paths), ...change }, null, 2)}\n`)

/** One backup to the planned or a given folder; the planned one keeps only so many. */
export async function backUp(source: BackupSource, version: string, now: Date, folder?: string): Promise<Backup> {
  const { paths } = source
  const plan = backupPlan(paths)
  const target = folder ?? plan.folder
  // A chosen folder that is gone is a stick that is not plugged in; it was made when it was chosen.
  if (folder !== undefined || target === paths.backups) await prepareFolder(paths, target)
  else if (!(await isThere(target))) throw new Fault('backup-unwritable', { folder: target })
  const backup = await makeBackup(source, target, version, now)
  if (target === plan.folder) {
    if (plan.failure) changePlan(paths, { failure: null })
    await prune(target, source, plan.keep)
  }
  return backup
}

/** An old backup that does not go is no reason to call the new one failed; the next one tries again. */
async function prune(folder: string, { identity }: BackupSource, keep: number): Promise<void> {
  try {
    await pruneBackups(folder, identity, keep)
  } catch {
    // Held open by a virus scanner, or made read-only by somebody.
  }
}

const FIRST_LOOK_MS = 60_000
const LOOK_EVERY_MS = 3_600_000
const CHECK_EVERY_DAYS = 7

/** Backups and checks of an open desk, one after the other. */
export interface Backups {
  make(folder?: string): Promise<Backup>
  /** Reads every page of the database and keeps the result. */
  check(): Promise<PageCheck>
  stop(): Promise<void>
}

/** Looks now and then whether today's backup is there, and makes it; never while somebody waits for a page to open. */
export function keepDailyBackups(source: BackupSource, version: string, now: () => Date, changed: () => void): Backups {
  let running: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = running.then(work, work)
    running = mine.catch(() => {})
    return mine
  }
  const look = (): void =>
    void inTurn(async () => {
      const backedUp = await backUpIfDue(source, version, now())
      const checked = await checkIfDue(source, now())
      if (backedUp || checked) changed()
    }).catch(() => {}) // what failed is stored where it can be; the next look tries again
  const first = setTimeout(look, FIRST_LOOK_MS).unref()
  const hourly = setInterval(look, LOOK_EVERY_MS).unref()
  return {
    make: (folder) => inTurn(() => backUp(source, version, now(), folder)),
    check: () => inTurn(() => check(source, now())),
    stop: async () => {
      clearTimeout(first)
      clearInterval(hourly)
      await running
    },
  }
}

/** Today's backup, unless there is one already; what fails is kept to be shown, not thrown at nobody. */
export async function backUpIfDue(source: BackupSource, version: string, now: Date): Promise<boolean> {
  const { paths, identity } = source
  const plan = backupPlan(paths)
  if (!plan.daily) return false
  const today = localDateOf(now)
  if ((await ownBackups(plan.folder, identity)).some(({ manifest }) => manifest.at.startsWith(today))) return false
  try {
    await backUp(source, version, now)
  } catch (error) {
    noteDamage(paths, error, now)
    changePlan(paths, { failure: { code: error instanceof Fault ? error.code : 'unexpected', at: now.toISOString() } })
  }
  return true
}

/** The weekly check, when it is due. */
export async function checkIfDue(source: BackupSource, now: Date): Promise<boolean> {
  const last = backupPlan(source.paths).check
  const days = last === null ? Infinity : Math.abs(now.getTime() - Date.parse(last.at)) / 86_400_000
  if (days < CHECK_EVERY_DAYS) return false
  await check(source, now)
  return true
}

async function check({ paths, dataKey }: BackupSource, now: Date): Promise<PageCheck> {
  const at = now.toISOString()
  try {
    await checkInBackground(paths.database, dataKey)
    changePlan(paths, { check: { at, ok: true } })
    return { at, ok: true }
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'profile-damaged') throw error
    noteDamage(paths, error, now)
    changePlan(paths, { check: { at, ok: false } })
    return { at, ok: false }
  }
}

/** Whether a folder is there, and whether one broken disk would take the data and its backups together. */
export async function placeOf(
  paths: ProfilePaths,
  folder: string,
): Promise<{ reachable: boolean; sameDisk: boolean | null }> {
  // The folder beside the data is made with the first backup.
  if (folder === paths.backups && !(await isThere(folder))) return { reachable: true, sameDisk: true }
  try {
    await readdir(folder)
    const [there, here] = await Promise.all([stat(folder), stat(paths.dir)])
    return { reachable: true, sameDisk: there.dev === here.dev }
  } catch {
    return { reachable: false, sameDisk: null }
  }
}

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { localDateOf } from '../../shared/domain/dates.ts'
import { Fault } from '../../shared/errors.ts'
import { writeFileSafely } from '../keys/key-file.ts'
import type { ProfilePaths } from '../profile.ts'
import { backupsIn, makeBackup, pruneBackups, type Backup, type BackupSource } from './make.ts'

const Plan = z.object({
  folder: z.string(),
  keep: z.int(),
  daily: z.boolean(),
  failure: z.object({ code: z.string(), at: z.string() }).nullable(),
})
export type BackupPlan = z.infer<typeof Plan>

const planFile = (paths: ProfilePaths): string => join(paths.dir, 'backup.json')

/** Where backups go and how many stay. Kept outside the database, because it is needed when that cannot be opened. */
export function backupPlan(paths: ProfilePaths): BackupPlan {
  const initial = { folder: join(paths.dir, 'backup'), keep: 14, daily: true, failure: null }
  if (!existsSync(planFile(paths))) return initial
  const parsed = Plan.safeParse(JSON.parse(readFileSync(planFile(paths), 'utf8')))
  return parsed.success ? parsed.data : initial
}

export const saveBackupPlan = (paths: ProfilePaths, plan: BackupPlan): void =>
  writeFileSafely(planFile(paths), `${JSON.stringify(plan, null, 2)}\n`)

/** One backup to the planned or a given folder; the planned one keeps only so many. */
export async function backUp(workspace: BackupSource, version: string, now: Date, folder?: string): Promise<Backup> {
  const plan = backupPlan(workspace.paths)
  const backup = await makeBackup(workspace, folder ?? plan.folder, version, now)
  if (folder === undefined) {
    pruneBackups(plan.folder, workspace.identity.scope, plan.keep)
    if (plan.failure) saveBackupPlan(workspace.paths, { ...plan, failure: null })
  }
  return backup
}

const FIRST_LOOK_MS = 60_000
const LOOK_EVERY_MS = 3_600_000

/** Looks now and then whether today's backup is there, and makes it; never while somebody waits for a page to open. */
export function keepDailyBackups(workspace: BackupSource, version: string, now: () => Date): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve()
  const look = (): void => {
    running = running.then(() => backUpIfDue(workspace, version, now()))
  }
  const first = setTimeout(look, FIRST_LOOK_MS).unref()
  const hourly = setInterval(look, LOOK_EVERY_MS).unref()
  return {
    stop: async () => {
      clearTimeout(first)
      clearInterval(hourly)
      await running
    },
  }
}

/** Today's backup, unless there is one already; what fails is kept to be shown, not thrown at nobody. */
export async function backUpIfDue(workspace: BackupSource, version: string, now: Date): Promise<void> {
  const plan = backupPlan(workspace.paths)
  const today = localDateOf(now)
  const done = backupsIn(plan.folder).some((b) => b.manifest.scope === workspace.identity.scope && b.manifest.at.startsWith(today))
  if (!plan.daily || done) return
  try {
    await backUp(workspace, version, now)
  } catch (error) {
    const code = error instanceof Fault ? error.code : 'unexpected'
    saveBackupPlan(workspace.paths, { ...plan, failure: { code, at: now.toISOString() } })
  }
}

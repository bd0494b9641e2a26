import { isAbsolute } from 'node:path'
import type { BackupRow } from '../../shared/contract/backup.ts'
import { Fault } from '../../shared/errors.ts'
import { readHeadMark } from '../ledger/head-mark.ts'
import type { ProfilePaths } from '../profile.ts'
import { backupAt, backupsIn, newestFirst, type Backup } from './make.ts'
import { provedManifest } from './manifest.ts'
import { savedSince } from './restore.ts'
import { backupPlan } from './schedule.ts'

/** A backup as pages and the command line see it. */
export const backupRow = (
  paths: ProfilePaths,
  { folder, manifest, bytes }: Backup,
  state: BackupRow['state'] = 'unchecked',
): BackupRow => ({
  folder,
  scope: manifest.scope,
  at: manifest.at,
  bytes,
  ops: manifest.ops,
  unreported: manifest.unreported,
  since: savedSince(paths, manifest),
  state,
})

/**
 * Backups for a desk that cannot be opened, newest first: of this PC's own folders, or of a folder that is named.
 *
 * Read through from the newest on until one proves whole, so that what is offered first can be restored; the rest is read
 * when it is chosen.
 */
export async function findBackups(paths: ProfilePaths, folder?: string): Promise<BackupRow[]> {
  const rows: BackupRow[] = []
  let found = false
  for (const backup of await (folder === undefined ? ownFolders(paths) : named(folder))) {
    const state: BackupRow['state'] = found ? 'unchecked' : await stateOf(backup)
    found ||= state === 'whole'
    rows.push(backupRow(paths, backup, state))
  }
  return rows
}

/** The planned folder and the one beside the data, where they were before another was chosen; of this township alone. */
async function ownFolders(paths: ProfilePaths): Promise<Backup[]> {
  const folders = [...new Set([backupPlan(paths).folder, paths.backups])]
  const all = (await Promise.all(folders.map((one) => backupsIn(one)))).flat()
  const own = readHeadMark(paths)
  return all.filter(({ manifest }) => own === null || manifest.scope === own.scope).sort(newestFirst)
}

async function named(folder: string): Promise<Backup[]> {
  if (!isAbsolute(folder)) throw new Fault('backup-missing', { folder })
  const itself = await backupAt(folder)
  const all = itself ? [itself] : await backupsIn(folder)
  if (all.length === 0) throw new Fault('backup-missing', { folder })
  return all
}

async function stateOf(backup: Backup): Promise<'whole' | 'damaged'> {
  try {
    await provedManifest(backup.folder)
    return 'whole'
  } catch {
    return 'damaged'
  }
}

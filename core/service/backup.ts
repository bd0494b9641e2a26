import { isAbsolute } from 'node:path'
import { Fault } from '../../shared/errors.ts'
import { appendAccess } from '../../db/repo/access-log.ts'
import { backupsIn, type Backup } from '../backup/make.ts'
import { backUp, backupPlan, saveBackupPlan } from '../backup/schedule.ts'
import type { HandlersOf } from '../handler.ts'

export const backupService: HandlersOf<'backup'> = {
  'backup.list': async ({ workspace }) => {
    const plan = backupPlan(workspace.paths)
    const own = backupsIn(plan.folder).filter((backup) => backup.manifest.scope === workspace.identity.scope)
    return { ...plan, rows: own.map(backupRow) }
  },
  'backup.make': async ({ workspace, version, now, actor, transact }, { folder }) => {
    if (folder !== undefined) refuseRelative(folder)
    const backup = await backUp(workspace, version, now(), folder)
    await transact(({ tx, at }) =>
      appendAccess(tx, { at, byOfficer: actor.id, byName: actor.name, action: 'backup', detail: backup.folder }),
    )
    return backupRow(backup)
  },
  'backup.schedule': async ({ workspace }, { folder, keep, daily }) => {
    if (folder !== null) refuseRelative(folder)
    const plan = backupPlan(workspace.paths)
    saveBackupPlan(workspace.paths, { folder: folder ?? `${workspace.paths.dir}/backup`, keep, daily, failure: plan.failure })
    return {}
  },
}

/** A path without a root would mean another folder at every start. */
function refuseRelative(folder: string): void {
  if (!isAbsolute(folder)) throw new Fault('backup-unwritable', { folder })
}

/** A backup as pages and the command line see it. */
export const backupRow = ({ folder, manifest, bytes }: Backup) => ({
  folder,
  at: manifest.at,
  bytes,
  ops: manifest.ops,
  unreported: manifest.unreported,
})

import { isAbsolute } from 'node:path'
import { Fault } from '../../shared/errors.ts'
import { appendAccess } from '../../db/repo/access-log.ts'
import { ownBackups, prepareFolder } from '../backup/make.ts'
import { dismissRestoredNote, restoredNote } from '../backup/restored.ts'
import { backupRow } from '../backup/row.ts'
import { backupPlan, changePlan, placeOf } from '../backup/schedule.ts'
import type { HandlersOf } from '../handler.ts'

export const backupService: HandlersOf<'backup'> = {
  'backup.list': async ({ workspace: { paths, identity } }) => {
    const plan = backupPlan(paths)
    const [own, place] = await Promise.all([ownBackups(plan.folder, identity), placeOf(paths, plan.folder)])
    return { ...plan, ...place, rows: own.map((backup) => backupRow(paths, backup)) }
  },
  'backup.make': async ({ workspace, actor, transact }, { folder }) => {
    if (folder !== undefined) refuseRelative(folder)
    const backup = await workspace.backups.make(folder)
    await transact(({ tx, at }) =>
      appendAccess(tx, { at, byOfficer: actor.id, byName: actor.name, action: 'backup', detail: backup.folder }),
    )
    return backupRow(workspace.paths, backup, 'whole')
  },
  'backup.schedule': async ({ workspace: { paths } }, { folder, keep, daily }) => {
    if (folder !== null) refuseRelative(folder)
    const target = folder ?? paths.backups
    await prepareFolder(paths, target)
    const { folder: before, failure } = backupPlan(paths)
    changePlan(paths, { folder: target, keep, daily, failure: target === before ? failure : null })
    return {}
  },
  'backup.check': ({ workspace }) => workspace.backups.check(),
  'backup.restored': async ({ db }) => ({ note: await restoredNote(db) }),
  'backup.dismissRestored': async ({ tx }) => {
    await dismissRestoredNote(tx)
    return {}
  },
}

/** A path without a root would mean another folder at every start. */
function refuseRelative(folder: string): void {
  if (!isAbsolute(folder)) throw new Fault('backup-unwritable', { folder })
}

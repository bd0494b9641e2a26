import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { asFault } from '../../db/errors.ts'
import { flushFile, inspectCopy } from '../../db/copy.ts'
import { localInstantOf } from '../../shared/domain/dates.ts'
import { Fault } from '../../shared/errors.ts'
import type { Workspace } from '../workspace.ts'
import { BACKUP_FILES, entryOf, MANIFEST, readManifest, type Manifest } from './manifest.ts'

/** What a backup needs of an open desk. */
export type BackupSource = Pick<Workspace, 'store' | 'paths' | 'identity' | 'dataKey'>

export interface Backup {
  readonly folder: string
  readonly manifest: Manifest
  readonly bytes: number
}

/**
 * Makes one backup: a consistent encrypted copy, the key file and a manifest, verified by opening it.
 *
 * Written under another name and renamed when it is whole, so that what looks like a backup is one. Screens stay alive: the
 * copy is taken on the read-only connection.
 */
export async function makeBackup(workspace: BackupSource, parent: string, version: string, now: Date): Promise<Backup> {
  const stamp = localInstantOf(now).slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
  const folder = join(parent, `backup-${workspace.identity.scope}-${stamp}`)
  const draft = `${folder}.partial`
  try {
    rmSync(draft, { recursive: true, force: true })
    mkdirSync(draft, { recursive: true, mode: 0o700 })
    workspace.store.copyTo(join(draft, 'desk.db'))
    copyFileSync(workspace.paths.keys, join(draft, 'keys.json'))
    for (const name of BACKUP_FILES) flushFile(join(draft, name))
    const facts = inspectCopy(join(draft, 'desk.db'), workspace.dataKey)
    const files = await Promise.all(BACKUP_FILES.map((name) => entryOf(draft, name)))
    const { scope, device, epoch } = workspace.identity
    const manifest: Manifest = { v: 1, app: version, scope, device, epoch, at: localInstantOf(now), ...facts, files }
    writeFileSync(join(draft, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`)
    flushFile(join(draft, MANIFEST))
    renameSync(draft, folder)
    return { folder, manifest, bytes: files.reduce((sum, file) => sum + file.bytes, 0) }
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    throw writingFault(error, parent)
  }
}

function writingFault(error: unknown, folder: string): unknown {
  const code = String((error as { code?: unknown }).code)
  if (code === 'ENOSPC') return new Fault('disk-full', {}, { cause: error })
  if (/^(EACCES|EPERM|EROFS|ENOENT|ENOTDIR)$/.test(code)) return new Fault('backup-unwritable', { folder }, { cause: error })
  return asFault(error)
}

/** The backups in a folder, newest first. */
export function backupsIn(parent: string): Backup[] {
  if (!existsSync(parent)) return []
  const found: Backup[] = []
  for (const name of readdirSync(parent)) {
    const folder = join(parent, name)
    const manifest = name.startsWith('backup-') && statSync(folder).isDirectory() ? readManifest(folder) : null
    if (manifest) found.push({ folder, manifest, bytes: manifest.files.reduce((sum, file) => sum + file.bytes, 0) })
  }
  return found.sort((a, b) => b.manifest.at.localeCompare(a.manifest.at))
}

/** Keeps the newest `keep` backups of a township in a folder; only whole ones that we made count and go. */
export function pruneBackups(parent: string, scope: string, keep: number): void {
  const own = backupsIn(parent).filter((backup) => backup.manifest.scope === scope)
  for (const old of own.slice(keep)) rmSync(old.folder, { recursive: true, force: true })
}

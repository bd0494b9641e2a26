import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { flushFile, flushFolder, type CopyFacts } from '../../db/copy.ts'
import { asFault } from '../../db/errors.ts'
import { localInstantOf } from '../../shared/domain/dates.ts'
import { Fault } from '../../shared/errors.ts'
import { readKeyFile } from '../keys/key-file.ts'
import type { LedgerIdentity } from '../ledger/append.ts'
import type { ProfilePaths } from '../profile.ts'
import type { Workspace } from '../workspace.ts'
import { BACKUP_FILES, entryOf, MANIFEST, readManifest, type Manifest } from './manifest.ts'
import { copyInBackground } from './background.ts'

/** What a backup needs of an open desk. */
export type BackupSource = Pick<Workspace, 'paths' | 'identity' | 'dataKey'>

export interface Backup {
  readonly folder: string
  readonly manifest: Manifest
  readonly bytes: number
}

/**
 * Makes one backup: a consistent encrypted copy, the key file and a manifest, verified by opening it.
 *
 * Written under another name and renamed when it is whole, so that what looks like a backup is one. The copy is taken on a
 * connection and a thread of its own, from the last commit: screens stay alive, and an import under way is not in it.
 */
export async function makeBackup(source: BackupSource, parent: string, version: string, now: Date): Promise<Backup> {
  let draft: string | null = null
  try {
    sweepDrafts(parent, source.identity.device)
    const folder = unusedFolder(parent, source.identity.scope, now)
    draft = `${folder}${draftSuffix(source.identity.device)}`
    mkdirSync(draft, { mode: 0o700 })
    const manifest = await fill(draft, source, version, now)
    renameSync(draft, folder)
    flushFolder(parent)
    return { folder, manifest, bytes: bytesOf(manifest) }
  } catch (error) {
    if (draft !== null) rmSync(draft, { recursive: true, force: true })
    throw writingFault(error, parent)
  }
}

async function fill(draft: string, { paths, identity, dataKey }: BackupSource, version: string, now: Date): Promise<Manifest> {
  // Asked first: what the page would say of a missing or damaged key file is more than a failed copy would.
  if ((readKeyFile(paths.keys)?.slots.length ?? 0) === 0) throw new Fault('profile-damaged', { file: 'keys.json' })
  const facts: CopyFacts = await copyInBackground(paths.database, join(draft, 'desk.db'), dataKey)
  copyFileSync(paths.keys, join(draft, 'keys.json'))
  for (const name of BACKUP_FILES) flushFile(join(draft, name))
  const files = await Promise.all(BACKUP_FILES.map((name) => entryOf(draft, name)))
  const { scope, device, epoch } = identity
  const manifest: Manifest = { v: 1, app: version, scope, device, epoch, at: localInstantOf(now), ...facts, files }
  writeFileSync(join(draft, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`)
  flushFile(join(draft, MANIFEST))
  return manifest
}

/** `backup-371002101-20261120-091403`; a second one in the same second, or of another PC, gets a number. */
function unusedFolder(parent: string, scope: string, now: Date): string {
  const stamp = localInstantOf(now).slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
  const name = join(parent, `backup-${scope}-${stamp}`)
  for (let n = 1; ; n += 1) {
    const candidate = n === 1 ? name : `${name}-${n}`
    if (!existsSync(candidate)) return candidate
  }
}

const draftSuffix = (device: string): string => `.${device}.partial`

/** What a backup that was cut off has left. Ours alone: another PC may be writing into the same folder. */
function sweepDrafts(parent: string, device: string): void {
  for (const name of readdirSync(parent)) {
    if (name.startsWith('backup-') && name.endsWith(draftSuffix(device))) rmSync(join(parent, name), { recursive: true, force: true })
  }
}

function writingFault(error: unknown, folder: string): unknown {
  const code = String((error as { code?: unknown }).code)
  if (/^(ENOSPC|EDQUOT)$/.test(code)) return new Fault('disk-full', {}, { cause: error })
  if (/^(EACCES|EPERM|EROFS|ENOENT|ENOTDIR|EIO|EEXIST)$/.test(code)) return new Fault('backup-unwritable', { folder }, { cause: error })
  const fault = asFault(error)
  // The database is open and fine, so what could not be written is the copy.
  if (fault instanceof Fault && fault.code === 'profile-unwritable') return new Fault('backup-unwritable', { folder }, { cause: error })
  return fault
}

/** The backup a folder holds, or null. Nothing is read but its manifest. */
export function backupAt(folder: string): Backup | null {
  const manifest = readManifest(folder)
  return manifest && { folder, manifest, bytes: bytesOf(manifest) }
}

const bytesOf = (manifest: Manifest): number => manifest.files.reduce((sum, file) => sum + file.bytes, 0)

/** The backups in a folder, newest first; none in one that is not there or cannot be read. */
export function backupsIn(parent: string): Backup[] {
  const found: Backup[] = []
  for (const name of namesIn(parent)) {
    const backup = name.startsWith('backup-') && !name.endsWith('.partial') ? backupAt(join(parent, name)) : null
    if (backup) found.push(backup)
  }
  return found.sort((a, b) => Date.parse(b.manifest.at) - Date.parse(a.manifest.at) || b.folder.localeCompare(a.folder))
}

function namesIn(parent: string): string[] {
  try {
    return readdirSync(parent)
  } catch {
    return []
  }
}

/** Backups of this PC's own ledger. A stick may hold those of other townships, or of the township's other PC. */
export const ownBackups = (parent: string, { scope, device }: Pick<LedgerIdentity, 'scope' | 'device'>): Backup[] =>
  backupsIn(parent).filter(({ manifest }) => manifest.scope === scope && manifest.device === device)

/** Keeps this PC's newest `keep` backups in a folder; only whole ones that we made count and go. */
export function pruneBackups(parent: string, identity: LedgerIdentity, keep: number): void {
  for (const old of ownBackups(parent, identity).slice(keep)) rmSync(old.folder, { recursive: true, force: true })
}

/** Makes a folder ready to take backups: the one beside the data whole, a chosen one below a folder that is there. */
export function prepareFolder(paths: ProfilePaths, folder: string): void {
  try {
    // A path through a stick that is not plugged in must not be made on the disk under its mount point.
    if (!existsSync(folder)) mkdirSync(folder, { recursive: folder === paths.backups, mode: 0o700 })
    if (!statSync(folder).isDirectory()) throw new Fault('backup-unwritable', { folder })
  } catch (error) {
    throw writingFault(error, folder)
  }
}

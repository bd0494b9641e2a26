import { copyFile, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { flushFile, flushFolder, type CopyFacts } from '../../db/copy.ts'
import { asFault } from '../../db/errors.ts'
import { localInstantOf } from '../../shared/domain/dates.ts'
import { Fault } from '../../shared/errors.ts'
import { readKeyFile } from '../keys/key-file.ts'
import type { LedgerIdentity } from '../ledger/append.ts'
import type { ProfilePaths } from '../profile.ts'
import type { Workspace } from '../workspace.ts'
import { copyInBackground } from './background.ts'
import { BACKUP_FILES, entryOf, MANIFEST, readManifest, type Manifest } from './manifest.ts'

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
 * Written under another name and renamed when it is whole, so that what looks like a backup is one. The copy is taken from
 * the last commit, on a connection and a thread of its own, and nothing here waits for a slow stick or a share that does
 * not answer: screens stay alive, and an import under way is not in it.
 */
export async function makeBackup(source: BackupSource, parent: string, version: string, now: Date): Promise<Backup> {
  let draft: string | null = null
  try {
    await sweepDrafts(parent, source.identity.device)
    const folder = await unusedFolder(parent, source.identity.scope, now)
    draft = `${folder}${draftSuffix(source.identity.device)}`
    await mkdir(draft, { mode: 0o700 })
    const manifest = await fill(draft, source, version, now)
    await rename(draft, folder)
    await flushFolder(parent)
    return { folder, manifest, bytes: bytesOf(manifest) }
  } catch (error) {
    if (draft !== null) await rm(draft, { recursive: true, force: true })
    throw writingFault(error, parent)
  }
}

async function fill(draft: string, source: BackupSource, version: string, now: Date): Promise<Manifest> {
  const { paths, identity, dataKey } = source
  // Asked first: what the page would say of a missing or damaged key file is more than a failed copy would.
  if ((readKeyFile(paths.keys)?.slots.length ?? 0) === 0) throw new Fault('profile-damaged', { file: 'keys.json' })
  const facts: CopyFacts = await copyInBackground(paths.database, join(draft, 'desk.db'), dataKey)
  await copyFile(paths.keys, join(draft, 'keys.json'))
  for (const name of BACKUP_FILES) await flushFile(join(draft, name))
  const files = await Promise.all(BACKUP_FILES.map((name) => entryOf(draft, name)))
  const { scope, device, epoch } = identity
  const manifest: Manifest = { v: 1, app: version, scope, device, epoch, at: localInstantOf(now), ...facts, files }
  await writeFile(join(draft, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`)
  await flushFile(join(draft, MANIFEST))
  return manifest
}

/** `backup-371002101-20261120-091403`; a second one in the same second, or of another PC, gets a number. */
async function unusedFolder(parent: string, scope: string, now: Date): Promise<string> {
  const stamp = localInstantOf(now).slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
  const name = join(parent, `backup-${scope}-${stamp}`)
  for (let n = 1; ; n += 1) {
    const candidate = n === 1 ? name : `${name}-${n}`
    if (!(await isThere(candidate))) return candidate
  }
}

export const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

const draftSuffix = (device: string): string => `.${device}.partial`

/** What a backup that was cut off has left. Ours alone: another PC may be writing into the same folder. */
async function sweepDrafts(parent: string, device: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const left = name.startsWith('backup-') && name.endsWith(draftSuffix(device))
    if (left) await rm(join(parent, name), { recursive: true, force: true })
  }
}

const NO_PLACE = /^(EACCES|EPERM|EROFS|ENOENT|ENOTDIR|EIO|EEXIST|ENODEV|ENXIO|EBUSY|ETIMEDOUT|EHOSTDOWN|EHOSTUNREACH)$/

function writingFault(error: unknown, folder: string): unknown {
  const code = String((error as { code?: unknown }).code)
  if (/^(ENOSPC|EDQUOT)$/.test(code)) return new Fault('disk-full', {}, { cause: error })
  if (NO_PLACE.test(code)) return new Fault('backup-unwritable', { folder }, { cause: error })
  const fault = asFault(error)
  // The database is open and fine, so what could not be written is the copy.
  if (fault instanceof Fault && fault.code === 'profile-unwritable')
    return new Fault('backup-unwritable', { folder }, { cause: error })
  return fault
}

/** The backup a folder holds, or null. Nothing is read but its manifest. */
export async function backupAt(folder: string): Promise<Backup | null> {
  const manifest = await readManifest(folder)
  return manifest && { folder, manifest, bytes: bytesOf(manifest) }
}

const bytesOf = (manifest: Manifest): number => manifest.files.reduce((sum, file) => sum + file.bytes, 0)

/** The backups in a folder, newest first; none in one that is not there or cannot be read. */
export async function backupsIn(parent: string): Promise<Backup[]> {
  const names = await readdir(parent).catch((): string[] => [])
  const ours = names.filter((name) => name.startsWith('backup-') && !name.endsWith('.partial'))
  const found = await Promise.all(ours.map((name) => backupAt(join(parent, name))))
  return found.filter((backup) => backup !== null).sort(newestFirst)
}

export const newestFirst = (a: Backup, b: Backup): number =>
  Date.parse(b.manifest.at) - Date.parse(a.manifest.at) || b.folder.localeCompare(a.folder)

/** Backups of this PC's own ledger. A stick may hold those of other townships, or of the township's other PC. */
export async function ownBackups(
  parent: string,
  identity: Pick<LedgerIdentity, 'scope' | 'device'>,
): Promise<Backup[]> {
  const { scope, device } = identity
  return (await backupsIn(parent)).filter(({ manifest }) => manifest.scope === scope && manifest.device === device)
}

/** Keeps this PC's newest `keep` backups in a folder; only whole ones that we made count and go. */
export async function pruneBackups(parent: string, identity: LedgerIdentity, keep: number): Promise<void> {
  for (const old of (await ownBackups(parent, identity)).slice(keep))
    await rm(old.folder, { recursive: true, force: true })
}

/** Makes a folder ready to take backups: the one beside the data whole, a chosen one below a folder that is there. */
export async function prepareFolder(paths: ProfilePaths, folder: string): Promise<void> {
  try {
    // A path through a stick that is not plugged in must not be made on the disk under its mount point.
    if (!(await isThere(folder))) await mkdir(folder, { recursive: folder === paths.backups, mode: 0o700 })
    if (!(await stat(folder)).isDirectory()) throw new Fault('backup-unwritable', { folder })
  } catch (error) {
    throw writingFault(error, folder)
  }
}

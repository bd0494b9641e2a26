import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import * as z from 'zod'
import { Fault } from '../../shared/errors.ts'
import { readKeyFile } from '../keys/key-file.ts'

const FileEntry = z.object({
  name: z.enum(['desk.db', 'keys.json']),
  bytes: z.int().nonnegative(),
  sha256: z.string().length(64),
})

/** What a backup folder says of itself; no personal data. */
export const Manifest = z.object({
  v: z.literal(1),
  app: z.string(),
  scope: z.string(),
  device: z.string(),
  epoch: z.string(),
  /** Moment of the copy, with offset. */
  at: z.iso.datetime({ offset: true }),
  ops: z.int().nonnegative(),
  unreported: z.int().nonnegative(),
  head: z.string().nullable(),
  files: z.array(FileEntry),
})
export type Manifest = z.infer<typeof Manifest>

export const MANIFEST = 'manifest.json'
/** Ours has less than one; a stick may hold anything under that name. */
const MOST_BYTES = 65_536
export const BACKUP_FILES = ['desk.db', 'keys.json'] as const

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

export async function entryOf(folder: string, name: (typeof BACKUP_FILES)[number]): Promise<Manifest['files'][number]> {
  const file = join(folder, name)
  return { name, bytes: (await stat(file)).size, sha256: await sha256Of(file) }
}

/** The manifest of a folder, or null when it is not a backup. */
export async function readManifest(folder: string): Promise<Manifest | null> {
  const file = join(folder, MANIFEST)
  try {
    if ((await stat(file)).size > MOST_BYTES) return null
    return Manifest.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return null // a folder with somebody else's manifest.json is not one of ours
  }
}

/** The manifest of a folder whose files are all there and unchanged; `backup-missing` or `backup-damaged`. */
export async function provedManifest(folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder)
  if (!manifest) throw await noManifest(folder)
  // Every file by name: a list that leaves one out would leave it unproved.
  for (const name of BACKUP_FILES) {
    const entry = manifest.files.find((one) => one.name === name)
    if (!entry || !(await isWhole(folder, entry))) throw new Fault('backup-damaged', { file: name })
  }
  assertKeyFile(folder)
  return manifest
}

/** Without a readable manifest it is either no backup at all or what is left of one. */
async function noManifest(folder: string): Promise<Fault> {
  const remains = await Promise.all([MANIFEST, ...BACKUP_FILES].map((name) => access(join(folder, name)))).then(
    () => true,
    () => false,
  )
  return remains ? new Fault('backup-damaged', { file: MANIFEST }) : new Fault('backup-missing', { folder })
}

async function isWhole(folder: string, entry: Manifest['files'][number]): Promise<boolean> {
  const file = join(folder, entry.name)
  try {
    return (await stat(file)).size === entry.bytes && (await sha256Of(file)) === entry.sha256
  } catch {
    return false // gone, or on a disk that cannot be read there
  }
}

/** A copy without a key to it is worth nothing, so a key file that opens for nobody makes no backup. */
export function assertKeyFile(folder: string): void {
  const fault = new Fault('backup-damaged', { file: 'keys.json' })
  try {
    if ((readKeyFile(join(folder, 'keys.json'))?.slots.length ?? 0) > 0) return
  } catch (error) {
    throw new Fault(fault.code, fault.params, { cause: error })
  }
  throw fault
}

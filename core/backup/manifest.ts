import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import * as z from 'zod'
import { Fault } from '../../shared/errors.ts'

const FileEntry = z.object({ name: z.enum(['desk.db', 'keys.json']), bytes: z.int().nonnegative(), sha256: z.string().length(64) })

/** What a backup folder says of itself; no personal data. */
export const Manifest = z.object({
  v: z.literal(1),
  app: z.string(),
  scope: z.string(),
  device: z.string(),
  epoch: z.string(),
  /** Moment of the copy, with offset. */
  at: z.string(),
  ops: z.int(),
  unreported: z.int(),
  head: z.string().nullable(),
  files: z.array(FileEntry),
})
export type Manifest = z.infer<typeof Manifest>

export const MANIFEST = 'manifest.json'
export const BACKUP_FILES = ['desk.db', 'keys.json'] as const

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

export async function entryOf(folder: string, name: (typeof BACKUP_FILES)[number]): Promise<Manifest['files'][number]> {
  const file = join(folder, name)
  return { name, bytes: statSync(file).size, sha256: await sha256Of(file) }
}

/** The manifest of a folder, or null when it is not a backup. */
export function readManifest(folder: string): Manifest | null {
  const file = join(folder, MANIFEST)
  if (!existsSync(file)) return null
  try {
    return Manifest.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null // a folder with somebody else's manifest.json is not one of ours
  }
}

/** The manifest of a folder whose files are all there and unchanged; `not-found` or `backup-damaged`. */
export async function provedManifest(folder: string): Promise<Manifest> {
  const manifest = readManifest(folder)
  if (!manifest) throw new Fault('backup-missing', { folder })
  for (const entry of manifest.files) {
    const file = join(folder, entry.name)
    const whole = existsSync(file) && statSync(file).size === entry.bytes && (await sha256Of(file)) === entry.sha256
    if (!whole) throw new Fault('backup-damaged', { file: entry.name })
  }
  return manifest
}

import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, cpSync, existsSync, mkdirSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** A small Windows program that a tool of electron-builder brings along. */
const WINDOWS_PROGRAM = join(ROOT, 'node_modules/electron-winstaller/vendor/rcedit.exe')

/** Electron's fuses in the order of its programs; `1` is on. */
export const FUSES = [
  'RunAsNode',
  'EnableCookieEncryption',
  'EnableNodeOptionsEnvironmentVariable',
  'EnableNodeCliInspectArguments',
  'EnableEmbeddedAsarIntegrityValidation',
  'OnlyLoadAppFromAsar',
  'LoadBrowserProcessSpecificV8Snapshot',
  'GrantFileProtocolExtraPrivileges',
] as const
const SENTINEL = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX')
/** As Electron delivers them. */
const DELIVERED = '10110001'

/** A folder that passes for Electron's runtime to electron-builder. Its programs hold the fuses and do nothing. */
export function standInRuntime(dir: string): void {
  mkdirSync(join(dir, 'locales'), { recursive: true })
  const wire = Buffer.concat([SENTINEL, Buffer.from([1, DELIVERED.length]), Buffer.from(DELIVERED)])
  writeFileSync(join(dir, 'electron'), Buffer.concat([Buffer.from('#!/bin/false\n'), wire]), { mode: 0o755 })
  writeFileSync(join(dir, 'electron.exe'), Buffer.concat([readFileSync(WINDOWS_PROGRAM), wire]))
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'locales/zh-CN.pak', 'locales/en-US.pak', 'locales/de.pak'])
    writeFileSync(join(dir, name), '')
}

/** The fuses of a program, by name. */
export function fusesOf(program: string): Record<string, boolean> {
  const content = readFileSync(program)
  const at = content.indexOf(SENTINEL)
  if (at === -1) throw new Error(`${program} has no fuses`)
  const count = content[at + SENTINEL.length + 1] ?? 0
  const states = content.toString('latin1', at + SENTINEL.length + 2, at + SENTINEL.length + 2 + count)
  return Object.fromEntries(FUSES.map((name, index) => [name, states[index] === '1']))
}

/** Runs electron-builder as `npm run dist` does, without building first; throws what it said when it fails. */
export async function packageWith(args: readonly string[]): Promise<void> {
  const cli = join(ROOT, 'node_modules/electron-builder/cli.js')
  const all = [cli, '--config', join(ROOT, 'build/electron-builder.ts'), '--publish', 'never', ...args]
  const env = { ...process.env, LC_ALL: 'C.UTF-8', ELECTRON_BUILDER_OFFLINE: 'true' }
  const child = spawn(process.execPath, all, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`electron-builder ended with ${code}: ${said}`)
}

interface Entry {
  readonly files?: Readonly<Record<string, Entry>>
  readonly size?: number
  readonly offset?: string
  readonly unpacked?: boolean
  readonly integrity?: { readonly algorithm: string; readonly hash: string }
}

export interface Archive {
  /** Path → what the archive's head says of the file. */
  readonly files: ReadonlyMap<string, Entry>
  /** SHA-256 of the head, which Electron compares with what is written in the program. */
  readonly headHash: string
  readonly content: (path: string) => Buffer
  /** Writes everything to a folder, what lies beside the archive included. */
  readonly extract: (dir: string) => void
}

/** Reads an .asar: a head in JSON with its length before it, then the files one after the other. */
export function readArchive(file: string): Archive {
  const prefix = bytesOf(file, 0, 16)
  const head = bytesOf(file, 16, prefix.readUInt32LE(12)).toString('utf8')
  const start = 8 + prefix.readUInt32LE(4)
  const files = new Map<string, Entry>()
  const collect = (entry: Entry, path: string): void => {
    for (const [name, inner] of Object.entries(entry.files ?? {})) {
      const full = path === '' ? name : `${path}/${name}`
      if (inner.files === undefined) files.set(full, inner)
      else collect(inner, full)
    }
  }
  collect(JSON.parse(head) as Entry, '')
  const content = (path: string): Buffer => {
    const entry = files.get(path)
    if (entry === undefined) throw new Error(`${path} is not in the archive`)
    if (entry.unpacked) return readFileSync(join(`${file}.unpacked`, path))
    return bytesOf(file, start + Number(entry.offset), entry.size ?? 0)
  }
  return {
    files,
    headHash: createHash('sha256').update(head).digest('hex'),
    content,
    extract: (dir) => {
      for (const path of files.keys()) {
        mkdirSync(dirname(join(dir, path)), { recursive: true })
        writeFileSync(join(dir, path), content(path))
      }
      if (existsSync(`${file}.unpacked`)) cpSync(`${file}.unpacked`, dir, { recursive: true })
    },
  }
}

function bytesOf(file: string, from: number, length: number): Buffer {
  const handle = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(length)
    readSync(handle, bytes, 0, length, from)
    return bytes
  } finally {
    closeSync(handle)
  }
}

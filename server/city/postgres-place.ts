import { randomBytes } from 'node:crypto'
import { chownSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { UNPRIVILEGED } from './postgres-binaries.ts'

export const USER = 'zugongtai'
export const DATABASE = 'zugongtai'
export const WINDOWS = process.platform === 'win32'
export const ROOT = process.getuid?.() === 0
/** `sun_path` holds 107 characters, and the socket's own name is `.s.PGSQL.5432`. */
const LONGEST_SOCKET_FOLDER = 107 - '/.s.PGSQL.5432'.length

/** How to reach the server of a data folder; whoever may read the file may use it. */
const Connection = z.object({ host: z.string(), port: z.int(), password: z.string() })
export type Connection = z.infer<typeof Connection>

/** Address of the server that runs on a data folder, or null when none ever did. */
export function embeddedUrl(dataDir: string): string | null {
  const connection = readConnection(join(dataDir, 'postgres'))
  return connection && urlOf(connection, DATABASE)
}

/** For pg: over the socket where `host` is a folder, otherwise over TCP. */
export const urlOf = ({ host, port, password }: Connection, database: string): string => {
  const place = host.startsWith('/')
    ? `/${database}?host=${encodeURIComponent(host)}&port=${port}`
    : `${host}:${port}/${database}`
  return `postgres://${USER}:${password}@${place}`
}

function readConnection(folder: string): Connection | null {
  try {
    return Connection.parse(JSON.parse(readFileSync(join(folder, 'connection.json'), 'utf8')))
  } catch {
    return null
  }
}

/** A fresh place to listen at; the password stays what it was when the cluster was made. */
export async function newConnection(folder: string): Promise<Connection> {
  const known = readConnection(folder)
  // The socket's folder of an earlier run, should that have been killed.
  if (known !== null && /\/zgt-\w{6}$/.test(known.host)) rmSync(known.host, { recursive: true, force: true })
  const password = known?.password ?? randomBytes(24).toString('base64url')
  const place = WINDOWS ? { host: '127.0.0.1', port: await freePort() } : { host: socketFolder(folder), port: 5432 }
  const draft = join(folder, 'connection.draft')
  writeFileSync(draft, JSON.stringify({ ...place, password } satisfies Connection), { mode: 0o600 })
  renameSync(draft, join(folder, 'connection.json'))
  return { ...place, password }
}

/** Short, and for the server's user alone. Root's server is `nobody`, who cannot enter root's folders. */
function socketFolder(folder: string): string {
  const inside = join(folder, 'socket')
  if (!ROOT && Buffer.byteLength(inside) <= LONGEST_SOCKET_FOLDER) {
    mkdirSync(inside, { recursive: true, mode: 0o700 })
    return inside
  }
  const base = Buffer.byteLength(tmpdir()) + '/zgt-XXXXXX'.length <= LONGEST_SOCKET_FOLDER ? tmpdir() : '/tmp'
  return giveAway(mkdtempSync(join(base, 'zgt-')))
}

/** Makes `nobody` the owner, where the server runs as nobody. */
export function giveAway(path: string): string {
  if (ROOT) chownSync(path, UNPRIVILEGED.uid, UNPRIVILEGED.gid)
  return path
}

function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const probe = createServer().once('error', reject)
  probe.listen(0, '127.0.0.1', () => {
    const { port } = probe.address() as AddressInfo
    probe.close(() => resolve(port))
  })
  return promise
}

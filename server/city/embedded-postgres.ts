import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { postgresBinaries, UNPRIVILEGED, type Binaries } from './postgres-binaries.ts'
import { DATABASE, giveAway, newConnection, ROOT, urlOf, USER, WINDOWS, type Connection } from './postgres-place.ts'
import { isAlive, workingFolderOf } from './process-identity.ts'

const START_MS = 60_000
const STOP_MS = 30_000
const STARTS = 5

export interface EmbeddedPostgres {
  readonly url: string
  readonly stop: () => Promise<void>
  /** Settles when the server has ended, whoever wanted it. Never on Windows, where it is not our child. */
  readonly ended: Promise<unknown>
}

/**
 * Runs a PostgreSQL server of our own on `dataDir/postgres` until `stop`.
 *
 * Everything committed survives a power cut (fsync and synchronous_commit stay on). The caller holds the data folder's
 * lock, so a server still running there was left behind by a city that was killed: it is stopped cleanly first.
 * When this process dies without a word, the server notices at once on Unix, on Windows at the next start.
 */
export async function startEmbeddedPostgres(dataDir: string): Promise<EmbeddedPostgres> {
  const folder = join(dataDir, 'postgres')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const site: Site = { folder, cluster: join(folder, 'cluster'), binaries: postgresBinaries() }
  await stopLeftBehind(site)
  const connection = await newConnection(folder)
  if (!existsSync(site.cluster)) await makeCluster(site, connection)
  const server = await startServer(site, connection)
  try {
    await createDatabase(connection)
  } catch (cause) {
    await server.stop()
    throw cause
  }
  return { url: urlOf(connection, DATABASE), ...server }
}

type Running = Omit<EmbeddedPostgres, 'url'>

interface Site {
  readonly folder: string
  readonly cluster: string
  readonly binaries: Binaries
}

/**
 * How the programs are told where the cluster is, and run.
 *
 * As root they run as `nobody`, who may not enter the folders above the cluster. They are put into it before they give
 * up root (the working folder needs no permission once one is there) and know it by that alone.
 */
function runOptions(cluster: string) {
  const env = {
    PATH: process.env['PATH'] ?? '',
    LC_ALL: 'C',
    ...(WINDOWS ? { SystemRoot: process.env['SystemRoot'] ?? '' } : {}),
  }
  return ROOT
    ? { dir: '/proc/self/cwd', options: { cwd: cluster, env, ...UNPRIVILEGED } }
    : { dir: cluster, options: { cwd: cluster, env } }
}

/** initdb into a folder beside, renamed when it is whole: killed half-way it is simply begun again. */
async function makeCluster({ folder, cluster, binaries }: Site, { host, password }: Connection): Promise<void> {
  const draft = join(folder, 'cluster.draft')
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  giveAway(draft)
  const passwordFile = join(WINDOWS ? folder : host, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  giveAway(passwordFile)
  const { dir, options } = runOptions(draft)
  const locale = ['-E', 'UTF8', '--locale=C']
  try {
    const args = ['-D', dir, '-U', USER, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, ...locale]
    await succeed(spawn(binaries.initdb, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] }), 'initdb')
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(draft, cluster)
}

const SETTINGS = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_connections: '60',
  // Statements and details of an error would carry personal data into the log.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_statement: 'none',
} as const

function serverArgs({ host, port }: Connection): string[] {
  const place = WINDOWS ? { listen_addresses: host } : { listen_addresses: '', unix_socket_directories: host }
  const settings = { ...SETTINGS, ...place, port: String(port) }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

async function startServer(site: Site, connection: Connection): Promise<Running> {
  if (WINDOWS) return startOnWindows(site, connection)
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnUnix(site, connection)
    } catch (cause) {
      // Workers of a killed server may need a moment to notice that it is gone.
      if (attempt === STARTS) throw cause
      await wait(1_000)
      // Its watcher has cleared the place for the socket away.
      mkdirSync(connection.host, { recursive: true, mode: 0o700 })
      giveAway(connection.host)
    }
  }
}

/**
 * Becomes the server, after leaving a watcher behind that stops it once our end of the pipe is gone, however we ended.
 *
 * The watcher is orphaned on purpose: a child the server does not know would look to it like a crashed backend.
 */
const WATCHED =
  'exec 3<&0; server=$$; sockets=$1; shift; ' +
  '( { read -r _ <&3; kill -INT "$server"; rm -rf "$sockets"; } & ); exec "$@" </dev/null 3<&-'

async function startOnUnix(site: Site, connection: Connection): Promise<Running> {
  const { dir, options } = runOptions(site.cluster)
  const args = ['-c', WATCHED, 'sh', connection.host, site.binaries.postgres, '-D', dir, ...serverArgs(connection)]
  // Its own process group: a Ctrl-C is for the city, which stops the server when its last answer is out.
  const server = spawn('/bin/sh', args, { ...options, stdio: ['pipe', 'ignore', 'pipe'], detached: true })
  server.stdin?.on('error', () => undefined)
  const ended = outcomeOf(server)
  const stop = async () => {
    server.stdin?.end()
    await ended
    rmSync(connection.host, { recursive: true, force: true })
  }
  try {
    await Promise.race([
      untilReady(connection),
      ended.then((text) => Promise.reject(new Error(`postgres ended: ${text}`))),
    ])
  } catch (cause) {
    server.stdin?.end()
    await ended
    throw cause
  }
  return { stop, ended }
}

/** pg_ctl, because it can drop an administrator's rights, which the server insists on. */
async function startOnWindows({ folder, cluster, binaries }: Site, connection: Connection): Promise<Running> {
  const { options } = runOptions(cluster)
  const control = (args: string[]) =>
    succeed(
      spawn(binaries.pgCtl, ['-D', cluster, '-w', ...args], { ...options, stdio: 'ignore', windowsHide: true }),
      'pg_ctl',
    )
  const settings = serverArgs(connection)
    .map((arg) => (arg === '-c' ? arg : `"${arg}"`))
    .join(' ')
  await control(['-l', join(folder, 'postgres.log'), '-o', settings, 'start'])
  await untilReady(connection)
  return { stop: () => control(['-m', 'fast', 'stop']), ended: new Promise(() => undefined) }
}

async function untilReady(connection: Connection): Promise<void> {
  const deadline = Date.now() + START_MS
  for (;;) {
    const client = new pg.Client({ connectionString: urlOf(connection, 'postgres') })
    try {
      await client.connect()
      await client.end()
      return
    } catch (cause) {
      if (Date.now() > deadline) throw cause
      await wait(30)
    }
  }
}

async function createDatabase(connection: Connection): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(connection, 'postgres') })
  await client.connect()
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE])
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`)
  } finally {
    await client.end()
  }
}

/** Stops the server a killed city left on this cluster, and clears the file by which it would seem to run. */
async function stopLeftBehind({ cluster, binaries }: Site): Promise<void> {
  const file = join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return
  if (WINDOWS) {
    const stopping = spawn(binaries.pgCtl, ['-D', cluster, '-w', '-m', 'fast', 'stop'], {
      stdio: 'ignore',
      windowsHide: true,
    })
    await outcomeOf(stopping)
    return
  }
  const pid = Number(readFileSync(file, 'utf8').split('\n', 1)[0])
  const runs = () =>
    Number.isInteger(pid) && pid > 1 && isAlive(pid, null) && workingFolderOf(pid) === realpathSync(cluster)
  const deadline = Date.now() + STOP_MS
  if (runs()) process.kill(pid, 'SIGINT')
  while (runs()) {
    if (Date.now() > deadline) throw new Error('the database left running by an earlier city does not stop')
    await wait(50)
  }
  rmSync(file, { force: true })
}

/** Waits for the end; gives the last lines it wrote to stderr. */
function outcomeOf(child: ChildProcess): Promise<string> {
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2_000)
  })
  return new Promise((resolve) => {
    child.once('error', (cause) => resolve(cause.message))
    child.once('exit', (code) => resolve(code === 0 ? '' : said.trim() || `exit code ${code}`))
  })
}

async function succeed(child: ChildProcess, name: string): Promise<void> {
  const trouble = await outcomeOf(child)
  if (trouble !== '') throw new Error(`${name} failed: ${trouble}`)
}

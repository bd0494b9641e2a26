import { mkdirSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { createCity, type City, type CityOptions } from './app.ts'
import { CommandFault } from './command-fault.ts'
import { isLock, lockData, type DataLock, type Holder } from './data-lock.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'

import { openDatabase } from './open.ts'
import { embeddedUrl } from './postgres-place.ts'
import type { Db } from './schema.ts'

const PATIENCE_MS = 30_000
const STEP_MS = 100

export interface ServerOptions extends Omit<CityOptions, 'databaseUrl'> {
  /** A PostgreSQL that is run elsewhere; otherwise the city runs its own in the data folder. */
  readonly databaseUrl?: string
}

export interface CityServer extends City {
  /** Settles when the database of its own has ended without being asked: the city can do nothing then but end too. */
  readonly broken: Promise<unknown>
}

/**
 * The whole city server: data folder, database, HTTP. Close ends them in the reverse order.
 *
 * Throws CommandFault `data-in-use`, `port-in-use`, `database-unreachable`.
 */
export async function startCityServer(options: ServerOptions): Promise<CityServer> {
  const lock = await takeData(options.dataDir, 'server')
  const undo: (() => Promise<void> | void)[] = [() => lock.release()]
  const unwind = async () => {
    for (const step of undo.reverse()) await step()
  }
  try {
    let { databaseUrl } = options
    let broken: Promise<unknown> = new Promise(() => undefined)
    if (databaseUrl === undefined) {
      const postgres = await startEmbeddedPostgres(options.dataDir)
      undo.push(() => postgres.stop())
      databaseUrl = postgres.url
      broken = postgres.ended
    }
    const city = await createCity({ ...options, databaseUrl })
    undo.push(() => city.close())
    return { ...city, broken, close: unwind }
  } catch (cause) {
    await unwind()
    throw asFault(cause)
  }
}

/**
 * Gives a command the city's database: the one of a running server if there is one, otherwise its own for the while.
 *
 * Throws CommandFault `data-in-use`, `database-unreachable`.
 */
export async function withCityDatabase<T>(
  { dataDir, databaseUrl }: { dataDir: string; databaseUrl?: string },
  work: (db: Db) => Promise<T>,
): Promise<T> {
  if (databaseUrl !== undefined) return withDatabase(databaseUrl, work)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const taken = lockData(dataDir, 'command')
  if (!isLock(taken) && taken.role === 'server') return withDatabase(await runningUrl(dataDir), work)
  const lock = isLock(taken) ? taken : await takeData(dataDir, 'command')
  try {
    const postgres = await startEmbeddedPostgres(dataDir)
    try {
      return await withDatabase(postgres.url, work)
    } finally {
      await postgres.stop()
    }
  } finally {
    lock.release()
  }
}

async function withDatabase<T>(url: string, work: (db: Db) => Promise<T>): Promise<T> {
  let database
  try {
    database = await openDatabase(url, () => undefined)
  } catch (cause) {
    throw asFault(cause)
  }
  try {
    return await work(database.db)
  } finally {
    await database.close()
  }
}

/** A command is over in a moment, so it is waited for; another server is not. */
async function takeData(dataDir: string, role: Holder['role']): Promise<DataLock> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  for (let waited = 0; ; waited += STEP_MS) {
    const taken = lockData(dataDir, role)
    if (isLock(taken)) return taken
    if (taken.role === 'server' || waited >= PATIENCE_MS) {
      throw new CommandFault('data-in-use', `数据文件夹正被另一个市级端使用（进程 ${taken.pid}）：${dataDir}`)
    }
    await wait(STEP_MS)
  }
}

/** The running server may be a moment from having its database up. */
async function runningUrl(dataDir: string): Promise<string> {
  for (let waited = 0; ; waited += STEP_MS) {
    const url = embeddedUrl(dataDir)
    if (url !== null && (await answers(url))) return url
    if (waited >= PATIENCE_MS) throw new CommandFault('database-unreachable', '市级端正在运行，但它的数据库没有回应。')
    await wait(STEP_MS)
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    await (await openDatabase(url, () => undefined)).close()
    return true
  } catch {
    return false // not yet
  }
}

function asFault(cause: unknown): unknown {
  const { code = '' } = cause as NodeJS.ErrnoException
  if (code === 'EADDRINUSE' || code === 'EACCES')
    return new CommandFault('port-in-use', '端口不能使用，可能已被占用。', { cause })
  if (/^(ECONN|ENOTFOUND|ETIMEDOUT|28|3D000)/.test(code)) {
    return new CommandFault('database-unreachable', '连接不上数据库，请检查 DATABASE_URL。', { cause })
  }
  return cause
}

/** Reads the certificate files of `--tls-cert` and `--tls-key`. */
export function readTls(cert: string, key: string): { cert: string; key: string } {
  try {
    return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
  } catch (cause) {
    throw new CommandFault('certificate-unreadable', '证书或私钥文件无法读取。', { cause })
  }
}

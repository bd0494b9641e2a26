import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import type { CoreEvent } from '../shared/contract/index.ts'
import { Fault } from '../shared/errors.ts'
import { lookInto } from '../db/look.ts'
import { migrateDatabase } from '../db/migrate.ts'
import { openStore, type Store, type Tx } from '../db/open.ts'
import { getLocal, setLocal } from '../db/repo/local-setting.ts'
import { headOp } from '../db/repo/op.ts'
import { keepCopies } from './backup/restore.ts'
import { dropRestoredNote, keepRestoredNote, leaveRestoredNote, takeRestoredNote } from './backup/restored.ts'
import { keepDailyBackups } from './backup/schedule.ts'
import type { FormSession } from './exchange/form-session.ts'
import { uuidV7 } from './ids.ts'
import { createImportSessions } from './import-sessions.ts'
import { writeFileSafely } from './keys/key-file.ts'
import type { HostKeystore } from './keys/keystore.ts'
import { sealerFor } from './keys/seal.ts'
import type { KdfCost } from './keys/wrap.ts'
import { createHeadMarker, readHeadMark } from './ledger/head-mark.ts'
import { deviceIdOf, makeKeyPair, type KeyPair } from './ledger/signature.ts'
import type { ProfilePaths } from './profile.ts'
import { createCadreIndex } from './search/cadre-index.ts'
import type { RosterSession } from './roster/session.ts'
import { createSyncEngine } from './sync/engine.ts'
import type { Workspace } from './workspace.ts'

export interface WorkspaceDeps {
  readonly paths: ProfilePaths
  readonly version: string
  readonly now: () => Date
  readonly random: () => number
  readonly kdf: KdfCost
  readonly emit: (event: CoreEvent) => void
  readonly keystore?: HostKeystore | undefined
}

/**
 * Looks at the database, migrates it and opens it under its data key, with everything that lives with it.
 *
 * `profile-damaged` or `changes-missing` are found before a byte is written; `acceptMissing` goes on after the latter.
 */
export async function openWorkspace(
  deps: WorkspaceDeps,
  dataKey: Buffer,
  demo: boolean,
  acceptMissing = false,
): Promise<Workspace> {
  if (!existsSync(deps.paths.database)) throw new Fault('profile-damaged', { file: 'desk.db' })
  const { missing, left } = missingChanges(deps.paths, dataKey)
  // Without a single change there is no officer either: nothing to go on with.
  if (missing > 0 && left === 0) throw new Fault('profile-damaged', { file: 'desk.db', missing })
  if (missing > 0 && !acceptMissing) throw new Fault('changes-missing', { missing })
  if (missing > 0) await giveUpMissing(deps, missing)
  migrateDatabase(deps.paths.database, dataKey, deps.now())
  const store = openStore(deps.paths.database, dataKey)
  try {
    return await assemble(deps, store, dataKey, demo)
  } catch (error) {
    await store.close()
    throw error
  }
}

/** How many confirmed changes the database has lost, to a damaged write-ahead log for instance, and how many it has. */
function missingChanges(paths: ProfilePaths, dataKey: Buffer): { missing: number; left: number } {
  const mark = readHeadMark(paths)
  const { epoch, head, hash } = lookInto(paths.database, dataKey, mark?.seq ?? 0)
  const proved = mark === null || mark.epoch !== epoch || mark.hash === hash
  return { missing: proved ? 0 : Math.max(1, mark.seq - head), left: head }
}

/**
 * Goes on with what is there, on the officer's word. Everything is copied aside first; a new epoch keeps what comes from
 * now on from passing for what is lost.
 */
async function giveUpMissing({ paths, now }: WorkspaceDeps, lost: number): Promise<void> {
  const kept = await keepCopies(paths, now())
  leaveRestoredNote(paths, { backupAt: null, restoredAt: now().toISOString(), unreported: null, lost, kept })
  rmSync(paths.head, { force: true })
  rmSync(paths.epoch, { force: true })
}

async function assemble(deps: WorkspaceDeps, store: Store, dataKey: Buffer, demo: boolean): Promise<Workspace> {
  const scope = await needed<string>(store, 'scope')
  const keys = await needed<KeyPair>(store, 'device-key')
  const township = await needed<string>(store, 'township-key')
  const identity = { scope, device: deviceIdOf(keys.publicKey), epoch: await currentEpoch(deps, store) }
  const { now, version, random, emit } = deps
  const newId = (): string => uuidV7(now())
  const sync = createSyncEngine({ store, identity, privateKey: keys.privateKey, version, now, newId, random, emit })
  await sync.arm()
  const head = createHeadMarker(deps.paths, identity)
  const last = await headOp(store.db)
  if (last) head.note(last.seq, last.hash)
  const closing: Store = {
    ...store,
    close: async () => {
      head.close()
      await store.close()
    },
  }
  const workspace = {
    store: closing,
    head,
    paths: deps.paths,
    identity,
    sealer: sealerFor(scope, Buffer.from(township, 'base64')),
    index: createCadreIndex(),
    sync,
    rosters: createImportSessions<RosterSession>(),
    forms: createImportSessions<FormSession>(),
    demo,
    dataKey,
    kdf: deps.kdf,
    keystore: deps.keystore,
    emit,
  }
  const backups = keepDailyBackups(workspace, version, now, () => emit({ kind: 'changed', registers: [] }))
  return { ...workspace, backups }
}

/**
 * The ledger's epoch; a new one when the mark outside the database is missing or another.
 *
 * That is how a restored or copied database shows (SYNC §0-3): what it adds from now on must not pass for what the lost
 * one added under the same numbers.
 */
async function currentEpoch(deps: WorkspaceDeps, store: Store): Promise<string> {
  const epoch = await needed<string>(store, 'epoch')
  const outside = existsSync(deps.paths.epoch) ? readFileSync(deps.paths.epoch, 'utf8').trim() : null
  if (outside !== epoch) return nextEpoch(deps, store)
  dropRestoredNote(deps.paths)
  return epoch
}

async function nextEpoch({ paths, now }: WorkspaceDeps, store: Store): Promise<string> {
  const next = randomBytes(16).toString('hex')
  await store.withTransaction(async (tx) => {
    await setLocal(tx, 'epoch', next)
    await keepRestoredNote(tx, takeRestoredNote(paths, now()))
  })
  writeFileSafely(paths.epoch, `${next}\n`)
  dropRestoredNote(paths)
  return next
}

async function needed<T>(store: Store, key: string): Promise<T> {
  const value = await getLocal<T>(store.db, key)
  if (value === undefined) throw new Fault('profile-damaged', { file: 'desk.db' })
  return value
}

/** Makes the database of a new township PC: scope, epoch, device key, township key. No record yet. */
export async function createDatabase(
  deps: WorkspaceDeps,
  keys: { data: Buffer; township: Buffer },
  scope: string,
): Promise<void> {
  migrateDatabase(deps.paths.database, keys.data, deps.now())
  const epoch = randomBytes(16).toString('hex')
  const store = openStore(deps.paths.database, keys.data)
  await store.withTransaction((tx) => setIdentity(tx, scope, epoch, keys.township))
  await store.close()
  writeFileSafely(deps.paths.epoch, `${epoch}\n`)
}

async function setIdentity(tx: Tx, scope: string, epoch: string, township: Buffer): Promise<void> {
  await setLocal(tx, 'scope', scope)
  await setLocal(tx, 'epoch', epoch)
  await setLocal(tx, 'device-key', makeKeyPair())
  await setLocal(tx, 'township-key', township.toString('base64'))
}

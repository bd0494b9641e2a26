import { existsSync } from 'node:fs'
import type * as z from 'zod'
import { deskContract } from '../shared/contract/desk.ts'
import { localDateOf, localInstantOf } from '../shared/domain/dates.ts'
import { officer } from '../shared/domain/officer.ts'
import { Fault } from '../shared/errors.ts'
import { capabilitiesOf } from '../shared/permissions.ts'
import { appendAccess } from '../db/repo/access-log.ts'
import { getRecord } from '../db/repo/record.ts'
import { syncSchedule, syncState } from '../db/repo/sync.ts'
import { refuseHealthy, restoreBackup, setAside } from './backup/restore.ts'
import { logRestore } from './backup/restored.ts'
import { findBackups } from './backup/row.ts'
import { runCommand } from './command.ts'
import { damageOf, noteDamage } from './damage.ts'
import { DEMO_FIRST_RUN, DEMO_PASSPHRASE, enrolDemo, fillDemo } from './demo/install.ts'
import { createProfile, putFirstRecords, type FirstRun } from './first-run.ts'
import type { Actor, CommandCtx } from './handler.ts'
import { reviewDamage, statusOf } from './desk-status.ts'
import { uuidV7 } from './ids.ts'
import { attemptsIn } from './keys/attempts.ts'
import {
  dataKeyByPassphrase,
  dataKeyByRecoveryCode,
  officerSlot,
  officerSlots,
  readKeyFile,
  withSlot,
  writeKeyFile,
} from './keys/key-file.ts'
import { dataKeyByKeystore } from './keys/keystore.ts'
import { assertPassphrase } from './keys/passphrase.ts'
import { openWorkspace, type WorkspaceDeps } from './open-workspace.ts'
import { putOrphanAside } from './profile.ts'
import { sessionOf } from './service/session.ts'
import type { Workspace } from './workspace.ts'

const IDLE_MS = 15 * 60_000
/** How long closing waits for a last report. */
const EXIT_REPORT_MS = 8_000

type DeskName = Exclude<keyof typeof deskContract, 'session.get' | 'desk.verify'>
type DeskHandlers = {
  [N in DeskName]: (
    input: z.output<(typeof deskContract)[N]['input']>,
  ) => Promise<z.input<(typeof deskContract)[N]['output']>>
}

export interface DeskLife {
  readonly handlers: DeskHandlers
  /** Runs work for whoever is signed in; `locked` otherwise. `active` puts the idle lock off. */
  signedIn<T>(active: boolean, work: (workspace: Workspace, actor: Actor) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export type DemoCity = (unit: { code: string; name: string }) => Promise<{ url: string; code: string }>
type LifeDeps = WorkspaceDeps & { readonly demoCity: DemoCity | undefined }

interface Open {
  readonly workspace: Workspace
  readonly actor: Actor
  /** Calls under way: the database is closed when they are done. */
  busy: number
  whenIdle: (() => void) | null
}

/** A desk from absent or locked to open and back: keys, sign-in, idle lock. */
export function createDeskLife(deps: LifeDeps): DeskLife {
  const attempts = attemptsIn(deps.paths.attempts, deps.now)
  let open: Open | null = null
  let idle: NodeJS.Timeout | undefined
  let turn: Promise<unknown> = Promise.resolve()

  /** One after the other: of two unlocks at once, one would leave a database open that nothing ever locks. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work, work)
    turn = mine
    return mine
  }
  const touch = (): void => {
    clearTimeout(idle)
    idle = setTimeout(() => void inTurn(lock), IDLE_MS)
    idle.unref()
  }
  const lock = async (): Promise<void> => {
    const closing = open
    open = null
    clearTimeout(idle)
    if (!closing) return
    deps.emit({ kind: 'locked' })
    await closing.workspace.sync.stop()
    await closing.workspace.backups.stop()
    if (closing.busy > 0) await new Promise<void>((done) => (closing.whenIdle = done))
    await closing.workspace.store.close()
    closing.workspace.dataKey.fill(0)
  }
  const signIn = async (workspace: Workspace, officerId: string, action: string, detail?: string) => {
    const actor = await actorOf(workspace, officerId)
    const entry = { at: localInstantOf(deps.now()), byOfficer: actor.id, byName: actor.name, action }
    await workspace.store.withTransaction(async (tx) => {
      await appendAccess(tx, detail ? { ...entry, detail } : entry)
      await logRestore(tx, entry)
    })
    open = { workspace, actor, busy: 0, whenIdle: null }
    touch()
    return sessionOf({ db: workspace.store.db, actor, today: localDateOf(deps.now()), workspace })
  }
  const opened = async (
    { dataKey, demo, acceptMissing = false }: { dataKey: Buffer; demo: boolean; acceptMissing?: boolean },
    use: (workspace: Workspace) => Promise<Awaited<ReturnType<typeof signIn>>>,
  ) => {
    await lock()
    let workspace: Workspace | null = null
    try {
      workspace = await openWorkspace(deps, dataKey, demo, acceptMissing)
      const session = await use(workspace)
      reviewDamage(deps.paths, workspace.dataKey)
      return session
    } catch (error) {
      noteDamage(deps.paths, error, deps.now())
      open = null
      clearTimeout(idle)
      await workspace?.sync.stop()
      await workspace?.backups.stop()
      await workspace?.store.close()
      dataKey.fill(0)
      throw error
    }
  }
  const firstRun = async (input: FirstRun, demo: boolean, fill: (ctx: CommandCtx) => Promise<void>) => {
    if (existsSync(deps.paths.keys)) throw new Fault('profile-exists', {})
    if (damageOf(deps.paths)) throw new Fault('profile-damaged', { file: 'keys.json' })
    putOrphanAside(deps.paths, deps.now())
    const officerId = uuidV7(deps.now())
    const profile = await createProfile(deps, officerId, input, demo)
    const session = await opened({ dataKey: profile.dataKey, demo }, async (workspace) => {
      const actor: Actor = { id: officerId, name: input.officerName, role: input.role, can: capabilitiesOf(input.role) }
      await runCommand(commandContext(deps, workspace, actor), async (ctx) => {
        await putFirstRecords(ctx, input)
        await fill(ctx)
      })
      // Last: a first run that was cut off before this line leaves no desk, and can be made again.
      writeKeyFile(deps.paths.keys, profile.keyFile)
      return signIn(workspace, officerId, 'unlock', 'init')
    })
    return { recoveryCode: profile.recoveryCode, session }
  }
  const withKeyFile = () => {
    const file = readKeyFile(deps.paths.keys)
    if (!file) throw new Fault('profile-missing', {})
    return file
  }

  const unlock: DeskHandlers['desk.unlock'] = async ({ officerId, passphrase, acceptMissing }) => {
    const file = withKeyFile()
    attempts.begin()
    const failures = attempts.failures() - 1
    const dataKey = await dataKeyByPassphrase(file, officerId, passphrase)
    attempts.succeed()
    const note = failures > 0 ? `failures=${failures}` : undefined
    return opened({ dataKey, demo: file.demo, acceptMissing }, (workspace) =>
      signIn(workspace, officerId, 'unlock', note),
    )
  }
  const unlockByKeystore: DeskHandlers['desk.unlockByKeystore'] = async ({ officerId, acceptMissing }) => {
    const file = withKeyFile()
    const dataKey = await dataKeyByKeystore(file, officerId, deps.keystore)
    return opened({ dataKey, demo: file.demo, acceptMissing }, (workspace) =>
      signIn(workspace, officerId, 'unlock', 'keystore'),
    )
  }
  const recover: DeskHandlers['desk.recover'] = async ({ officerId, recoveryCode, passphrase, acceptMissing }) => {
    const file = withKeyFile()
    const slot = officerSlots(file).find((s) => s.officerId === officerId)
    if (!slot) throw new Fault('not-found', { register: officer.name })
    assertPassphrase(passphrase, slot.name)
    attempts.begin()
    const dataKey = await dataKeyByRecoveryCode(file, recoveryCode)
    attempts.succeed()
    const made = await officerSlot(slot.officerId, slot.name, dataKey, passphrase, deps.kdf)
    return opened({ dataKey, demo: file.demo, acceptMissing }, async (workspace) => {
      const session = await signIn(workspace, officerId, 'recover')
      writeKeyFile(deps.paths.keys, withSlot(withKeyFile(), made))
      await deps.keystore?.forget(officerId)
      return session
    })
  }

  const handlers: DeskHandlers = {
    'desk.status': async () => ({
      ...statusOf(deps, open !== null),
      blockedUntil: attempts.blockedUntil(),
      version: deps.version,
    }),
    'desk.init': (input) => inTurn(() => firstRun(input, false, async () => {})),
    'desk.demo': async () => {
      const made = await inTurn(() => firstRun(DEMO_FIRST_RUN, true, fillDemo))
      if (open && deps.demoCity) await enrolDemo(commandContext(deps, open.workspace, open.actor), deps.demoCity)
      const session = open
        ? await sessionOf({ ...open, db: open.workspace.store.db, today: localDateOf(deps.now()) })
        : made.session
      return { session, passphrase: DEMO_PASSPHRASE, recoveryCode: made.recoveryCode }
    },
    'desk.endDemo': () =>
      inTurn(async () => {
        if (!withKeyFile().demo) throw new Fault('not-allowed', { can: 'demo' })
        await lock()
        setAside(deps.paths, deps.now())
        return {}
      }),
    'desk.unlock': (input) => inTurn(() => unlock(input)),
    'desk.unlockByKeystore': (input) => inTurn(() => unlockByKeystore(input)),
    'desk.recover': (input) => inTurn(() => recover(input)),
    'desk.backups': async ({ folder }) => ({ rows: await findBackups(deps.paths, folder) }),
    'desk.restore': ({ folder, replaceDamaged }) =>
      inTurn(async () => {
        if (open) throw new Fault('profile-exists', {})
        refuseHealthy(deps.paths, replaceDamaged)
        const { manifest, lost, kept } = await restoreBackup(deps.paths, folder, deps.now())
        return { at: manifest.at, unreported: manifest.unreported, lost, kept }
      }),
    'desk.lock': async () => {
      await inTurn(lock)
      return {}
    },
  }

  return {
    handlers,
    signedIn: async (active, work) => {
      const current = open
      if (!current) throw new Fault('locked', {})
      if (active) touch()
      current.busy += 1
      try {
        return await work(current.workspace, current.actor)
      } catch (error) {
        // Told once: asking everything again meets the same page again.
        if (noteDamage(deps.paths, error, deps.now())) deps.emit({ kind: 'changed', registers: [] })
        throw error
      } finally {
        current.busy -= 1
        if (current.busy === 0) current.whenIdle?.()
      }
    },
    close: () =>
      inTurn(async () => {
        if (open) await reportAtExit(open.workspace)
        await lock()
      }),
  }
}

async function actorOf(workspace: Workspace, officerId: string): Promise<Actor> {
  const record = await getRecord(workspace.store.db, officer, officerId)
  if (record.voided || record.state === 'disabled') throw new Fault('officer-disabled', {})
  return { id: record.id, name: record.name, role: record.role, can: capabilitiesOf(record.role) }
}

const commandContext = (deps: WorkspaceDeps, workspace: Workspace, actor: Actor) => ({
  actor,
  now: deps.now,
  newId: () => uuidV7(deps.now()),
  today: localDateOf(deps.now()),
  workspace,
  version: deps.version,
})

/** A last report, if the officer wants one and anything waits; a dead line must not keep the window open. */
async function reportAtExit(workspace: Workspace): Promise<void> {
  const state = await syncState(workspace.store.db)
  const { atExit } = await syncSchedule(workspace.store.db)
  if (!state || !atExit) return
  const limit = new Promise<void>((done) => setTimeout(done, EXIT_REPORT_MS).unref())
  await Promise.race([workspace.sync.run().catch(() => {}), limit]) // a failure is stored and shown at the next start
}

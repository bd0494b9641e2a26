import { Fault } from '../../shared/errors.ts'
import type { CoreEvent } from '../../shared/contract/index.ts'
import { localInstantOf } from '../../shared/domain/dates.ts'
import { NDJSON } from '../../shared/sync/protocol.ts'
import type { Store } from '../../db/open.ts'
import { headOp } from '../../db/repo/op.ts'
import { reoffer, saveSyncState, syncSchedule, syncState, type SyncState } from '../../db/repo/sync.ts'
import type { LedgerIdentity } from '../ledger/append.ts'
import { backOffMs } from './back-off.ts'
import { nextBatch } from './batch.ts'
import { provedReply, storeReply } from './reply.ts'
import { faultOf, post, Refused } from './wire.ts'

export interface SyncDeps {
  readonly store: Store
  readonly identity: LedgerIdentity
  /** The device's Ed25519 key, PKCS#8 DER in base64. */
  readonly privateKey: string
  readonly version: string
  readonly now: () => Date
  readonly newId: () => string
  readonly random: () => number
  readonly emit: (event: CoreEvent) => void
}

export interface SyncProgress {
  readonly running: boolean
  readonly sent: number
  readonly toSend: number
}

/** Reports the ledger to the city: by button, by schedule, at exit; never in the way of a save or a page. */
export interface SyncEngine {
  readonly progress: () => SyncProgress
  /** Sends until the city holds everything; throws the fault that stopped it. A run under way is joined. */
  run(): Promise<void>
  /** Arms the timer from what is stored; call after unlock, enrolment and a change of schedule. */
  arm(): Promise<void>
  /** A change was made: report within a minute if enrolled and scheduled. */
  nudge(): void
  /** Stops timers, waits for the run under way to end or be cut off. */
  stop(): Promise<void>
}

/** A restored city or a gap asks for another start; more rounds than this in one run are a fault of the city. */
const MOST_RESTARTS = 3
const NUDGE_MS = 20_000

export function createSyncEngine(deps: SyncDeps): SyncEngine {
  let running: Promise<void> | null = null
  let progress: SyncProgress = { running: false, sent: 0, toSend: 0 }
  let timer: NodeJS.Timeout | undefined
  let nudged: NodeJS.Immediate | undefined
  const cancel = new AbortController()

  const setProgress = (next: SyncProgress): void => {
    progress = next
    deps.emit({ kind: 'sync' })
  }
  const schedule = (delayMs: number): void => {
    clearTimeout(timer)
    if (cancel.signal.aborted) return
    timer = setTimeout(() => void engine.run().catch(() => {}), delayMs) // run() has stored what failed
    timer.unref()
  }
  const runOnce = async (): Promise<void> => {
    try {
      await drain(deps, setProgress, cancel.signal)
    } finally {
      running = null
      setProgress({ running: false, sent: 0, toSend: 0 })
      if (!cancel.signal.aborted) await engine.arm()
    }
  }
  const engine: SyncEngine = {
    progress: () => progress,
    run: () => {
      running ??= runOnce()
      return running
    },
    arm: async () => {
      const state = await syncState(deps.store.db)
      const { everyMinutes } = await syncSchedule(deps.store.db)
      clearTimeout(timer)
      if (!state || (everyMinutes === 0 && state.attempt === 0)) return
      const due = state.nextAttemptAt
        ? new Date(state.nextAttemptAt).getTime() - deps.now().getTime()
        : everyMinutes * 60_000
      schedule(Math.max(due, 500))
    },
    nudge: () => {
      // Once for all that was changed in a row, after whoever saved has the answer.
      nudged ??= setImmediate(() => {
        nudged = undefined
        // A nudge is only a hint; one that comes as the desk is being locked finds the database closed.
        if (!running && !cancel.signal.aborted) nudge(deps, schedule).catch(() => {})
      })
    },
    stop: async () => {
      cancel.abort()
      clearImmediate(nudged)
      clearTimeout(timer)
      await running?.catch(() => {})
    },
  }
  return engine
}

/** Brings the next report forward, unless a failure has put it off or the officer reports by button only. */
async function nudge(deps: SyncDeps, schedule: (delayMs: number) => void): Promise<void> {
  const state = await syncState(deps.store.db)
  const { everyMinutes } = await syncSchedule(deps.store.db)
  if (state && everyMinutes > 0 && state.attempt === 0) schedule(NUDGE_MS)
}

type Report = (progress: SyncProgress) => void

async function drain(deps: SyncDeps, report: Report, cancel: AbortSignal): Promise<void> {
  const { db } = deps.store
  let state = await syncState(db)
  if (!state) throw new Fault('not-enrolled', {})
  const start = state.acceptedThrough
  const toSend = ((await headOp(db))?.seq ?? 0) - start
  report({ running: true, sent: 0, toSend })
  try {
    for (let restarts = 0; ;) {
      const before = state.acceptedThrough
      const next: SyncState | null = await pushOnce(deps, state, cancel)
      state = next ?? (await syncState(db)) ?? state
      if (!next && ++restarts > MOST_RESTARTS) throw new Fault('city-refused', { reason: 'restart' })
      report({ running: true, sent: Math.max(0, state.acceptedThrough - start), toSend })
      const head = (await headOp(db))?.seq ?? 0
      if (next && state.acceptedThrough >= head) break
      if (next && state.acceptedThrough <= before) throw new Fault('city-refused', { reason: 'no-progress' })
    }
    await storeSuccess(deps)
  } catch (error) {
    await storeFailure(deps, error)
    throw error instanceof Refused ? faultOf(error) : error
  }
}

/** One push. Null when the city asked to start from elsewhere; the stored state then says from where. */
async function pushOnce(deps: SyncDeps, state: SyncState, cancel: AbortSignal): Promise<SyncState | null> {
  const { store, identity, privateKey, version } = deps
  const batch = await nextBatch(store.db, state, {
    identity,
    privateKey,
    version,
    batchId: deps.newId(),
    now: deps.now(),
  })
  try {
    const bytes = await post(new URL('/v1/sync/push', state.cityUrl).href, batch.body, NDJSON, cancel)
    const reply = await provedReply(store.db, state, batch.header, identity.epoch, bytes)
    return await store.withTransaction((tx) => storeReply(tx, state, reply, localInstantOf(deps.now())))
  } catch (error) {
    if (error instanceof Refused && (await startElsewhere(store, state, error))) return null
    throw error
  }
}

/** `sequence-gap` and `server-epoch-changed` say what the city holds; what it lacks is offered again. */
async function startElsewhere(store: Store, state: SyncState, refused: Refused): Promise<boolean> {
  const { expected, knownThrough, serverEpoch } = refused.problem as Record<string, unknown>
  const through =
    refused.code === 'sequence-gap'
      ? Number(expected) - 1
      : refused.code === 'server-epoch-changed'
        ? Number(knownThrough)
        : NaN
  if (!Number.isInteger(through) || through < 0 || through > state.acceptedThrough) return false
  const epoch = typeof serverEpoch === 'string' ? serverEpoch : state.serverEpoch
  await store.withTransaction(async (tx) => {
    reoffer(tx, through)
    await saveSyncState(tx, { ...state, serverEpoch: epoch, acceptedThrough: through })
  })
  return true
}

async function storeSuccess(deps: SyncDeps): Promise<void> {
  const { everyMinutes } = await syncSchedule(deps.store.db)
  const next = everyMinutes > 0 ? new Date(deps.now().getTime() + everyMinutes * 60_000).toISOString() : null
  await deps.store.withTransaction(async (tx) => {
    const state = await syncState(tx.db)
    if (state) await saveSyncState(tx, { ...state, attempt: 0, failure: null, nextAttemptAt: next })
  })
}

async function storeFailure(deps: SyncDeps, error: unknown): Promise<void> {
  const fault = error instanceof Refused ? faultOf(error) : error instanceof Fault ? error : new Fault('unexpected', {})
  if (fault.code === 'cancelled') return
  const retryAfter = error instanceof Refused ? error.retryAfterSeconds : null
  await deps.store.withTransaction(async (tx) => {
    const state = await syncState(tx.db)
    if (!state) return
    const delay = backOffMs(state.attempt, deps.random(), retryAfter)
    await saveSyncState(tx, {
      ...state,
      attempt: state.attempt + 1,
      nextAttemptAt: new Date(deps.now().getTime() + delay).toISOString(),
      failure: { code: fault.code, params: fault.params, at: localInstantOf(deps.now()) },
    })
  })
}

import * as z from 'zod'
import { Fault } from '../../shared/errors.ts'
import { Problem, problemCode } from '../../shared/sync/protocol.ts'
import { localInstantOf } from '../../shared/domain/dates.ts'
import { appendAccess } from '../../db/repo/access-log.ts'
import { changesOf } from '../../db/repo/history.ts'
import { getLocal } from '../../db/repo/local-setting.ts'
import { ATTENTION, opCounts, oldestPending, PENDING } from '../../db/repo/op.ts'
import {
  opsInStates,
  saveSyncSchedule,
  saveSyncState,
  syncSchedule,
  syncState,
  type OpRow,
} from '../../db/repo/sync.ts'
import type { OpState } from '../../db/schema.ts'
import type { HandlersOf, QueryCtx } from '../handler.ts'
import type { KeyPair } from '../ledger/signature.ts'
import { assertSecure, enrolAt } from '../sync/enrol.ts'
import { getConflict, revealConflict } from './conflict.ts'
import { labelsFor } from './op-labels.ts'
import { settleConflict } from './settle.ts'

const ANSWERED: readonly OpState[] = ['applied', 'merged', 'superseded']

export const syncService: HandlersOf<'sync'> = {
  'sync.status': (ctx) => statusOf(ctx),

  'sync.list': async ({ db, actor }, { state, limit, offset }) => {
    const counts = await opCounts(db)
    const states = { pending: PENDING, attention: ATTENTION, answered: ANSWERED }[state]
    const ops = await opsInStates(db, states, { limit, offset })
    const labelOf = await labelsFor(db, actor, ops)
    return { total: counts[state], rows: ops.map((op) => rowOf(op, labelOf(op))) }
  },

  'sync.run': async (ctx) => {
    await ctx.workspace.sync.run()
    return statusOf(ctx)
  },

  'sync.enrol': async (ctx, { city, code, allowHttp }) => {
    const { db, workspace, actor } = ctx
    assertSecure(city, allowHttp)
    if (await syncState(db)) throw new Fault('already-enrolled', {})
    const keys = await getLocal<KeyPair>(db, 'device-key')
    const unit = await db.selectFrom('unit').select('name').where('parent_id', 'is', null).executeTakeFirstOrThrow()
    const { scope, device, epoch } = workspace.identity
    const request = {
      code,
      scope,
      dev: device,
      publicKey: keys?.publicKey ?? '',
      epoch,
      unitName: unit.name,
      app: ctx.version,
    }
    const state = await enrolAt(city, request)
    await ctx.transact(async ({ tx, at }) => {
      await saveSyncState(tx, state)
      await appendAccess(tx, {
        at,
        byOfficer: actor.id,
        byName: actor.name,
        action: 'enrol',
        detail: new URL(city).host,
      })
    })
    await workspace.sync.arm()
    return statusOf(ctx)
  },

  'sync.conflict': getConflict,
  'sync.reveal': revealConflict,
  'sync.settle': settleConflict,

  'sync.schedule': async ({ tx, workspace }, schedule) => {
    await saveSyncSchedule(tx, schedule)
    setImmediate(() => void workspace.sync.arm().catch(() => {})) // after the commit; the stored schedule is what counts
    return {}
  },
}

async function statusOf({ db, workspace, now }: QueryCtx) {
  const state = await syncState(db)
  const counts = await opCounts(db)
  const { running, sent, toSend } = workspace.sync.progress()
  const waiting = state?.nextAttemptAt && state.attempt > 0 && new Date(state.nextAttemptAt) > now()
  return {
    ...counts,
    lastReceiptAt: state?.lastReceiptAt ?? null,
    lastReceipt: state?.lastReceipt || null,
    enrolled: state !== undefined,
    cityUrl: state?.cityUrl ?? null,
    activity: running ? ('running' as const) : waiting ? ('waiting' as const) : ('idle' as const),
    sent,
    toSend,
    nextAttemptAt: state?.nextAttemptAt ? localInstantOf(new Date(state.nextAttemptAt)) : null,
    failure: state?.failure ?? null,
    oldestPendingAt: await oldestPending(db),
    schedule: await syncSchedule(db),
  }
}

function rowOf(op: OpRow, label: string) {
  return {
    seq: op.seq,
    register: op.register,
    recordId: op.record_id,
    label,
    kind: op.kind,
    fields: Object.keys(changesOf(op)),
    at: op.at,
    byName: op.by_name ?? '—',
    state: op.state,
    problem: op.problem === null ? null : problemOf(op.problem),
    answeredAt: op.answered_at,
  }
}

function problemOf(text: string) {
  const problem = Problem.parse(JSON.parse(text))
  const field = problem.pointer?.startsWith('/set/') ? problem.pointer.slice(5) : null
  const fields = z.array(z.string()).catch([]).parse(problem['fields'])
  return { code: problemCode(problem.type), detail: problem.detail ?? null, field, fields }
}

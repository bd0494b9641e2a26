import { Fault } from '../../shared/errors.ts'
import { cadre } from '../../shared/domain/cadre.ts'
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
import type { Db, OpState } from '../../db/schema.ts'
import type { HandlersOf, QueryCtx } from '../handler.ts'
import type { KeyPair } from '../ledger/signature.ts'
import { assertSecure, enrolAt } from '../sync/enrol.ts'

const ABOUT_CADRES: ReadonlySet<string> = new Set(['cadre', 'talk', 'talk-assignment'])
const ANSWERED: readonly OpState[] = ['applied', 'merged', 'superseded']

export const syncService: HandlersOf<'sync'> = {
  'sync.status': (ctx) => statusOf(ctx),

  'sync.list': async ({ db, actor }, { state, limit, offset }) => {
    const counts = await opCounts(db)
    const states = { pending: PENDING, attention: ATTENTION, answered: ANSWERED }[state]
    const ops = await opsInStates(db, states, { limit, offset })
    const labels = await labelsOf(db, ops)
    // Administrators run the sync without reading cadres; for them a change is only a change.
    const shown = (op: OpRow, label?: string) =>
      ABOUT_CADRES.has(op.register) && !actor.can.has('cadre:read') ? null : label
    return { total: counts[state], rows: ops.map((op) => rowOf(op, shown(op, labels.get(op.seq)) ?? '—')) }
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

/** What each change is about, in a word: the cadre's, unit's or officer's name. */
async function labelsOf(db: Db, ops: readonly OpRow[]): Promise<Map<number, string>> {
  const labels = new Map<number, string>()
  const named = async (register: 'cadre' | 'unit' | 'officer', pairs: readonly (readonly [number, string])[]) => {
    if (pairs.length === 0) return
    const rows = await db
      .selectFrom(register)
      .select(['id', 'name'])
      .where('id', 'in', [...new Set(pairs.map(([, id]) => id))])
      .execute()
    const names = new Map(rows.map((row) => [row.id, row.name]))
    for (const [seq, id] of pairs) labels.set(seq, names.get(id) ?? '—')
  }
  const of = (register: string) =>
    ops.filter((op) => op.register === register).map((op) => [op.seq, op.record_id] as const)
  await named('cadre', [...of(cadre.name), ...(await talkSubjects(db, ops))])
  await named('unit', of('unit'))
  await named('officer', of('officer'))
  for (const op of ops) {
    if (op.register === 'setting') labels.set(op.seq, String(changesOf(op)['key']?.[1] ?? ''))
  }
  return labels
}

async function talkSubjects(db: Db, ops: readonly OpRow[]): Promise<(readonly [number, string])[]> {
  const pairs: (readonly [number, string])[] = []
  for (const [register, table] of [
    ['talk', 'talk'],
    ['talk-assignment', 'talk_assignment'],
  ] as const) {
    const own = ops.filter((op) => op.register === register)
    if (own.length === 0) continue
    const rows = await db
      .selectFrom(table)
      .select(['id', 'cadre_id'])
      .where(
        'id',
        'in',
        own.map((op) => op.record_id),
      )
      .execute()
    const cadreIds = new Map(rows.map((row) => [row.id, row.cadre_id]))
    pairs.push(...own.map((op) => [op.seq, cadreIds.get(op.record_id) ?? ''] as const))
  }
  return pairs
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
  return { code: problemCode(problem.type), detail: problem.detail ?? null, field, params: {} }
}

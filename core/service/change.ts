import { registerNamed } from '../../shared/domain/registers.ts'
import { mask, type Register } from '../../shared/domain/register.ts'
import { readsOf } from '../../shared/permissions.ts'
import { Fault } from '../../shared/errors.ts'
import { accessEntries } from '../../db/repo/access-log.ts'
import { draftsOf, saveDraft } from '../../db/repo/draft.ts'
import { changesOf, historyLength, historyOf, type HistoryRow } from '../../db/repo/history.ts'
import type { HandlersOf } from '../handler.ts'
import { undoTransaction } from '../ledger/undo.ts'

export const changeService: HandlersOf<'change' | 'draft' | 'access-log'> = {
  'change.list': async ({ db, actor }, input) => {
    const register = registerNamed(input.register)
    if (!register) throw new Fault('not-found', { register: input.register })
    const needs = readsOf(register.name)
    if (!actor.can.has(needs)) throw new Fault('not-allowed', { can: needs })
    const rows = await historyOf(db, register.name, input.recordId, input)
    const total = await historyLength(db, register.name, input.recordId)
    return { total, rows: rows.map((row) => entryOf(register, input.recordId, row)) }
  },
  'change.undo': async (ctx, { txn }) => {
    const { undone, kept } = await undoTransaction(ctx, txn)
    return { txn: ctx.txn, undone, kept }
  },
  'draft.list': async ({ db, actor }) => ({ rows: await draftsOf(db, actor.id) }),
  'draft.save': async ({ tx, actor, at }, { key, content }) => {
    await saveDraft(tx, actor.id, key, content ?? null, at)
    return {}
  },
  'access-log.list': ({ db }, input) => accessEntries(db, input),
}

function entryOf(register: Register, recordId: string, row: HistoryRow) {
  const fields = Object.entries(changesOf(row)).map(([field, [was, now]]) => {
    const sensitivity = register.fields[field]?.sensitivity ?? 'plain'
    const shown = (value: unknown): unknown => {
      if (value === null || sensitivity === 'restricted') return null
      return sensitivity === 'masked' ? mask(String(value)) : value
    }
    return { field, was: shown(was), now: shown(now), hidden: sensitivity === 'restricted' || sensitivity === 'masked' }
  })
  const { seq, txn, kind, at, state } = row
  const shownState = state === 'unsent' ? 'pending' : state
  return {
    seq,
    txn,
    register: register.name,
    recordId,
    kind,
    at,
    byName: row.by_name ?? '—',
    why: row.why,
    fields,
    state: shownState,
  }
}

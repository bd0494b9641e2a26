import { talk, talkAssignment, type Talk } from '../../shared/domain/talk.ts'
import { toView, type ValuesOf } from '../../shared/domain/register.ts'
import { futureTalkFindings } from '../../shared/rules/talk-coverage.ts'
import { Fault } from '../../shared/errors.ts'
import { put } from '../../db/put.ts'
import { allRecords, fromRow } from '../../db/repo/record.ts'
import type { CommandCtx, HandlersOf } from '../handler.ts'
import { namesOf } from './people.ts'
import { revealFields, saved, saveRecord, viewRecord, voidRecord } from './save.ts'
import { coverage } from './talk-coverage.ts'
import { listTalks } from './talk-list.ts'

/** What belongs to the sitting, and so to every record of it. The private line and the follow-up are each cadre's own. */
const COMMON = [
  'talkType', 'format', 'direction', 'heldOn', 'talker', 'principal', 'recorder', 'place', 'reason', 'summary', 'paperRecord',
] as const satisfies readonly (keyof typeof talk.fields)[] // prettier-ignore

export const talkService: HandlersOf<'talk'> = {
  'talk.list': listTalks,
  'talk.get': async ({ db }, { id }) => ({ record: await viewRecord(db, talk, id) }),
  'talk.coverage': coverage,
  'talk.void': (ctx, input) => voidRecord(ctx, talk, input),
  'talk.reveal': (ctx, input) => revealFields(ctx, talk, input),

  'talk.save': async (ctx, input) => {
    const first = await saveRecord(ctx, talk, input, defaultsOf(ctx))
    refuseTwice([first.cadreId, ...(input.others ?? []).map((other) => other.cadreId)])
    const others = await saveOthers(ctx, first, input.others ?? [])
    if (input.wholeAct) await applyToAct(ctx, first, input.set)
    const ids = [first.id, ...others]
    return { ...saved(first, futureTalkFindings(first, ctx.today)), ids }
  },
}

export const talkAssignmentService: HandlersOf<'talk-assignment'> = {
  'talk-assignment.list': async ({ db, workspace }, { cadreId }) => {
    const records = (await allRecords(db, talkAssignment)).filter(
      (a) => !a.voided && (!cadreId || a.cadreId === cadreId),
    )
    records.sort((a, b) => b.since.localeCompare(a.since))
    const nameOf = await namesOf(
      db,
      records.map((a) => a.talker),
    )
    const rows = []
    for (const record of records) {
      const cadreName = (await workspace.index.byId(db, record.cadreId))?.name ?? '—'
      rows.push({ record: toView(talkAssignment, record), cadreName, talkerName: nameOf(record.talker) ?? '—' })
    }
    return { rows }
  },
  'talk-assignment.save': async (ctx, input) =>
    saved(await saveRecord(ctx, talkAssignment, input, { since: ctx.today }), []),
  'talk-assignment.void': (ctx, input) => voidRecord(ctx, talkAssignment, input),
}

/** Late entry is normal, so only the recording moment and the recorder are filled in, never the talker. */
const defaultsOf = (ctx: CommandCtx): Partial<ValuesOf<typeof talk>> => ({
  actId: ctx.newId(),
  talkType: 'heart-to-heart',
  format: 'individual',
  direction: 'arranged',
  recorder: { officerId: ctx.actor.id },
  recordedAt: ctx.at,
})

/** Nobody sits twice in one sitting. */
function refuseTwice(cadreIds: readonly string[]): void {
  if (new Set(cadreIds).size < cadreIds.length) throw new Fault('invalid-input', { issues: 'others' })
}

async function saveOthers(
  ctx: CommandCtx,
  first: Talk,
  others: readonly { cadreId: string; privateLine?: string | null | undefined }[],
) {
  const ids: string[] = []
  for (const other of others) {
    const shared = Object.fromEntries(COMMON.map((field) => [field, first[field]])) as Pick<
      Talk,
      (typeof COMMON)[number]
    >
    const set = { ...shared, actId: first.actId, recordedAt: first.recordedAt, cadreId: other.cadreId }
    const record = await saveRecord(ctx, talk, { set: { ...set, privateLine: other.privateLine ?? null } })
    ids.push(record.id)
  }
  return ids
}

/** Takes the common facts just changed over to the other records of the sitting. */
async function applyToAct(ctx: CommandCtx, first: Talk, set: Partial<ValuesOf<typeof talk>>): Promise<void> {
  const common = Object.fromEntries(
    COMMON.filter((field) => set[field] !== undefined).map((field) => [field, first[field]]),
  )
  const rows = await ctx.tx.db
    .selectFrom('talk')
    .selectAll()
    .where('act_id', '=', first.actId)
    .where('id', '!=', first.id)
    .where('voided', '=', 0)
    .execute()
  for (const row of rows) {
    const before = fromRow(talk, row)
    put(ctx.tx, talk, before, { ...before, ...common }, ctx.at)
  }
}

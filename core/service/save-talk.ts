import { talk, TALK_OWN, type Talk } from '../../shared/domain/talk.ts'
import type { ValuesOf } from '../../shared/domain/register.ts'
import type { Finding } from '../../shared/rules/finding.ts'
import { futureTalkFindings } from '../../shared/rules/talk-coverage.ts'
import { Fault } from '../../shared/errors.ts'
import { put } from '../../db/put.ts'
import { fromRow } from '../../db/repo/record.ts'
import type { CommandCtx, HandlersOf } from '../handler.ts'
import { saved, saveRecord } from './save.ts'

type SaveTalk = Parameters<HandlersOf<'talk'>['talk.save']>[1]
type Other = NonNullable<SaveTalk['others']>[number]

/** What belongs to the sitting, and so to every record of it. What is each cadre's own is {@link TALK_OWN}. */
const COMMON = [
  'talkType', 'format', 'direction', 'heldOn', 'talker', 'principal', 'recorder', 'place', 'reason', 'summary', 'paperRecord',
] as const satisfies readonly (keyof typeof talk.fields)[] // prettier-ignore

/** One sitting: the talk itself, the records of the others who sat there, and on request the common facts of all. */
export async function saveTalk(
  ctx: CommandCtx,
  input: SaveTalk,
): Promise<{ id: string; version: number; findings: Finding[]; ids: string[] }> {
  const first = await saveRecord(ctx, talk, input, defaultsOf(ctx))
  refuseTwice([first.cadreId, ...(input.others ?? []).map((other) => other.cadreId)])
  const others = await saveOthers(ctx, first, input.others ?? [])
  if (input.wholeAct) await applyToAct(ctx, first, input.set)
  return { ...saved(first, futureTalkFindings(first, ctx.today)), ids: [first.id, ...others] }
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

async function saveOthers(ctx: CommandCtx, first: Talk, others: readonly Other[]): Promise<string[]> {
  const common = Object.fromEntries(COMMON.map((field) => [field, first[field]])) as Pick<Talk, (typeof COMMON)[number]>
  const ids: string[] = []
  for (const other of others) {
    const own = Object.fromEntries(TALK_OWN.map((field) => [field, other[field] ?? null]))
    const { actId, recordedAt } = first
    const set = { ...common, ...own, actId, recordedAt, cadreId: other.cadreId }
    ids.push((await saveRecord(ctx, talk, { set })).id)
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

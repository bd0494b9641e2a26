import * as z from 'zod'
import { Fault } from '../../shared/errors.ts'
import {
  emptyValues,
  tableOf,
  toView,
  valuesSchema,
  type Register,
  type RecordOf,
  type ValuesOf,
  type ViewOf,
} from '../../shared/domain/register.ts'
import type { Finding } from '../../shared/rules/finding.ts'
import { appendAccess } from '../../db/repo/access-log.ts'
import { findRecord, getRecord } from '../../db/repo/record.ts'
import { put, type Draft } from '../../db/put.ts'
import type { Db } from '../../db/schema.ts'
import type { CommandCtx } from '../handler.ts'

type SaveInput<R extends Register> = {
  id?: string | undefined
  version?: number | undefined
  set: Partial<ValuesOf<R>>
  why?: string | null | undefined
}

/**
 * The `save` of every register: a patch onto the version that was read, or a new record.
 *
 * An id nobody has yet creates under that id, so that a page may choose it beforehand and a repeated call is harmless.
 */
export async function saveRecord<R extends Register>(
  ctx: CommandCtx,
  register: R,
  input: SaveInput<R>,
  defaults: Partial<ValuesOf<R>> = {},
): Promise<RecordOf<R>> {
  if (input.why) ctx.annotate({ why: input.why })
  const before = input.id === undefined ? null : await findRecord(ctx.tx.db, register, input.id)
  if (!before && input.version) throw new Fault('not-found', { register: register.name })
  const set = Object.fromEntries(Object.entries(input.set).filter(([, value]) => value !== undefined))
  refuseDangling(ctx, register, before, set)
  if (!before) {
    const values = checked(register, { ...emptyValues(register), ...defaults, ...set })
    const record = { ...values, id: input.id ?? ctx.newId(), voided: false, voidReason: null }
    return put(ctx.tx, register, null, record as unknown as Draft<R>, ctx.at)
  }
  if (before.voided) throw new Fault('voided', { register: register.name })
  if (input.version !== before.version) throw new Fault('stale', { register: register.name, version: before.version })
  return put(ctx.tx, register, before, { ...before, ...set } as Draft<R>, ctx.at)
}

/** What a record begins to refer to must be there, and not be voided. */
export function refuseDangling(
  ctx: CommandCtx,
  register: Register,
  before: object | null,
  set: Readonly<Record<string, unknown>>,
): void {
  for (const [field, target] of Object.entries(register.references)) {
    const id = set[field]
    if (typeof id !== 'string' || target === undefined || id === (before as typeof set | null)?.[field]) continue
    const row = ctx.tx.prepare(`select voided from "${tableOf(target)}" where id = ?`).get(id) as
      { voided: number } | undefined
    if (row?.voided !== 0) throw new Fault(row ? 'voided' : 'not-found', { register: target })
  }
}

function checked<R extends Register>(register: R, values: object): ValuesOf<R> {
  const parsed = valuesSchema(register).safeParse(values)
  if (!parsed.success) throw new Fault('invalid-input', { issues: z.prettifyError(parsed.error) })
  return parsed.data as ValuesOf<R>
}

/** `void {id, version, reason}`: the record stays, counts nowhere, and says why. */
export async function voidRecord<R extends Register>(
  ctx: CommandCtx,
  register: R,
  input: { id: string; version: number; reason: string },
): Promise<{ id: string; version: number }> {
  const before = await getRecord(ctx.tx.db, register, input.id)
  if (before.voided) throw new Fault('voided', { register: register.name })
  if (input.version !== before.version) throw new Fault('stale', { register: register.name, version: before.version })
  const after = put(ctx.tx, register, before, { ...before, voided: true, voidReason: input.reason }, ctx.at)
  return { id: after.id, version: after.version }
}

/** The record as a page may see it. */
export const viewRecord = async <R extends Register>(db: Db, register: R, id: string): Promise<ViewOf<R>> =>
  toView(register, await getRecord(db, register, id))

/** `reveal {id, fields}`: the log is written in the same transaction, before the values are given out. */
export async function revealFields<R extends Register>(
  ctx: CommandCtx,
  register: R,
  input: { id: string; fields: string[] },
): Promise<{ values: Record<string, unknown> }> {
  const unknown = input.fields.find((field) => !Object.hasOwn(register.fields, field))
  if (unknown) throw new Fault('invalid-input', { issues: unknown })
  const record = (await getRecord(ctx.tx.db, register, input.id)) as Record<string, unknown>
  await appendAccess(ctx.tx, {
    at: ctx.at,
    byOfficer: ctx.actor.id,
    byName: ctx.actor.name,
    action: 'reveal',
    register: register.name,
    recordId: input.id,
    detail: input.fields.join(','),
  })
  return { values: Object.fromEntries(input.fields.map((field) => [field, record[field] ?? null])) }
}

/** A `block` finding stops the save; the others go back with it. */
export function unlessBlocked(findings: Finding[]): Finding[] {
  const block = findings.find((f) => f.severity === 'block')
  if (block) throw new Fault('finding-blocks', { rule: block.rule, outcome: block.outcome })
  return findings
}

export const saved = (record: { id: string; version: number }, findings: Finding[]) => ({
  id: record.id,
  version: record.version,
  findings: unlessBlocked(findings),
})

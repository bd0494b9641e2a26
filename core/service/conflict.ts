import { mask, type RecordOf, type Register } from '../../shared/domain/register.ts'
import { registerNamed } from '../../shared/domain/registers.ts'
import { Fault } from '../../shared/errors.ts'
import { capabilitiesOf, readsOf, revealsOf, ROLES, writesOf, type Capability } from '../../shared/permissions.ts'
import { VOIDED, type CityValue } from '../../shared/sync/protocol.ts'
import { appendAccess } from '../../db/repo/access-log.ts'
import { changesOf, historyOf, type HistoryRow } from '../../db/repo/history.ts'
import { getRecord } from '../../db/repo/record.ts'
import { conflictsOn, opAt, type ConflictProblem, type OpRow } from '../../db/repo/sync.ts'
import type { Db } from '../../db/schema.ts'
import type { Actor, HandlersOf } from '../handler.ts'
import type { Sealer } from '../keys/seal.ts'
import { labelsFor } from './op-labels.ts'

/** What the city holds of a field; not `known` when it did not say, or when it cannot be unsealed here. */
export interface CitySide {
  readonly known: boolean
  readonly value: unknown
}

/** Everything in conflict on one record: several changes may be, on the same or on different fields. */
export interface OpenConflict {
  readonly op: OpRow
  readonly register: Register
  readonly record: RecordOf<Register>
  readonly city: ReadonlyMap<string, CitySide>
}

/** The conflict a change is part of. `stale` when it has been decided meanwhile. */
export async function openConflict(db: Db, sealer: Sealer, seq: number): Promise<OpenConflict> {
  const op = await opAt(db, seq)
  const register = op && registerNamed(op.register)
  if (!op || !register) throw new Fault('not-found', { register: op?.register ?? 'op' })
  if (op.state !== 'conflict') throw new Fault('stale', { register: register.name })
  const record = await getRecord(db, register, op.record_id)
  const city = new Map<string, CitySide>()
  // Later answers know later revisions: of one field the last word counts.
  for (const one of await conflictsOn(db, op.register, op.record_id)) {
    const told = JSON.parse(one.problem ?? '{"fields":[]}') as ConflictProblem
    for (const field of told.fields)
      city.set(field, sideOf(sealer, { register: register.name, id: record.id, field }, told.city?.[field]))
  }
  return { op, register, record, city }
}

function sideOf(sealer: Sealer, place: Parameters<Sealer['unseal']>[0], told: CityValue | undefined): CitySide {
  if (told === undefined) return { known: false, value: null }
  if ('value' in told) return { known: true, value: told.value }
  const value = sealer.unseal(place, told.sealed)
  return { known: value !== undefined, value: value ?? null }
}

/** The township's own value of a field, or of {@link VOIDED}. */
export const oursOf = ({ record }: OpenConflict, field: string): unknown =>
  field === VOIDED ? record.voided : ((record as unknown as Record<string, unknown>)[field] ?? null)

const sensitivityOf = (register: Register, field: string) => register.fields[field]?.sensitivity ?? 'plain'
const isGuarded = (register: Register, field: string): boolean =>
  ['masked', 'restricted'].includes(sensitivityOf(register, field))

/** What deciding asks for: changing the record, and seeing what is chosen from. */
function needsOf({ register, city }: OpenConflict): Capability[] {
  const reveals = revealsOf(register.name)
  const guarded = reveals !== undefined && [...city.keys()].some((field) => isGuarded(register, field))
  return [readsOf(register.name), writesOf(register.name), ...(guarded ? [reveals] : [])]
}

/** Throws `not-allowed` unless the officer may decide this conflict. */
export function assertDecider(actor: Actor, conflict: OpenConflict): void {
  const missing = needsOf(conflict).find((can) => !actor.can.has(can))
  if (missing) throw new Fault('not-allowed', { can: missing })
}

export const getConflict: HandlersOf<'sync'>['sync.conflict'] = async ({ db, actor, workspace }, { seq }) => {
  const conflict = await openConflict(db, workspace.sealer, seq)
  const { op, register, record } = conflict
  const needs = needsOf(conflict)
  const reveals = revealsOf(register.name)
  const history = await historyOf(db, register.name, record.id, { limit: 1_000_000, offset: 0 })
  return {
    seq,
    register: register.name,
    recordId: record.id,
    label: (await labelsFor(db, actor, [op]))(op),
    version: record.version,
    voided: record.voided,
    answeredAt: op.answered_at,
    fields: [...conflict.city.keys()].map((field) => rowOf(conflict, history, field, actor)),
    mayReveal: reveals !== undefined && [readsOf(register.name), reveals].every((can) => actor.can.has(can)),
    maySettle: needs.every((can) => actor.can.has(can)),
    deciders: ROLES.filter((role) => needs.every((can) => capabilitiesOf(role).has(can))),
  }
}

function rowOf(conflict: OpenConflict, history: readonly HistoryRow[], field: string, actor: Actor) {
  const { register, op } = conflict
  const mayRead = actor.can.has(readsOf(register.name))
  const theirs = conflict.city.get(field) as CitySide
  const sides = [oursOf(conflict, field), theirs.value]
  const sensitivity = sensitivityOf(register, field)
  const shown = !mayRead || sensitivity === 'restricted' ? 'hidden' : sensitivity === 'masked' ? 'masked' : 'open'
  const [ours, city] = sides.map((value) => asShown(value, shown))
  const saved = history.find((row) => Object.hasOwn(changesOf(row), field))
  return {
    field,
    ours,
    theirs: city,
    known: theirs.known,
    shown: shown as typeof shown,
    byName: saved?.by_name ?? op.by_name ?? '—',
    at: saved?.at ?? op.at,
    why: mayRead ? (saved?.why ?? null) : null,
  }
}

function asShown(value: unknown, shown: 'open' | 'masked' | 'hidden'): unknown {
  if (value === null || shown === 'hidden') return null
  return shown === 'masked' ? mask(String(value)) : value
}

export const revealConflict: HandlersOf<'sync'>['sync.reveal'] = async (ctx, { seq, fields }) => {
  const { tx, at, actor, workspace } = ctx
  const conflict = await openConflict(tx.db, workspace.sealer, seq)
  const { register, record, city } = conflict
  const reveals = revealsOf(register.name)
  const missing = [readsOf(register.name), ...(reveals ? [reveals] : [])].find((can) => !actor.can.has(can))
  if (missing) throw new Fault('not-allowed', { can: missing })
  const unknown = fields.find((field) => !city.has(field))
  if (unknown) throw new Fault('invalid-input', { issues: unknown })
  const entry = { at, byOfficer: actor.id, byName: actor.name, action: 'reveal' }
  await appendAccess(tx, { ...entry, register: register.name, recordId: record.id, detail: fields.join(',') })
  const both = (field: string) => ({ ours: oursOf(conflict, field), theirs: city.get(field)?.value ?? null })
  return { values: Object.fromEntries(fields.map((field) => [field, both(field)])) }
}

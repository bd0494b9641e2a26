import * as z from 'zod'
import type { Choice } from '../../shared/contract/sync.ts'
import { patchSchema, type RecordOf, type Register } from '../../shared/domain/register.ts'
import type { RegisterName } from '../../shared/domain/registers.ts'
import { Fault } from '../../shared/errors.ts'
import type { Finding } from '../../shared/rules/finding.ts'
import { VOIDED } from '../../shared/sync/protocol.ts'
import { put, sameValue, type Draft } from '../../db/put.ts'
import { getRecord } from '../../db/repo/record.ts'
import type { CommandCtx, HandlersOf } from '../handler.ts'
import { cadreService } from './cadre.ts'
import { assertDecider, oursOf, openConflict, type OpenConflict } from './conflict.ts'
import { officerService } from './officer.ts'
import { refuseDangling, voidRecord } from './save.ts'
import { settingService } from './setting.ts'
import { talkAssignmentService, talkService } from './talk.ts'
import { unitService } from './unit.ts'

interface Patch {
  readonly id: string
  readonly version: number
  readonly set: never
}
type Save = (ctx: CommandCtx, patch: Patch) => Promise<{ findings: Finding[] }>
type Void = (ctx: CommandCtx, input: { id: string; version: number; reason: string }) => Promise<unknown>

/** What is chosen passes the register's own save: its rules hold for a decision as for any other change. */
const SAVES: Readonly<Record<RegisterName, Save>> = {
  'unit': unitService['unit.save'],
  'officer': officerService['officer.save'],
  'setting': settingService['setting.save'],
  'cadre': cadreService['cadre.save'],
  'talk': talkService['talk.save'],
  'talk-assignment': talkAssignmentService['talk-assignment.save'],
}

/** A unit with people in it cannot go; the others only ask for a reason. */
const voidOf = (register: Register): Void =>
  register.name === 'unit' ? unitService['unit.void'] : (ctx, input) => voidRecord(ctx, register, input)

/**
 * Takes for every field in conflict the value a person chose.
 *
 * All of them are restated, so that the op becomes the decision on the conflict even where the township's value stays.
 */
export const settleConflict: HandlersOf<'sync'>['sync.settle'] = async (ctx, { seq, version, choose, why }) => {
  const conflict = await openConflict(ctx.tx.db, ctx.workspace.sealer, seq)
  const { register, record, city } = conflict
  assertDecider(ctx.actor, conflict)
  if (version !== record.version) throw new Fault('stale', { register: register.name, version: record.version })
  if (why) ctx.annotate({ why })
  const values = chosenValues(conflict, choose)
  const findings = await apply(ctx, conflict, values, why)
  const now = await getRecord(ctx.tx.db, register, record.id)
  const after = put(ctx.tx, register, now, now as Draft<Register>, ctx.at, [...city.keys()])
  return { id: after.id, version: after.version, findings }
}

type Values = Readonly<Record<string, unknown>>

/** What each field is to be. Nothing is chosen for anybody: a field left out is refused. */
function chosenValues(conflict: OpenConflict, choose: Readonly<Record<string, Choice>>): Values {
  const strange = Object.keys(choose).find((field) => !conflict.city.has(field))
  if (strange) throw new Fault('invalid-input', { issues: strange })
  return Object.fromEntries(
    [...conflict.city].map(([field, theirs]) => {
      const choice = Object.hasOwn(choose, field) ? choose[field] : undefined
      if (!choice || (choice.take === 'theirs' && !theirs.known)) throw new Fault('invalid-input', { issues: field })
      if (choice.take === 'ours') return [field, oursOf(conflict, field)]
      return [field, choice.take === 'theirs' ? theirs.value : (choice.value ?? null)]
    }),
  )
}

async function apply(ctx: CommandCtx, conflict: OpenConflict, values: Values, why?: string): Promise<Finding[]> {
  const { register, record } = conflict
  const { [VOIDED]: voided = record.voided, ...fields } = values
  if (typeof voided !== 'boolean') throw new Fault('invalid-input', { issues: VOIDED })
  const set = newValues(conflict, fields)
  if (record.voided && voided) {
    put(ctx.tx, register, record, { ...record, ...set } as Draft<Register>, ctx.at)
    return []
  }
  if (record.voided) bringBack(ctx, register, record, set)
  const findings = record.voided || Object.keys(set).length > 0 ? await save(ctx, register, record.id, set) : []
  if (voided) await makeVoid(ctx, register, record.id, why)
  return findings
}

/** Values that differ from the township's, as the register's schema takes them. */
function newValues(conflict: OpenConflict, fields: Values): Values {
  const news = Object.entries(fields).filter(([field, value]) => !sameValue(value, oursOf(conflict, field)))
  const parsed = patchSchema(conflict.register).safeParse(Object.fromEntries(news))
  if (!parsed.success) throw new Fault('invalid-input', { issues: z.prettifyError(parsed.error) })
  return parsed.data
}

/** A record comes back only if what it names, as it will be, is there. */
function bringBack(ctx: CommandCtx, register: Register, record: RecordOf<Register>, set: Values): void {
  refuseDangling(ctx, register, null, { ...record, ...set })
  put(ctx.tx, register, record, { ...record, voided: false, voidReason: null } as Draft<Register>, ctx.at)
}

async function save(ctx: CommandCtx, register: Register, id: string, set: Values): Promise<Finding[]> {
  const { version } = await getRecord(ctx.tx.db, register, id)
  const { findings } = await SAVES[register.name as RegisterName](ctx, { id, version, set: set as never })
  return findings
}

async function makeVoid(ctx: CommandCtx, register: Register, id: string, why: string | undefined): Promise<void> {
  if (why === undefined) throw new Fault('invalid-input', { issues: 'why' })
  const { version } = await getRecord(ctx.tx.db, register, id)
  await voidOf(register)(ctx, { id, version, reason: why })
}

import { setImmediate } from 'node:timers/promises'
import { officer, type Officer } from '../../shared/domain/officer.ts'
import { registerNamed, REGISTERS } from '../../shared/domain/registers.ts'
import { columnOf, tableOf, type Register, type RecordOf } from '../../shared/domain/register.ts'
import { unit } from '../../shared/domain/unit.ts'
import { Fault } from '../../shared/errors.ts'
import { writesOf } from '../../shared/permissions.ts'
import { changesOf, changesOfTxn, type Changes, type TxnChange } from '../../db/repo/history.ts'
import { getRecord } from '../../db/repo/record.ts'
import { put, sameValue, type Draft } from '../../db/put.ts'
import type { CommandCtx } from '../handler.ts'
import { refuseRoleBeyondRights } from '../service/officer-role.ts'

export interface Kept {
  readonly register: string
  readonly recordId: string
  readonly label: string
  readonly reason: 'edited' | 'referenced'
}

/** A change to be undone, with what it changed read out. */
interface Undoing {
  readonly change: TxnChange
  readonly register: Register
  readonly fields: Changes
}

/** Records between two pauses. */
const SLICE = 200

/**
 * Undoes one transaction by appending the inverse of each of its changes (SYNC §5.2-15), sent or not.
 *
 * Rows of the ledger are never removed. A record edited since, here or at the city, or one that others refer to, is kept
 * and listed.
 */
export async function undoTransaction(ctx: CommandCtx, txn: string): Promise<{ undone: number; kept: Kept[] }> {
  const changes = (await changesOfTxn(ctx.tx.db, txn)).flatMap(undoingOf)
  if (changes.length === 0) throw new Fault('nothing-to-undo', {})
  for (const { register } of changes) {
    // Undoing asks for the permission that the change itself asked for.
    const can = writesOf(register.name)
    if (!ctx.actor.can.has(can)) throw new Fault('not-allowed', { can })
  }
  ctx.annotate({ undoes: txn })
  const kept: Kept[] = []
  let undone = 0
  for (const [index, undoing] of inOrder(changes).entries()) {
    if (index % SLICE === SLICE - 1) {
      await ctx.settle()
      await setImmediate() // an import of thousands is undone while screens stay alive
    }
    const { register, change } = undoing
    const record = await getRecord(ctx.tx.db, register, change.record_id)
    refuseRole(ctx, undoing, record)
    const reason = reasonToKeep(ctx, undoing, record)
    if (reason) kept.push({ register: register.name, recordId: record.id, label: labelOf(record), reason })
    else undone += putInverse(ctx, undoing, record)
  }
  if (undone === 0 && kept.length === 0) throw new Fault('nothing-to-undo', {})
  return { undone, kept }
}

function undoingOf(change: TxnChange): Undoing[] {
  const register = registerNamed(change.register)
  return register ? [{ change, register, fields: changesOf(change) }] : []
}

/** Last change first, so that children go before their parents; but what comes back comes back parents first. */
function inOrder(lastFirst: readonly Undoing[]): Undoing[] {
  return [...lastFirst.filter(comesBack).reverse(), ...lastFirst.filter((undoing) => !comesBack(undoing))]
}

/** True when the record was voided by the change, so that undoing brings it back. */
const comesBack = ({ fields }: Undoing): boolean => fields['voided']?.[1] === true

const labelOf = (record: object): string => {
  const { name, heldOn } = record as { name?: unknown; heldOn?: unknown }
  return String(name ?? heldOn ?? '')
}

function reasonToKeep(ctx: CommandCtx, undoing: Undoing, record: RecordOf<Register>): Kept['reason'] | null {
  const { change, register } = undoing
  // In conflict the city holds another value: to say an older one again would overwrite it unseen.
  if (change.later || change.state === 'conflict') return 'edited'
  if (change.version > 1)
    return locksOut(ctx, register, record) || refersToVoided(ctx, undoing, record) ? 'referenced' : null
  const needed =
    isReferenced(ctx, register, record.id) || isTownship(register, record) || hasActed(ctx, register, record.id)
  return needed ? 'referenced' : null
}

/** A role that comes back is given, like one that is saved. */
function refuseRole(ctx: CommandCtx, { register, fields }: Undoing, record: object): void {
  const was = fields['role']?.[0]
  if (register.name === officer.name && typeof was === 'string')
    refuseRoleBeyondRights(ctx, record as Officer, was as Officer['role'])
}

/** Undoing a change of one's own role or state could leave nobody who may take it back. */
const locksOut = (ctx: CommandCtx, register: Register, record: { id: string }): boolean =>
  register.name === officer.name && record.id === ctx.actor.id

/** Everything hangs below the root unit. */
const isTownship = (register: Register, record: object): boolean =>
  register.name === unit.name && (record as { parentId?: unknown }).parentId === null

/** An officer whose name stands in the ledger stays; who did nothing yet may go. */
const hasActed = (ctx: CommandCtx, register: Register, id: string): boolean =>
  register.name === officer.name &&
  ctx.tx.prepare('select 1 from op where by_officer = ? limit 1').get(id) !== undefined

/** What made a record may have been followed by records of other transactions that refer to it. */
function isReferenced(ctx: CommandCtx, register: Register, id: string): boolean {
  for (const other of Object.values(REGISTERS) as Register[]) {
    for (const [field, target] of Object.entries(other.references)) {
      if (target !== register.name) continue
      const rows = ctx.tx.prepare(
        `select 1 from "${tableOf(other.name)}" where "${columnOf(field)}" = ? and voided = 0 limit 1`,
      )
      if (rows.get(id)) return true
    }
  }
  return false
}

/** A record or value that comes back may name a record that was voided meanwhile. */
function refersToVoided(ctx: CommandCtx, undoing: Undoing, record: object): boolean {
  const { register, fields } = undoing
  return Object.entries(register.references).some(([field, target]) => {
    const id =
      field in fields ? fields[field]?.[0] : comesBack(undoing) ? (record as Record<string, unknown>)[field] : null
    if (typeof id !== 'string' || target === undefined) return false
    return ctx.tx.prepare(`select 1 from "${tableOf(target)}" where id = ? and voided = 1`).get(id) !== undefined
  })
}

function putInverse(ctx: CommandCtx, { change, register, fields }: Undoing, record: RecordOf<Register>): number {
  if (change.version === 1) {
    if (record.voided) return 0
    put(ctx.tx, register, record, { ...record, voided: true, voidReason: 'undo' } as Draft<Register>, ctx.at)
    return 1
  }
  // What was only said again, in a conflict, has nothing to go back to.
  const changed = Object.entries(fields).filter(([, [was, now]]) => !sameValue(was, now))
  const inverse = Object.fromEntries(changed.map(([field, [was]]) => [field, was]))
  const voidReason = inverse['voided'] === undefined ? record.voidReason : inverse['voided'] === true ? 'undo' : null
  const after = put(ctx.tx, register, record, { ...record, ...inverse, voidReason } as Draft<Register>, ctx.at)
  return after === record ? 0 : 1
}

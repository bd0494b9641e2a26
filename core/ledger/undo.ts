import { registerNamed, REGISTERS } from '../../shared/domain/registers.ts'
import { columnOf, tableOf, type Register, type RecordOf } from '../../shared/domain/register.ts'
import { Fault } from '../../shared/errors.ts'
import { changesOfTxn, type TxnChange } from '../../db/repo/history.ts'
import { getRecord } from '../../db/repo/record.ts'
import { put, type Draft } from '../../db/put.ts'
import type { CommandCtx } from '../handler.ts'

export interface Kept {
  readonly register: string
  readonly recordId: string
  readonly label: string
  readonly reason: 'edited' | 'referenced'
}

/**
 * Undoes one transaction by appending the inverse of each of its changes (SYNC §5.2-15), sent or not.
 *
 * Rows of the ledger are never removed. A record edited since, or one that others refer to, is kept and listed.
 */
export async function undoTransaction(ctx: CommandCtx, txn: string): Promise<{ undone: number; kept: Kept[] }> {
  const changes = await changesOfTxn(ctx.tx.db, txn)
  if (changes.length === 0) throw new Fault('nothing-to-undo', {})
  ctx.annotate({ undoes: txn })
  const kept: Kept[] = []
  let undone = 0
  for (const change of changes) {
    const register = registerNamed(change.register)
    if (!register) continue
    const record = await getRecord(ctx.tx.db, register, change.record_id)
    const reason = reasonToKeep(ctx, register, change)
    if (reason) kept.push({ register: register.name, recordId: record.id, label: labelOf(record), reason })
    else undone += putInverse(ctx, register, record, change)
  }
  if (undone === 0 && kept.length === 0) throw new Fault('nothing-to-undo', {})
  return { undone, kept }
}

const labelOf = (record: object): string => {
  const { name, heldOn } = record as { name?: unknown; heldOn?: unknown }
  return String(name ?? heldOn ?? '')
}

/** Only a create can strand others: what it made may be referred to by records of other transactions. */
function reasonToKeep(ctx: CommandCtx, register: Register, change: TxnChange): Kept['reason'] | null {
  if (change.later) return 'edited'
  return change.version === 1 && isReferenced(ctx, register, change.record_id) ? 'referenced' : null
}

function isReferenced(ctx: CommandCtx, register: Register, id: string): boolean {
  for (const other of Object.values(REGISTERS) as Register[]) {
    for (const [field, target] of Object.entries(other.references)) {
      if (target !== register.name) continue
      const rows = ctx.tx.prepare(`select 1 from "${tableOf(other.name)}" where "${columnOf(field)}" = ? and voided = 0 limit 1`)
      if (rows.get(id)) return true
    }
  }
  return false
}

function putInverse(ctx: CommandCtx, register: Register, record: RecordOf<Register>, change: TxnChange): number {
  const changed = JSON.parse(change.changes) as Record<string, [unknown, unknown]>
  const inverse: Record<string, unknown> = {}
  for (const [field, [was]] of Object.entries(changed)) inverse[field] = was
  if (change.version === 1) {
    if (record.voided) return 0
    put(ctx.tx, register, record, { ...record, voided: true, voidReason: 'undo' } as Draft<Register>, ctx.at)
    return 1
  }
  const voidReason = inverse['voided'] === false ? null : record.voidReason
  put(ctx.tx, register, record, { ...record, ...inverse, voidReason } as Draft<Register>, ctx.at)
  return 1
}

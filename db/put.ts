import { Fault } from '../shared/errors.ts'
import type { Register, RecordOf } from '../shared/domain/register.ts'
import { codecOf, encode, type SqlValue } from './codec.ts'
import type { Tx } from './open.ts'

/** One record before and after, as collected in a transaction. */
export interface Change {
  readonly register: Register
  readonly id: string
  readonly before: RecordOf<Register> | null
  after: RecordOf<Register>
}

/** What a caller gives: the id and all field values; version and times are put's business. */
export type Draft<R extends Register> = Omit<RecordOf<R>, 'version' | 'createdAt' | 'updatedAt'>

/**
 * The only way a register is written.
 *
 * Inserts when `before` is null, otherwise replaces exactly the version that was read (`stale` if somebody was faster).
 * Nothing changed means nothing written. The change is noted on the transaction, whose wrapper writes history and ops.
 *
 * @returns the record as stored.
 */
export function put<R extends Register>(tx: Tx, register: R, before: RecordOf<R> | null, after: Draft<R>, at: string): RecordOf<R> {
  if (before && !differs(register, before, after)) return before
  const codec = codecOf(register)
  const next = {
    ...after,
    version: (before?.version ?? 0) + 1,
    createdAt: before?.createdAt ?? at,
    updatedAt: at,
  } as unknown as RecordOf<R>
  const meta: SqlValue[] = [next.version, next.voided ? 1 : 0, next.voidReason, at]
  const values = codec.fields.map(({ name, field }) => encode(field, (next as Record<string, unknown>)[name]))
  if (!before) {
    tx.prepare(codec.insert).run(next.id, at, ...meta, ...values)
  } else {
    const done = tx.prepare(codec.update).run(...meta, ...values, next.id, before.version)
    if (done.changes === 0) throw new Fault('stale', { register: register.name })
  }
  note(tx, { register, id: next.id, before, after: next })
  return next
}

/** Two puts of one record in one command are one change. */
function note(tx: Tx, change: Change): void {
  const earlier = change.before && tx.changes.find((c) => c.register === change.register && c.id === change.id)
  if (earlier) earlier.after = change.after
  else tx.changes.push(change)
}

/** Names of the fields whose values differ; `voided` counts as one. */
export function changedFields(register: Register, before: object | null, after: object): string[] {
  const was = (before ?? {}) as Record<string, unknown>
  const now = after as Record<string, unknown>
  return [...Object.keys(register.fields), 'voided'].filter((name) => !sameValue(was[name] ?? empty(name), now[name] ?? empty(name)))
}

const empty = (name: string): unknown => (name === 'voided' ? false : null)
const differs = (register: Register, before: object, after: object): boolean => changedFields(register, before, after).length > 0

/** Equal as data: lists and objects by content. */
export const sameValue = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null && JSON.stringify(a) === JSON.stringify(b))

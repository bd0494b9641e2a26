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
  /** Fields to be said although they need not have changed: a person's decision on a conflict. */
  restated: readonly string[]
}

/** What a caller gives: the id and all field values; version and times are put's business. */
export type Draft<R extends Register> = Omit<RecordOf<R>, 'version' | 'createdAt' | 'updatedAt'>

/**
 * The only way a register is written.
 *
 * Inserts when `before` is null, otherwise replaces exactly the version that was read (`stale` if somebody was faster).
 * Nothing changed means nothing written. The change is noted on the transaction, whose wrapper writes history and ops.
 * Two puts of one record in one command are one change and one version, counted from what the command found. Fields that
 * are `restated` make a change of it even where nothing differs.
 *
 * @returns the record as stored.
 */
export function put<R extends Register>(
  tx: Tx,
  register: R,
  before: RecordOf<R> | null,
  after: Draft<R>,
  at: string,
  restated: readonly string[] = [],
): RecordOf<R> {
  if (before && restated.length === 0 && !differs(register, before, after)) return before
  const earlier = before ? tx.changes.find((c) => c.register === register && c.id === before.id) : undefined
  if (earlier && before && differs(register, earlier.after, before))
    throw new Fault('stale', { register: register.name })
  const found = earlier ? earlier.before : before
  const said = [...new Set([...(earlier?.restated ?? []), ...restated])]
  const asFound = earlier !== undefined && found !== null && said.length === 0 && !differs(register, found, after)
  const counted = { version: (found?.version ?? 0) + 1, createdAt: found?.createdAt ?? at, updatedAt: at }
  const next = (asFound ? found : { ...storable(after), ...counted }) as RecordOf<R>
  write(tx, register, before, next)
  if (asFound) tx.changes.splice(tx.changes.indexOf(earlier), 1)
  else if (earlier) Object.assign(earlier, { after: next, restated: said })
  else tx.changes.push({ register, id: next.id, before, after: next, restated: said })
  return next
}

function write<R extends Register>(tx: Tx, register: R, before: RecordOf<R> | null, next: RecordOf<R>): void {
  const codec = codecOf(register)
  const meta: SqlValue[] = [next.version, next.voided ? 1 : 0, next.voidReason, next.updatedAt]
  const values = codec.fields.map(({ name, field }) => encode(field, (next as Record<string, unknown>)[name]))
  if (!before) {
    tx.prepare(codec.insert).run(next.id, next.createdAt, ...meta, ...values)
    return
  }
  const done = tx.prepare(codec.update).run(...meta, ...values, next.id, before.version)
  if (done.changes === 0) throw new Fault('stale', { register: register.name })
}

/** Text as every database can hold it: half of a surrogate pair becomes U+FFFD, NUL goes. The ledger says the same. */
function storable<T>(value: T): T {
  if (isStorable(value)) return value
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '') as T
  if (Array.isArray(value)) return value.map(storable) as T
  return Object.fromEntries(Object.entries(value as object).map(([key, item]) => [storable(key), storable(item)])) as T
}

/** Nearly every value is; saying so without a copy keeps imports quick. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0')
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(isStorable)
  for (const key in value) if (!isStorable(key) || !isStorable((value as Record<string, unknown>)[key])) return false
  return true
}

/** Names of the fields a change has to say: those whose values differ, and those restated. */
export const saidFields = ({ register, before, after, restated }: Change): string[] => [
  ...new Set([...changedFields(register, before, after), ...restated]),
]

/** Names of the fields whose values differ; `voided` counts as one. */
export function changedFields(register: Register, before: object | null, after: object): string[] {
  const was = (before ?? {}) as Record<string, unknown>
  const now = after as Record<string, unknown>
  return [...Object.keys(register.fields), 'voided'].filter(
    (name) => !sameValue(was[name] ?? empty(name), now[name] ?? empty(name)),
  )
}

const empty = (name: string): unknown => (name === 'voided' ? false : null)
const differs = (register: Register, before: object, after: object): boolean =>
  changedFields(register, before, after).length > 0

/** Equal as data: lists and objects by content. */
export const sameValue = (a: unknown, b: unknown): boolean =>
  a === b ||
  (typeof a === 'object' &&
    typeof b === 'object' &&
    a !== null &&
    b !== null &&
    JSON.stringify(a) === JSON.stringify(b))

import type { Meta, Register, ValuesOf } from '../../shared/domain/register.ts'
import { anId } from './id.ts'

/** What a saved record has besides its fields. */
export const someMeta = (): Meta => ({
  id: anId(),
  version: 1,
  voided: false,
  voidReason: null,
  createdAt: '2026-11-20T09:00:00+08:00',
  updatedAt: '2026-11-20T09:00:00+08:00',
})

/** A record of a register without its id, version and the rest: what a save is given as `set`. */
export function valuesOf<R extends Register>(reg: R, record: ValuesOf<R>): ValuesOf<R> {
  const values = record as Record<string, unknown>
  return Object.fromEntries(Object.keys(reg.fields).map((name) => [name, values[name]])) as ValuesOf<R>
}

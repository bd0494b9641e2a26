import type * as z from 'zod'
import type { Capability } from '../permissions.ts'

interface Spec<I extends z.ZodType, O extends z.ZodType> {
  /** What the officer must be allowed to do. */
  readonly can: Capability
  readonly input: I
  readonly output: O
  /** Asked by a timer, not by a person: does not put off the idle lock. */
  readonly passive?: boolean
}
export type Query<I extends z.ZodType, O extends z.ZodType> = Spec<I, O> & { readonly kind: 'query' }
export type Command<I extends z.ZodType, O extends z.ZodType> = Spec<I, O> & { readonly kind: 'command' }
export type Action<I extends z.ZodType, O extends z.ZodType> = Spec<I, O> & { readonly kind: 'action' }
export type Endpoint = Query<z.ZodType, z.ZodType> | Command<z.ZodType, z.ZodType> | Action<z.ZodType, z.ZodType>

/** Reads, on the read-only connection. Safe to repeat. */
export const query = <I extends z.ZodType, O extends z.ZodType>(spec: Spec<I, O>): Query<I, O> => ({
  kind: 'query',
  ...spec,
})

/** Writes. Runs in one transaction together with its history and its ops. */
export const command = <I extends z.ZodType, O extends z.ZodType>(spec: Spec<I, O>): Command<I, O> => ({
  kind: 'command',
  ...spec,
})

/** Does what no single transaction holds: unlocking, talking to the city, parsing a file. */
export const action = <I extends z.ZodType, O extends z.ZodType>(spec: Spec<I, O>): Action<I, O> => ({
  kind: 'action',
  ...spec,
})

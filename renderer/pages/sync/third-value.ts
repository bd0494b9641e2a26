import * as z from 'zod'
import { registerNamed } from '../../../shared/domain/registers.ts'
import type { Field } from '../../../shared/domain/register.ts'

/** How a third value is typed in, or null: what is no text, date or choice is changed in the record's own form. */
export type Editor =
  | { readonly kind: 'line' | 'area' | 'month' | 'day' | 'whole' | 'tags' | 'unit' }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | null

/** From this length on a text gets several lines. */
const LONG = 60

/** The input for a field, by what its schema takes: a register added later needs no list here. */
export function editorOf(registerName: string, name: string): Editor {
  const register = registerNamed(registerName)
  const field = register && Object.hasOwn(register.fields, name) ? register.fields[name] : undefined
  // A setting's value is a list of codes: its own page has the words for them.
  if (!register || !field || registerName === 'setting') return null
  if (register.references[name] !== undefined) return register.references[name] === 'unit' ? { kind: 'unit' } : null
  if (field.storage === 'integer') return { kind: 'whole' }
  if (field.storage === 'json') return name === 'tags' ? { kind: 'tags' } : null
  return field.storage === 'text' ? textEditor(field) : null
}

function textEditor({ schema }: Field): Editor {
  const inner = schema instanceof z.ZodNullable ? (schema.unwrap() as z.ZodType) : schema
  if (inner instanceof z.ZodEnum) return { kind: 'choice', options: inner.options.map(String) }
  const takes = (value: string): boolean => inner.safeParse(value).success
  if (takes('x'.repeat(LONG))) return { kind: 'area' }
  if (takes('x') || takes('371002198507120014')) return { kind: 'line' }
  if (takes('2026-11-20')) return { kind: 'day' }
  return takes('2026-11') ? { kind: 'month' } : null
}

/** Whose value was picked for a field; `value` with `take: 'value'`, undefined until something is typed. */
export interface Pick {
  readonly take: 'ours' | 'theirs' | 'value'
  readonly value: unknown
}
export type Picks = Readonly<Record<string, Pick>>

/** What is wrong with a typed third value: nothing, that it is missing, or that the register would refuse it. */
export function problemOfThird(registerName: string, name: string, value: unknown): 'required' | 'invalid' | null {
  const field = registerNamed(registerName)?.fields[name]
  // Null is a field emptied on purpose; a box that merely began empty, over a covered value, is not.
  if (value === undefined || (value === null && field?.required === true)) return 'required'
  return field?.schema.safeParse(value).success === true ? null : 'invalid'
}

/** The fields nobody has decided yet, or decided by a value that cannot be saved. */
export const undecidedFields = (registerName: string, fields: readonly string[], picks: Picks): string[] =>
  fields.filter((field) => {
    const pick = picks[field]
    return !pick || (pick.take === 'value' && problemOfThird(registerName, field, pick.value) !== null)
  })

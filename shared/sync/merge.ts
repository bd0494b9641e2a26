import type { MergeClass } from '../domain/register.ts'
import type { Sealed } from './protocol.ts'

/** How a field merges; a field nobody declared (written by a newer version) merges by itself, as class B. */
export interface MergeRule {
  readonly merge: MergeClass
  readonly group?: string
}
export type MergeRules = Readonly<Record<string, MergeRule>>

/** Values of some or all fields. A field is in one of the two; absent and null mean the same: empty. */
export interface Values {
  readonly plain: Readonly<Record<string, unknown>>
  readonly sealed: Readonly<Record<string, Sealed>>
}
export const NOTHING: Values = { plain: {}, sealed: {} }

export interface Merge {
  /** What to write over `current`: fields only one side changed, and sets with both sides' changes. */
  readonly write: Values
  /** Fields both sides changed, differently. `current` keeps its value; the other must be kept for a person. */
  readonly conflicts: readonly string[]
}

/**
 * Three-way merge of one change into what has become of the record meanwhile (SYNC §5.2-3, -7).
 *
 * `base` is what the writer saw, `mine` the fields it set, `current` the whole record as it is now. Equal values never
 * conflict, sealed ones compare by their HMAC, a group (class C) counts as one value, a set (class E) takes both sides'
 * additions and removals. Pure: the same four values always give the same answer.
 */
export function mergeChange(rules: MergeRules, base: Values, mine: Values, current: Values): Merge {
  const write = { plain: {} as Record<string, unknown>, sealed: {} as Record<string, Sealed> }
  const conflicts: string[] = []
  for (const part of partsOf(rules, mine)) {
    const set = part.isSet ? mergedSet(part.touched[0] as string, base, mine, current) : null
    if (set !== null) {
      if (set.changed) write.plain[set.name] = set.value
      continue
    }
    const changed = part.touched.filter((name) => keyOf(mine, name) !== keyOf(base, name))
    const news = changed.filter((name) => keyOf(mine, name) !== keyOf(current, name))
    const moved = part.all.some((name) => keyOf(current, name) !== keyOf(base, name))
    if (moved) conflicts.push(...news)
    else for (const name of news) copy(mine, write, name)
  }
  return { write, conflicts }
}

/** `values` with `change` over it; a field moves between plain and sealed with its last change. Empty plain ones go. */
export function withChange(values: Values, change: Values): Values {
  const plain = { ...values.plain, ...change.plain }
  const sealed = { ...values.sealed, ...change.sealed }
  for (const name of Object.keys(change.sealed)) delete plain[name]
  for (const name of Object.keys(change.plain)) delete sealed[name]
  return { plain: Object.fromEntries(Object.entries(plain).filter(([, value]) => !isEmpty(value))), sealed }
}

export const isNothing = (values: Values): boolean => namesOf(values).length === 0
export const namesOf = (values: Values): string[] => [...Object.keys(values.plain), ...Object.keys(values.sealed)]

/** True when both hold the same value in that field. */
export const sameField = (a: Values, b: Values, name: string): boolean => keyOf(a, name) === keyOf(b, name)

/** What is judged together: one field, or a whole group of which `touched` are in the change. */
interface Part {
  readonly touched: readonly string[]
  readonly all: readonly string[]
  readonly isSet: boolean
}

function partsOf(rules: MergeRules, mine: Values): Part[] {
  const parts: Part[] = []
  const groups = new Map<string, string[]>()
  for (const name of namesOf(mine)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined
    if (rule?.merge !== 'C' || rule.group === undefined) {
      parts.push({ touched: [name], all: [name], isSet: rule?.merge === 'E' })
    } else {
      const touched = groups.get(rule.group) ?? []
      groups.set(rule.group, [...touched, name])
    }
  }
  for (const [group, touched] of groups) {
    const all = Object.keys(rules).filter((name) => rules[name]?.merge === 'C' && rules[name].group === group)
    parts.push({ touched, all, isSet: false })
  }
  return parts
}

/** The set with both sides' additions and removals, or null when it cannot be read as one (sealed, or not a list). */
function mergedSet(name: string, base: Values, mine: Values, current: Values) {
  const [before, wanted, now] = [base, mine, current].map((values) => itemsOf(values, name))
  if (!before || !wanted || !now) return null
  const removed = [...before.keys()].filter((key) => !wanted.has(key))
  const added = [...wanted].filter(([key]) => !before.has(key))
  const result = new Map([...now].filter(([key]) => !removed.includes(key)))
  for (const [key, item] of added) result.set(key, item)
  const changed = result.size !== now.size || [...result.keys()].some((key) => !now.has(key))
  return { name, changed, value: result.size === 0 ? null : [...result.values()] }
}

function itemsOf(values: Values, name: string): Map<string, unknown> | null {
  if (Object.hasOwn(values.sealed, name)) return null
  const value = Object.hasOwn(values.plain, name) ? values.plain[name] : null
  if (isEmpty(value)) return new Map()
  return Array.isArray(value) ? new Map(value.map((item) => [stable(item), item])) : null
}

function copy(
  from: Values,
  to: { plain: Record<string, unknown>; sealed: Record<string, Sealed> },
  name: string,
): void {
  const sealed = Object.hasOwn(from.sealed, name) ? from.sealed[name] : undefined
  if (sealed !== undefined) to.sealed[name] = sealed
  else to.plain[name] = from.plain[name]
}

const isEmpty = (value: unknown): boolean => value === null || value === undefined

/** Equal exactly when the two values are: a sealed one by its HMAC, a plain one by its sorted JSON, an empty one ''. */
function keyOf(values: Values, name: string): string {
  if (Object.hasOwn(values.sealed, name)) return `sealed ${values.sealed[name]?.m}`
  const value = Object.hasOwn(values.plain, name) ? values.plain[name] : null
  return isEmpty(value) ? '' : `plain ${stable(value)}`
}

function stable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stable).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${stable(item)}`).join(',')}}`
}

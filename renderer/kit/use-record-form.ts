import { useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Register } from '../../shared/domain/register.ts'
import type { Finding } from '../../shared/rules/finding.ts'
import { announce } from './live.tsx'
import { useDraft, type Draft } from './use-draft.ts'

/** One field as its input sees it. Method, not property: an input for text accepts a field of a narrower text. */
export interface BoundField<T> {
  readonly name: string
  readonly value: T
  set(value: T): void
  /** Why the value cannot be saved; shown once the field was left or saving was tried. */
  readonly problem: string | null
  readonly findings: readonly Finding[]
  readonly required: boolean
  touch(): void
}

export interface RecordFormState<V extends object> {
  readonly values: V
  /** Only what differs from what was read: the `set` of a save. */
  readonly changed: Partial<V>
  readonly dirty: boolean
  field<K extends keyof V & string>(name: K): BoundField<V[K]>
  set(patch: Partial<V>): void
  /** Takes over what the core answered; the form is clean afterwards. */
  reset(values: V): void
  /** Puts a newer record under what was typed: what was changed here stays changed, the rest is the newer one's. */
  rebase(values: V): void
  save(): Promise<void>
  readonly saving: boolean
  readonly fault: unknown
  /** Findings without a field of this form: shown at its top. */
  readonly general: readonly Finding[]
  readonly draft: Draft
}

interface RecordFormOptions<V extends object> {
  /** What was read, or a record of nulls. Only the first one counts: use a `key` on the form for another record. */
  readonly initial: V
  /** Its fields' schemas say what can be saved and which fields are required. */
  readonly register?: Register
  /** Required besides what the register says. */
  readonly required?: readonly (keyof V & string)[]
  /** Live opinions of the rules in shared/rules on what is typed. */
  readonly check?: (values: V) => readonly Finding[]
  /** `cadre:<id>`, `talk`: where the draft is kept on disk. Leave out for a form too small to lose. */
  readonly draftKey?: string
  /**
   * For a new record: its draft is all of it, because what was filled in beforehand (today, the last talker) may be
   * something else when the draft is put back, and nobody would notice.
   */
  readonly draftWhole?: boolean
  /** Calls the core; a Fault is shown by the form. */
  readonly save: (changed: Partial<V>, values: V) => Promise<unknown>
  /** After a save, when the form counts as clean: go somewhere, or `reset` and offer the next thing. */
  readonly onSaved?: (values: V) => void
}

/**
 * State of a record's form: values, what changed, what cannot be saved, what the rules say, the draft on disk.
 *
 * {@link RecordForm} draws the frame (Ctrl S, Esc, guard, draft notice, fault), `Form…` inputs take `form.field(name)`.
 */
export function useRecordForm<V extends object>(options: RecordFormOptions<V>): RecordFormState<V> {
  const { t } = useTranslation()
  const { check, draftKey, draftWhole = false, save, onSaved } = options
  const [initial, setInitial] = useState(options.initial)
  const [values, setValues] = useState(initial)
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const [tried, setTried] = useState(false)
  const [saving, setSaving] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const busy = useRef(false)

  const changed = useMemo(() => differences(initial, values), [initial, values])
  const dirty = Object.keys(changed).length > 0
  const set = useCallback((patch: Partial<V>) => setValues((now) => ({ ...now, ...patch })), [])
  const draft = useDraft(draftKey, draftWhole ? values : changed, dirty, set as (patch: object) => void, () =>
    setValues(initial),
  )
  const findings = useMemo(() => check?.(values) ?? [], [check, values])

  const { isRequired, problemOf } = useFieldProblems(options, changed)

  const reset = useCallback((next: V) => {
    setInitial(next)
    setValues(next)
    setTouched(new Set())
    setTried(false)
  }, [])

  const rebase = (next: V) => {
    setInitial(next)
    setValues({ ...next, ...changed })
    setFault(null)
  }

  /** The first thing that keeps the form from being saved: a field to fill in or correct, a finding that blocks. */
  const obstacle = (): { count: number; field: string | null } | null => {
    const wrong = Object.entries(values).filter(([name, value]) => problemOf(name, value) !== null)
    const blocking = findings.find(({ severity }) => severity === 'block')
    if (wrong.length === 0 && blocking === undefined) return null
    return { count: Math.max(wrong.length, 1), field: wrong[0]?.[0] ?? blocking?.field ?? null }
  }
  const trySave = async () => {
    if (busy.current) return
    setTried(true)
    const found = obstacle()
    if (found !== null) {
      announce(t('form.incomplete', { count: found.count }))
      return focusField(found.field)
    }
    busy.current = true
    setSaving(true)
    setFault(null)
    try {
      await save(changed, values)
      await draft.clear()
      reset(values)
      announce(t('form.saved'))
      // After the state above is rendered, so that the guard lets the page go.
      setTimeout(() => onSaved?.(values), 0)
    } catch (thrown) {
      setFault(thrown)
    } finally {
      busy.current = false
      setSaving(false)
    }
  }

  return {
    values,
    changed,
    dirty,
    set,
    reset,
    rebase,
    save: trySave,
    saving,
    fault,
    draft,
    general: findings.filter((finding) => finding.field === null || !(finding.field in values)),
    field: (name) => ({
      name,
      value: values[name],
      set: (value) => set({ [name]: value } as unknown as Partial<V>),
      problem: tried || touched.has(name) ? problemOf(name, values[name]) : null,
      findings: findings.filter((finding) => finding.field === name),
      required: isRequired(name),
      touch: () => setTouched((now) => (now.has(name) ? now : new Set([...now, name]))),
    }),
  }
}

/** Which fields must be filled in, and what is wrong with a value, by the register's own schemas. */
function useFieldProblems<V extends object>(
  { register, required = [] }: Pick<RecordFormOptions<V>, 'register' | 'required'>,
  changed: Partial<V>,
) {
  const { t } = useTranslation()
  const isRequired = (name: string) =>
    required.includes(name as keyof V & string) || register?.fields[name]?.required === true
  const problemOf = (name: string, value: unknown): string | null => {
    if (isNothing(value)) return isRequired(name) ? t('form.required') : null
    const issue = register?.fields[name]?.schema.safeParse(value).error?.issues[0]
    if (!issue || !(name in changed)) return null
    return issue.code === 'too_big' ? t('form.tooLong', { max: Number(issue.maximum) }) : t('form.invalid')
  }
  return { isRequired, problemOf }
}

/** Where an input of that field is: every `Form…` input has this id. */
export const fieldId = (name: string): string => `field-${name}`

/** Brings a field under the cursor, `?field=identityNumber` after a rejection. */
export function focusField(name: string | null): void {
  if (name === null) return
  const input = document.getElementById(fieldId(name))
  input?.scrollIntoView({ block: 'center' })
  input?.focus({ preventScroll: true })
}

/** Nothing, an empty text and an empty list are the same to an officer. */
const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

function differences<V extends object>(was: V, now: V): Partial<V> {
  const entries = Object.entries(now).filter(([name, value]) => !same(was[name as keyof V], value))
  return Object.fromEntries(entries) as Partial<V>
}

/** Lists and objects come from JSON and go to JSON; comparing their text is comparing them. */
const same = (a: unknown, b: unknown): boolean =>
  Object.is(a, b) || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))

import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { talk } from '../../../shared/domain/talk.ts'
import { FormTextarea } from '../../kit/form-text.tsx'
import type { BoundField } from '../../kit/use-record-form.ts'
import { FollowUpFields, type FollowUp } from './follow-up-fields.tsx'
import classes from './form.module.css'
import { placeOf } from './people-input.tsx'
import type { TalkFormState } from './talk-form.tsx'
import type { Own, Sitter } from './talk-values.ts'

/** One person alone: the fields of the form itself, and the private line if one was written while there were several. */
export function OwnFields({ form }: { readonly form: TalkFormState }) {
  const { people } = form.values
  const [first] = people
  const fields = useFieldsOf(form)
  if (people.length > 1)
    return people.map((person) => (
      <section key={person.id} className={classes.own} aria-label={person.name}>
        <h3 className={classes.ownName}>
          {person.name} <span className={classes.place}>{placeOf(person)}</span>
        </h3>
        <PrivateLine field={fields(person).field('privateLine')} />
        <FollowUpFields of={fields(person)} rows={1} />
      </section>
    ))
  return (
    <>
      {first && first.privateLine !== null && (
        <PrivateLine field={fields(first).field('privateLine')} name={first.name} />
      )}
      <FollowUpFields of={form} />
    </>
  )
}

/** 单独记一行: what concerns this person alone in a sitting of several; says whom where no heading does. */
export function PrivateLine({ field, name }: { readonly field: BoundField<string | null>; readonly name?: string }) {
  const { t } = useTranslation('talk')
  return (
    <FormTextarea
      field={field}
      label={t('field.privateLine')}
      {...(name === undefined ? {} : { hint: t('hint.privateLine', { name }) })}
      rows={1}
      maxLength={2_000}
    />
  )
}

interface PersonFields extends FollowUp {
  field<K extends keyof Own>(name: K): BoundField<Own[K]>
}

/** The fields of one of several people: kept in the list of people, held to the register's own schemas. */
export function useFieldsOf(form: TalkFormState): (person: Sitter) => PersonFields {
  const { t } = useTranslation(['talk', 'common'])
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const { people } = form.values
  return (person) => {
    const set = (patch: Partial<Own>) =>
      form.set({ people: people.map((one) => (one.id === person.id ? { ...one, ...patch } : one)) })
    const field = <K extends keyof Own>(name: K): BoundField<Own[K]> => {
      const id = `${name}-${person.id}`
      const isRight = talk.fields[name].schema.safeParse(person[name] ?? null).success
      return {
        name: id,
        value: person[name],
        set: (value) => set({ [name]: value } as Partial<Own>),
        problem: isRight || !left.has(id) ? null : t('common:form.invalid'),
        findings: [],
        required: false,
        touch: () => setLeft((now) => (now.has(id) ? now : new Set([...now, id]))),
      }
    }
    return { values: person, set, field }
  }
}

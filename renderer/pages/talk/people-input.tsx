import { ActionIcon, Input } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CadreRow } from '../../../shared/contract/cadre.ts'
import { useCall, useClient } from '../../api/use-call.ts'
import { wrapped } from '../../kit/form-field.tsx'
import { formatDay } from '../../kit/format.ts'
import { inText } from '../../kit/icon.ts'
import { announce } from '../../kit/live.tsx'
import { useCountable } from '../../kit/use-counting.ts'
import type { BoundField } from '../../kit/use-record-form.ts'
import { TalkedWord } from '../cadre/talked-word.tsx'
import classes from './form.module.css'
import { SearchCombobox } from './search-combobox.tsx'
import { NOTHING_OWN, type Sitter } from './talk-values.ts'

const SHOWN = 8

/**
 * 谈话对象: typed by name, pinyin or initials, Enter takes the first hit. Several people are one sitting.
 *
 * The words of the talk itself are common to all; what is each one's own is entered below ({@link OwnFields}).
 */
export function PeopleInput({ field }: { readonly field: BoundField<Sitter[]> }) {
  const { t } = useTranslation('talk')
  const call = useClient()
  const [text, setText] = useState('')
  const typed = text.trim()
  const { data } = useCall('cadre.list', { text: typed, limit: SHOWN, presence: 'here' }, { enabled: typed !== '' })
  const people = field.value
  const fresh = (rows: readonly CadreRow[]) => rows.filter((row) => !people.some(({ id }) => id === row.id))
  const rows = typed === '' ? [] : fresh(data?.rows ?? [])
  const add = (row: CadreRow | undefined) => {
    if (row === undefined) return
    field.set([...people, sitterOf(row)])
    setText('')
    announce(t('people.added', { name: row.name }))
  }
  // What is on screen may still be the answer to the letter before; Enter means what is typed now.
  const addFirst = async () =>
    add(fresh((await call('cadre.list', { text: typed, limit: SHOWN, presence: 'here' })).rows)[0])
  const { onBlur, ...input } = wrapped({
    field,
    label: t('field.cadreId'),
    hint: people.length < 2 ? t('hint.cadreId') : t('people.several'),
  })
  return (
    <Input.Wrapper {...input} labelProps={{ htmlFor: input.id }}>
      <div className={classes.people}>
        {people.map((person) => (
          <PersonRow
            key={person.id}
            person={person}
            onRemove={() => field.set(people.filter((one) => one !== person))}
          />
        ))}
        <SearchCombobox
          id={input.id}
          label={t('field.cadreId')}
          placeholder={people.length === 0 ? t('people.placeholder') : t('people.another')}
          text={text}
          onText={setText}
          onBlur={onBlur}
          groups={[
            { label: null, options: rows.map((row) => ({ value: row.id, label: row.name, note: placeOf(row) })) },
          ]}
          empty={typed !== '' && data !== undefined && rows.length === 0 ? t('people.none') : null}
          onSubmit={(id) => add(rows.find((row) => row.id === id))}
          onEnter={() => {
            if (typed !== '') void addFirst().catch(() => undefined)
            return typed !== ''
          }}
          onEmptyBackspace={() => field.set(people.slice(0, -1))}
        />
      </div>
    </Input.Wrapper>
  )
}

export const sitterOf = (row: CadreRow): Sitter => ({
  id: row.id,
  name: row.name,
  unitName: row.unitName,
  postTitle: row.postTitle,
  talkedThisYear: row.talkedThisYear,
  lastTalkOn: row.lastTalkOn,
  rollGroup: row.rollGroup,
  onRoll: row.onRoll,
  ...NOTHING_OWN,
})

export const placeOf = ({ unitName, postTitle }: Pick<CadreRow, 'unitName' | 'postTitle'>): string =>
  [unitName, postTitle].filter(Boolean).join(' · ')

function PersonRow({ person, onRemove }: { readonly person: Sitter; readonly onRemove: () => void }) {
  const { t } = useTranslation('talk')
  return (
    <div className={classes.person}>
      <div className={classes.who}>
        <PersonFacts person={person} />
        <ActionIcon size="sm" aria-label={t('people.remove', { name: person.name })} onClick={onRemove}>
          <IconX {...inText} />
        </ActionIcon>
      </div>
    </div>
  )
}

/** Name, place, and whether this year's talk is still open; enough to see that it is the right 王强. */
export function PersonFacts({ person }: { readonly person: Sitter }) {
  const { t } = useTranslation('talk')
  const countable = useCountable()
  return (
    <span className={classes.facts}>
      <strong>{person.name}</strong>
      <span className={classes.place}>{placeOf(person)}</span>
      <TalkedWord talked={person.talkedThisYear} expected={person.onRoll && countable(person.rollGroup)} />
      {person.lastTalkOn !== null && (
        <span className={classes.place}>{t('people.last', { day: formatDay(person.lastTalkOn) })}</span>
      )}
    </span>
  )
}

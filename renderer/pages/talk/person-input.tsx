import { ActionIcon, Input } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../../shared/permissions.ts'
import type { TalkPerson } from '../../../shared/domain/talk.ts'
import { useCall } from '../../api/use-call.ts'
import { wrapped } from '../../kit/form-field.tsx'
import { inText } from '../../kit/icon.ts'
import type { BoundField } from '../../kit/use-record-form.ts'
import { SearchCombobox, type OptionGroup } from './search-combobox.tsx'
import classes from './form.module.css'

const SHOWN = 6
/** The three administrators never talk to a cadre on duty. */
const ADMINISTRATORS: readonly Role[] = ['sysAdmin', 'secAdmin', 'secAuditor']

/**
 * 谈话人 or 委托人: an officer, a cadre of the roll, or simply a name. Never assumed to be who is signed in.
 *
 * What is typed and left without choosing is a plain name; the program does not insist that a secretary is on its roll.
 */
export function PersonInput({
  field,
  name,
  label,
  hint,
  first = false,
  onChange,
}: {
  readonly field: BoundField<TalkPerson | null>
  /** Name of the person in the field. */
  readonly name: string | null
  readonly label: string
  readonly hint?: string
  /** Of a dialog: where the cursor is when it opens. */
  readonly first?: boolean
  readonly onChange: (person: TalkPerson | null, name: string | null) => void
}) {
  const { t } = useTranslation('talk')
  const [text, setText] = useState(name ?? '')
  // Put back by a draft, or carried over to the next talk.
  useEffect(() => setText(name ?? ''), [name])
  const { groups, stale } = usePeopleGroups(text.trim() === (name ?? '') ? '' : text.trim())
  const choose = (value: string) => {
    const found = groups.flatMap(({ options }) => options).find((option) => option.value === value)
    if (found === undefined) return
    setText(found.label)
    onChange(personOf(value), found.label)
  }
  const settle = () => {
    const typed = text.trim()
    if (typed === (name ?? '')) return
    if (typed === '') return onChange(null, null)
    const meant = stale ? undefined : meantBy(typed, groups)
    if (meant !== undefined) choose(meant)
    else if (!PINYIN.test(typed)) onChange({ name: typed }, typed)
  }
  const { onBlur, ...input } = wrapped({ field, label, ...(hint === undefined ? {} : { hint }) })
  return (
    <Input.Wrapper {...input} labelProps={{ htmlFor: input.id }}>
      <div className={classes.personInput}>
        <SearchCombobox
          id={input.id}
          label={label}
          width={280}
          first={first}
          placeholder={t('person.placeholder')}
          text={text}
          onText={setText}
          openOnFocus
          onBlur={() => {
            settle()
            onBlur()
          }}
          groups={groups}
          empty={null}
          onSubmit={choose}
          onEnter={() => {
            const isOpen = text.trim() !== (name ?? '')
            settle()
            return isOpen
          }}
        />
        {name !== null && (
          <ActionIcon aria-label={t('person.clear', { label })} onClick={() => onChange(null, null)}>
            <IconX {...inText} />
          </ActionIcon>
        )}
      </div>
    </Input.Wrapper>
  )
}

export const PINYIN = /^[a-z ]+$/i

/** Whoever is called exactly that, if it is one person; for pinyin, the first hit. */
function meantBy(typed: string, groups: readonly OptionGroup[]): string | undefined {
  const people = groups.slice(0, 2).flatMap(({ options }) => options)
  const called = people.filter((option) => option.label === typed)
  if (called.length > 0)
    return called.length === 1 || called[0]?.value.startsWith('officer') ? called[0]?.value : undefined
  return PINYIN.test(typed) ? people[0]?.value : undefined
}

/** The person behind an option of {@link usePeopleGroups}. */
export const personOf = (value: string): TalkPerson => {
  const [kind, rest] = [value.slice(0, value.indexOf(':')), value.slice(value.indexOf(':') + 1)]
  if (kind === 'officer') return { officerId: rest }
  return kind === 'cadre' ? { cadreId: rest } : { name: rest }
}

/** Officers at once, cadres and the plain name once something is typed. */
export function usePeopleGroups(typed: string): { groups: OptionGroup[]; stale: boolean } {
  const { t } = useTranslation('talk')
  const { data: officers } = useCall('officer.list', {})
  const {
    data: found,
    stale,
    loading,
  } = useCall('cadre.list', { text: typed, limit: SHOWN, presence: 'all' }, { enabled: typed !== '' })
  const known = (officers?.rows ?? [])
    .map(({ record }) => record)
    .filter(({ voided, state, role }) => !voided && state === 'active' && !ADMINISTRATORS.includes(role))
  const cadres = typed === '' ? [] : (found?.rows ?? [])
  const groups = [
    {
      label: t('person.officers'),
      options: known
        .filter(({ name }) => name.includes(typed))
        .map(({ id, name }) => ({ value: `officer:${id}`, label: name })),
    },
    {
      label: t('person.cadres'),
      options: cadres.map((row) => ({
        value: `cadre:${row.id}`,
        label: row.name,
        note: [row.unitName, row.postTitle].filter(Boolean).join(' · '),
      })),
    },
    { label: t('person.plain'), options: typed === '' ? [] : [{ value: `name:${typed}`, label: typed }] },
  ]
  return { groups, stale: stale || (typed !== '' && loading) }
}

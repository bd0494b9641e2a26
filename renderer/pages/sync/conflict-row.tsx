import { Radio, Stack, Table, Text } from '@mantine/core'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Conflict, ConflictRow as Row } from '../../../shared/contract/sync.ts'
import type { TalkPerson } from '../../../shared/domain/talk.ts'
import { useFieldText } from '../../kit/field-text.ts'
import { formatMoment } from '../../kit/format.ts'
import { PersonName } from '../../kit/person-name.tsx'
import { fieldLabel } from '../../kit/texts.ts'
import { focusField } from '../../kit/use-record-form.ts'
import classes from './conflict.module.css'
import { RevealSides, type Sides } from './reveal-sides.tsx'
import { ThirdInput } from './third-input.tsx'
import { editorOf, type Pick } from './third-value.ts'

/** One field: both values, and 1, 2 or 3 while the focus is in its row. */
export function ConflictRow({
  conflict,
  row,
  first,
  pick,
  onPick,
}: {
  readonly conflict: Conflict
  readonly row: Row
  /** The focus starts here; choosing does not. */
  readonly first: boolean
  readonly pick: Pick | undefined
  readonly onPick: (pick: Pick) => void
}) {
  const { register, maySettle } = conflict
  const [sides, setSides] = useState<Sides | null>(null)
  const body = useRef<HTMLTableRowElement>(null)
  const editor = editorOf(register, row.field)
  const take = (how: Pick['take']) => {
    if ((how === 'theirs' && !row.known) || (how === 'value' && editor === null)) return
    if (how !== 'value') return onPick({ take: how, value: null })
    // What is seen is the start of a third value; what is masked or hidden is not.
    const seen = sides ?? (row.shown === 'open' ? row : undefined)
    if (pick?.take !== 'value') onPick({ take: how, value: seen?.ours })
    setTimeout(() => focusField(row.field), 0)
  }
  useEffect(() => {
    if (first) body.current?.querySelector<HTMLElement>('input[type="radio"]')?.focus({ preventScroll: true })
  }, [first])
  const shown = sides ?? row
  return (
    <>
      <Table.Tr ref={body} onKeyDown={(event) => chooseByKey(event, take)}>
        <Table.Th scope="row">{fieldLabel(register, row.field)}</Table.Th>
        <Table.Td data-chosen={pick?.take === 'ours'}>
          <Value register={register} row={row} value={shown.ours} covered={sides === null} />
          <OursNote row={row} />
        </Table.Td>
        <Table.Td data-chosen={pick?.take === 'theirs'}>
          <Theirs conflict={conflict} row={row} value={shown.theirs} covered={sides === null} />
          {row.shown !== 'open' && conflict.mayReveal && sides === null && (
            <RevealSides
              seq={conflict.seq}
              label={fieldLabel(register, row.field)}
              field={row.field}
              onShow={setSides}
            />
          )}
        </Table.Td>
        {maySettle && (
          <Table.Td>
            <Choice
              label={fieldLabel(register, row.field)}
              take={pick?.take}
              known={row.known}
              third={editor !== null}
              onTake={take}
            />
          </Table.Td>
        )}
      </Table.Tr>
      {pick?.take === 'value' && editor !== null && (
        <Table.Tr className={classes.third}>
          <Table.Td colSpan={4}>
            <ThirdInput register={register} name={row.field} editor={editor} value={pick.value} onChange={onPick} />
          </Table.Td>
        </Table.Tr>
      )}
    </>
  )
}

const KEYS: Readonly<Record<string, Pick['take']>> = { 1: 'ours', 2: 'theirs', 3: 'value' }

/** Not while a text is typed: there 1 is a character. */
function chooseByKey(event: KeyboardEvent, take: (how: Pick['take']) => void): void {
  const from = event.target as HTMLElement
  const types = from instanceof HTMLTextAreaElement || (from instanceof HTMLInputElement && from.type !== 'radio')
  const how = KEYS[event.key]
  if (how === undefined || types || event.ctrlKey || event.altKey || event.metaKey) return
  event.preventDefault()
  take(how)
}

function Choice({
  label,
  take,
  known,
  third,
  onTake,
}: {
  readonly label: string
  readonly take: Pick['take'] | undefined
  readonly known: boolean
  readonly third: boolean
  readonly onTake: (how: Pick['take']) => void
}) {
  const { t } = useTranslation('sync')
  return (
    <Radio.Group
      aria-label={t('conflict.choiceOf', { field: label })}
      value={take ?? ''}
      onChange={(how) => onTake(how as Pick['take'])}
    >
      <Stack gap={4}>
        <Radio size="sm" value="ours" label={t('conflict.takeOurs')} />
        <Radio size="sm" value="theirs" label={t('conflict.takeTheirs')} disabled={!known} />
        {third && <Radio size="sm" value="value" label={t('conflict.takeThird')} />}
      </Stack>
    </Radio.Group>
  )
}

/** Who saved it here, when, and why. */
function OursNote({ row }: { readonly row: Row }) {
  const { t } = useTranslation('sync')
  return (
    <Text size="sm" c="dimmed">
      {row.byName}　{formatMoment(row.at)}
      {row.why !== null && `　${t('conflict.reason', { why: row.why })}`}
    </Text>
  )
}

interface ValueProps {
  readonly row: Row
  readonly value: unknown
  /** Masked or hidden still. */
  readonly covered: boolean
}

function Theirs({ conflict, row, value, covered }: ValueProps & { readonly conflict: Conflict }) {
  const { t } = useTranslation('sync')
  if (!row.known) return <Text c="dimmed">{t('conflict.unknown')}</Text>
  return (
    <>
      <Value register={conflict.register} row={row} value={value} covered={covered} />
      <Text size="sm" c="dimmed">
        {t('conflict.answered', { at: formatMoment(conflict.answeredAt) })}
      </Text>
    </>
  )
}

const PEOPLE = ['talker', 'principal', 'recorder']

function Value({ register, row, value, covered }: ValueProps & { readonly register: string }) {
  const { t } = useTranslation(['sync', 'common'])
  const fieldText = useFieldText()
  const { field, shown } = row
  if (shown === 'hidden' && covered) return <Text c="dimmed">{t('common:reveal.hidden')}</Text>
  if (field === 'voided') return <>{value === true ? t('sync:conflict.void') : t('sync:conflict.alive')}</>
  if (field === 'cadreId' && typeof value === 'string') return <PersonName person={{ cadreId: value }} />
  if (PEOPLE.includes(field)) return <PersonName person={value as TalkPerson | null} />
  return <span className={classes.value}>{fieldText(register, field, value)}</span>
}

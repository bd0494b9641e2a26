import { ActionIcon, Autocomplete, Button, Group, Table, Text, TextInput, type TextInputProps } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react'
import { useLayoutEffect, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { FamilyMember } from '../../../shared/domain/cadre.ts'
import { POLITICAL_STATUSES, RELATIONS } from '../../../shared/domain/cadre-values.ts'
import { parseMonth } from '../../kit/format.ts'
import { inText } from '../../kit/icon.ts'
import { announce } from '../../kit/live.tsx'
import headings from '../../kit/table.module.css'
import classes from './family-editor.module.css'
import { memberMonth } from './family-month.ts'

const COLUMNS = ['relation', 'name', 'birthMonth', 'politicalStatus', 'post'] as const
type ColumnId = (typeof COLUMNS)[number]
const LENGTHS: Readonly<Record<ColumnId, number>> = {
  relation: 18,
  name: 18,
  birthMonth: 18,
  politicalStatus: 18,
  post: 124,
}
const OFFERED: Readonly<Partial<Record<ColumnId, readonly string[]>>> = {
  relation: RELATIONS,
  politicalStatus: POLITICAL_STATUSES,
}
const NOBODY: FamilyMember = { relation: '', name: '', birthMonth: null, politicalStatus: null, post: null }

/**
 * 家庭主要成员及重要社会关系: an ordered list, printed in this order, so the order is part of the value.
 *
 * Worked by keyboard alone: Alt ↑↓ moves a member and the cursor with it, Enter in the last cell adds the next one.
 */
export function FamilyEditor({
  members,
  onChange,
}: {
  readonly members: readonly FamilyMember[]
  readonly onChange: (members: FamilyMember[]) => void
}) {
  const { t } = useTranslation('cadre')
  const { box, focusCell } = useCellFocus()
  const put = (row: number, column: ColumnId, value: string) =>
    onChange(
      members.map((member, index) => (index === row ? { ...member, [column]: toStored(column, value) } : member)),
    )
  const add = () => {
    onChange([...members, NOBODY])
    focusCell(members.length, 'relation')
  }
  const nameOf = (row: number) => members[row]?.name || t('family.someone')
  const move = (row: number, by: 1 | -1, column: ColumnId) => {
    const to = row + by
    if (to < 0 || to >= members.length) return
    onChange(swapped(members, row, to))
    focusCell(to, column)
    announce(t('family.moved', { name: nameOf(row), n: to + 1 }))
  }
  const remove = (row: number) => {
    onChange(members.filter((_, index) => index !== row))
    announce(t('family.removed', { name: nameOf(row) }))
    focusCell(Math.max(0, Math.min(row, members.length - 2)), 'relation')
  }
  const onKeyDown = (event: KeyboardEvent, row: number, column: ColumnId) => {
    const step = event.altKey ? { ArrowUp: -1 as const, ArrowDown: 1 as const }[event.key] : undefined
    if (step !== undefined) move(row, step, column)
    else if (event.key === 'Enter' && column === 'post' && row === members.length - 1) add()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div ref={box}>
      {members.length === 0 ? (
        <Text size="sm" c="dimmed" mb="sm">
          {t('family.empty')}
        </Text>
      ) : (
        <Table
          className={`${headings.headed} ${classes.table}`}
          withTableBorder
          verticalSpacing={0}
          horizontalSpacing={0}
          aria-label={t('field.family')}
        >
          <Heads />
          <Table.Tbody>
            {members.map((member, row) => (
              // Members have no identity of their own; the position is what there is, and focus follows a move by hand.
              // oxlint-disable-next-line react/no-array-index-key
              <Table.Tr key={row} aria-label={t('family.row', { n: row + 1 })}>
                {COLUMNS.map((column) => (
                  <Table.Td key={column} onKeyDownCapture={(event) => onKeyDown(event, row, column)}>
                    <Cell
                      column={column}
                      row={row}
                      value={member[column]}
                      onChange={(value) => put(row, column, value)}
                    />
                  </Table.Td>
                ))}
                <Table.Td>
                  <RowButtons
                    name={nameOf(row)}
                    first={row === 0}
                    last={row === members.length - 1}
                    onMove={(by) => move(row, by, 'relation')}
                    onRemove={() => remove(row)}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <Group mt="sm" gap="md">
        <Button size="xs" variant="default" leftSection={<IconPlus {...inText} />} onClick={add}>
          {t('family.add')}
        </Button>
        {members.length > 0 && (
          <Text size="xs" c="dimmed">
            {t('family.keys')}
          </Text>
        )}
      </Group>
    </div>
  )
}

function Heads() {
  const { t } = useTranslation('cadre')
  return (
    <Table.Thead>
      <Table.Tr>
        {COLUMNS.map((column) => (
          <Table.Th key={column} scope="col" data-column={column}>
            {t(`family.${column}`)}
          </Table.Th>
        ))}
        <Table.Th scope="col" data-column="actions">
          {t('family.actions')}
        </Table.Th>
      </Table.Tr>
    </Table.Thead>
  )
}

function Cell({
  column,
  row,
  value,
  onChange,
}: {
  readonly column: ColumnId
  readonly row: number
  readonly value: string | null
  readonly onChange: (value: string) => void
}) {
  const { t } = useTranslation('cadre')
  const shared = {
    'variant': 'unstyled',
    'size': 'sm',
    'data-cell': `${row}.${column}`,
    'aria-label': `${t('family.row', { n: row + 1 })} ${t(`family.${column}`)}`,
    'maxLength': LENGTHS[column],
    'value': value ?? '',
  } as const
  const offered = OFFERED[column]
  if (offered) return <Autocomplete {...shared} data={[...offered]} openOnFocus={false} limit={8} onChange={onChange} />
  if (column === 'birthMonth') return <MonthCell {...shared} value={memberMonth(value)} onChange={onChange} />
  return <TextInput {...shared} onChange={(event) => onChange(event.currentTarget.value)} />
}

/** Read as a month when the cell is left; `1965` on the way to `1965.03` must not become one. */
function MonthCell({
  value,
  onChange,
  ...rest
}: {
  readonly value: string
  readonly onChange: (value: string) => void
} & Omit<TextInputProps, 'value' | 'onChange'>) {
  return (
    <TextInput
      {...rest}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => onChange(parseMonth(value) ?? value)}
    />
  )
}

function RowButtons({
  name,
  first,
  last,
  onMove,
  onRemove,
}: {
  readonly name: string
  readonly first: boolean
  readonly last: boolean
  readonly onMove: (by: 1 | -1) => void
  readonly onRemove: () => void
}) {
  const { t } = useTranslation('cadre')
  return (
    <Group gap={0} wrap="nowrap" justify="center">
      <ActionIcon aria-label={t('family.up', { name })} disabled={first} onClick={() => onMove(-1)}>
        <IconArrowUp {...inText} />
      </ActionIcon>
      <ActionIcon aria-label={t('family.down', { name })} disabled={last} onClick={() => onMove(1)}>
        <IconArrowDown {...inText} />
      </ActionIcon>
      <ActionIcon aria-label={t('family.remove', { name })} onClick={onRemove}>
        <IconX {...inText} />
      </ActionIcon>
    </Group>
  )
}

const toStored = (column: ColumnId, typed: string): string | null =>
  typed === '' && column !== 'relation' && column !== 'name' ? null : typed

function swapped(members: readonly FamilyMember[], a: number, b: number): FamilyMember[] {
  const next = [...members]
  next[a] = members[b]!
  next[b] = members[a]!
  return next
}

/** Puts the cursor into a cell after the list has changed under it. */
function useCellFocus() {
  const box = useRef<HTMLDivElement>(null)
  const wanted = useRef<string | null>(null)
  useLayoutEffect(() => {
    if (wanted.current === null) return
    box.current?.querySelector<HTMLInputElement>(`[data-cell="${wanted.current}"]`)?.focus()
    wanted.current = null
  })
  const focusCell = (row: number, column: ColumnId) => {
    wanted.current = `${row}.${column}`
  }
  return { box, focusCell }
}

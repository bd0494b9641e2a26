import { useCombobox } from '@mantine/core'
import type { Dispatch, KeyboardEvent } from 'react'
import { PINYIN } from '../person-input.tsx'
import { CHOICES, type ColumnId } from './columns.ts'
import type { Step, Table } from './table.ts'
import { useChoices } from './use-choices.ts'

/** The list of a cell with choices: opened by typing, Alt ↓ or a click, moved in with ↑↓, taken with Enter or Tab. */
export function useCellList({
  table,
  columns,
  dispatch,
  written,
}: {
  readonly table: Table
  readonly columns: readonly ColumnId[]
  readonly dispatch: Dispatch<Step>
  readonly written: string
}) {
  const { at } = table
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const has = CHOICES.includes(at.column)
  const opened = has && combobox.dropdownOpened
  const { groups, stale, choiceOf } = useChoices(at.column, written, opened)
  const first = groups[0]?.options[0]?.value
  const choose = (value: string, on = false) => {
    const choice = choiceOf(value)
    combobox.closeDropdown()
    if (choice === null) return
    dispatch({ kind: 'choose', row: at.row, choice })
    const right = columns[columns.indexOf(at.column) + 1]
    if (on && right !== undefined) dispatch({ kind: 'go', to: { row: at.row, column: right }, byTab: true })
  }
  /** The marked option; for pinyin, where a name cannot stay as it is typed, the first hit. */
  const meant = (): string | undefined => {
    const marked = combobox.getSelectedOptionIndex()
    if (marked >= 0) return groups.flatMap(({ options }) => options)[marked]?.value
    return at.column !== 'talkType' && PINYIN.test(written.trim()) && !stale ? first : undefined
  }
  /** True when the key was the list's. */
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!has) return false
    const taken = opened
      ? keyOfList(event)
      : event.altKey && event.key === 'ArrowDown' && (combobox.openDropdown(), true)
    if (taken) {
      event.preventDefault()
      event.stopPropagation()
    }
    return taken
  }
  const keyOfList = (event: KeyboardEvent): boolean => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (first === undefined) return false
      if (event.key === 'ArrowDown') combobox.selectNextOption()
      else combobox.selectPreviousOption()
      return true
    }
    // A list without anything in it is not seen: Esc is meant for the cell then.
    if (event.key === 'Escape') return (combobox.closeDropdown(), groups.length > 0)
    if (event.key !== 'Enter' && (event.key !== 'Tab' || event.shiftKey)) return false
    const value = meant()
    if (value === undefined) return (combobox.closeDropdown(), false)
    return (choose(value, true), true)
  }
  return {
    combobox,
    groups,
    choose,
    onKeyDown,
    open: () => combobox.openDropdown(),
    close: () => combobox.closeDropdown(),
    onType: () => {
      if (!has) return
      combobox.openDropdown()
      combobox.resetSelectedOption()
    },
  }
}

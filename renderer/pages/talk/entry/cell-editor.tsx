import { Combobox } from '@mantine/core'
import { useLayoutEffect, useRef, type ClipboardEvent, type Dispatch, type KeyboardEvent, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { isTable } from '../../../kit/clipboard-table.ts'
import { showNotice } from '../../../kit/notice.tsx'
import { Found } from '../search-combobox.tsx'
import { CHOICES, FACTS, type ColumnId } from './columns.ts'
import classes from './entry.module.css'
import { stepOf } from './keys.ts'
import type { Step, Table } from './table.ts'
import { useCellList } from './use-cell-list.ts'

interface EditorProps {
  readonly table: Table
  readonly columns: readonly ColumnId[]
  readonly dispatch: Dispatch<Step>
  readonly onPaste: (copied: string) => void
  /** Row and column, for screen readers. */
  readonly label: string
  /** What stands in the cell as long as nothing is typed. */
  readonly shown: string
  readonly wrong: boolean
  /** Id of the sentences under the row. */
  readonly describedBy: string | undefined
}

/**
 * The cell with the cursor: a text box whose whole text is selected, so that the first key replaces it.
 *
 * A box that has the focus all the time is what the input method needs: it composes where the cursor is, and cannot begin
 * in a cell that only turns into a box afterwards.
 */
export function CellEditor(props: EditorProps) {
  const { table, columns, dispatch, onPaste, label, shown, wrong, describedBy } = props
  const { t } = useTranslation('talk')
  const { at, editing } = table
  const written = table.rows[at.row]?.cells[at.column] ?? ''
  const box = useBox(table.moves, editing !== 'no', written)
  const list = useCellList({ table, columns, dispatch, written })
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // Keys of the input method are not keys to us.
    if (event.nativeEvent.isComposing || list.onKeyDown(event)) return
    if (event.key === 'Enter' && (event.altKey || event.ctrlKey)) return breakLine(event, dispatch)
    const step = stepOf(event, table, columns)
    if (step === null) return
    event.preventDefault()
    // Esc that takes back what was typed must not leave the page as well.
    event.stopPropagation()
    if (step.kind === 'sameAsAbove' && !FACTS.includes(at.column)) return showNotice(t('entry.notCopied'))
    dispatch(step)
    if (step.kind === 'edit') box.current?.setSelectionRange(shown.length, shown.length)
  }
  const onClipboard = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const copied = event.clipboardData.getData('text/plain')
    // Several lines pasted into a text that is being written are part of the text, as in a spreadsheet.
    if (copied === '' || (editing !== 'no' && !(isTable(copied) && copied.includes('\t')))) return
    event.preventDefault()
    list.close()
    onPaste(copied)
  }
  const cell = (
    <textarea
      ref={box}
      rows={1}
      className={classes.editor}
      data-editing={editing !== 'no'}
      aria-label={label}
      aria-invalid={wrong || undefined}
      aria-describedby={describedBy}
      autoComplete="off"
      spellCheck={false}
      value={editing === 'typed' ? written : shown}
      onChange={(event) => {
        dispatch({ kind: 'type', text: event.currentTarget.value })
        list.onType()
      }}
      onClick={() => {
        dispatch({ kind: 'edit' })
        if (at.column === 'talkType') list.open()
      }}
      onBlur={list.close}
      onKeyDown={onKeyDown}
      onPaste={onClipboard}
    />
  )
  if (!CHOICES.includes(at.column)) return cell
  return (
    <Combobox
      store={list.combobox}
      position="bottom-start"
      width={at.column === 'talkType' ? 160 : 400}
      shadow="sm"
      offset={2}
      onOptionSubmit={(value) => list.choose(value)}
    >
      <Combobox.Target withKeyboardNavigation={false}>{cell}</Combobox.Target>
      <Found label={label} groups={list.groups} empty={null} />
    </Combobox>
  )
}

const TALLEST = 216

/**
 * The box of the cell: the cursor goes where the table says, with all of the text selected and the cell in sight; a text
 * of several lines opens over the rows below while it is written.
 */
function useBox(moves: number, isOpen: boolean, text: string): RefObject<HTMLTextAreaElement | null> {
  const box = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => {
    const element = box.current
    element?.focus({ preventScroll: true })
    element?.select()
    element?.closest('td')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [moves])
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    element.style.height = ''
    if (isOpen) element.style.height = `${Math.min(TALLEST, element.scrollHeight + 4)}px`
    else element.scrollTop = 0
  }, [isOpen, text])
  return box
}

function breakLine(event: KeyboardEvent<HTMLTextAreaElement>, dispatch: Dispatch<Step>): void {
  event.preventDefault()
  const { currentTarget: element } = event
  element.setRangeText('\n', element.selectionStart, element.selectionEnd, 'end')
  dispatch({ kind: 'type', text: element.value })
}

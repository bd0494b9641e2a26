import { Checkbox } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { IconArrowDown, IconArrowsSort } from '@tabler/icons-react'
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { RowSource } from '../api/use-rows.ts'
import { ColumnChooser, useShownColumns } from './column-chooser.tsx'
import { FaultAlert } from './fault-alert.tsx'
import { inText } from './icon.ts'
import { PrintList, type ListOnPaper } from './print-list.tsx'
import classes from './register-table.module.css'
import headings from './table.module.css'

export interface Column<Row> {
  readonly id: string
  /** Header text; also the name in the column chooser. */
  readonly header: string
  /** Width in pixels. Columns without one share what is left. */
  readonly width?: number
  readonly align?: 'start' | 'end' | 'center'
  readonly cell: (row: Row) => ReactNode
  /** Sorts by this name when the header is clicked. */
  readonly sort?: string
  /** Not shown until chosen. */
  readonly off?: boolean
  /** Always shown: the column that names the row. */
  readonly fixed?: boolean
  /** Left out on paper: a column of buttons. */
  readonly screenOnly?: boolean
}

interface Selection {
  readonly ids: ReadonlySet<string>
  readonly change: (ids: ReadonlySet<string>) => void
}

interface RegisterTableProps<Row> {
  /** Remembers its columns under this name. */
  readonly id: string
  /** Accessible name: what the rows are. */
  readonly label: string
  /** From `useRows(name, filter)`, or `rowsOf(array)` for what is wholly loaded. */
  readonly source: RowSource<Row>
  readonly columns: readonly Column<Row>[]
  readonly rowKey: (row: Row) => string
  /** Enter or click. */
  readonly onOpen?: ((row: Row) => void) | undefined
  /** Ids of the selected rows; leave out for a table without selection. */
  readonly selection?: Selection
  readonly sort?: { readonly by: string; readonly change: (by: string) => void }
  /** Shown instead of rows when there are none. */
  readonly empty: ReactNode
  /** At the left of the line above the table: a count, bulk actions. */
  readonly above?: ReactNode
  /** A row that counts nowhere (voided) is struck through. */
  readonly struck?: (row: Row) => boolean
  /** Most it takes before it scrolls; without it the table fills its page (`<Page filling>`). */
  readonly height?: number
  /** A list that is printed; without it the page is printed as it stands. */
  readonly print?: ListOnPaper
}

const ROW_HEIGHT = 36

/**
 * A register as a table: only the rows on screen exist, the header stays, ↑↓ moves, Enter opens, Space selects.
 *
 * It is a real `<table>`; spacer rows stand for what is not rendered, `aria-rowcount` and `aria-rowindex` say so. The
 * grid takes the focus as a whole and points at its row, so that scrolling never loses it.
 */
export function RegisterTable<Row>(props: RegisterTableProps<Row>) {
  const { id, source, columns, selection, empty, above, height, print } = props
  const shown = useShownColumns(id, columns)
  const scroller = useRef<HTMLDivElement>(null)
  const grid = useGrid(props, scroller)
  const isEmpty = source.total === 0 && !source.loading
  return (
    <div className={classes.frame} data-filling={height === undefined}>
      <div className={classes.above}>
        <div className={classes.aboveLeft}>{above}</div>
        {print && <PrintList {...print} source={source} columns={shown.columns} />}
        <ColumnChooser columns={columns} shown={shown} />
      </div>
      <FaultAlert fault={source.fault} />
      <div
        ref={scroller}
        className={classes.scroller}
        data-stale={source.stale}
        {...(height ? { style: { maxHeight: height } } : {})}
      >
        {isEmpty ? (
          source.fault === null && empty
        ) : (
          <table
            role="grid"
            aria-label={props.label}
            aria-rowcount={source.total + 1}
            aria-busy={source.loading || source.stale}
            aria-activedescendant={source.total > 0 ? grid.rowId(grid.active) : undefined}
            aria-multiselectable={selection ? true : undefined}
            tabIndex={0}
            className={`${headings.headed} ${headings.scrolled} ${classes.table}`}
            style={{ minWidth: leastWidth(shown.columns, selection !== undefined) }}
            onKeyDown={grid.onKeyDown}
          >
            <TableHead {...props} columns={shown.columns} />
            <TableBody {...props} columns={shown.columns} grid={grid} />
          </table>
        )}
      </div>
    </div>
  )
}

/** Which rows exist, which one the keyboard is on, and what the keys do. */
function useGrid<Row>(
  { source, rowKey, onOpen, selection }: RegisterTableProps<Row>,
  scroller: RefObject<HTMLDivElement | null>,
) {
  const prefix = useId()
  const [picked, setActive] = useState(0)
  // A filter may have left fewer rows than the one that was picked.
  const active = Math.max(0, Math.min(picked, source.total - 1))
  const virtual = useVirtualizer({
    count: source.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    scrollPaddingStart: ROW_HEIGHT,
  })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  const { need } = source
  useEffect(() => need(first, last), [need, first, last])

  const move = (to: number) => {
    const next = Math.max(0, Math.min(source.total - 1, to))
    setActive(next)
    virtual.scrollToIndex(next)
  }
  const toggle = (row: Row) => selection?.change(toggled(selection.ids, rowKey(row)))
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    const step = STEPS[event.key]
    const row = source.at(active)
    if (step !== undefined) move(active + step)
    else if (event.key === 'Home') move(0)
    else if (event.key === 'End') move(source.total - 1)
    else if (event.key === 'Enter' && row !== undefined) onOpen?.(row)
    else if (event.key === ' ' && row !== undefined && selection) toggle(row)
    else return
    event.preventDefault()
  }
  const rowId = (index: number) => `${prefix}-${index}`
  return { active, setActive, items, height: virtual.getTotalSize(), rowId, toggle, onKeyDown }
}

interface TableBodyProps<Row> extends RegisterTableProps<Row> {
  readonly grid: ReturnType<typeof useGrid<Row>>
}

function TableBody<Row>({ grid, ...props }: TableBodyProps<Row>) {
  const { items, active, height, rowId, toggle, setActive } = grid
  return (
    <tbody>
      <Spacer height={items[0]?.start ?? 0} />
      {items.map(({ index, key }) => (
        <TableRow
          key={key}
          {...props}
          id={rowId(index)}
          index={index}
          row={props.source.at(index)}
          active={index === active}
          onPick={(row) => (setActive(index), props.onOpen?.(row))}
          onToggle={toggle}
        />
      ))}
      <Spacer height={height - (items.at(-1)?.end ?? 0)} />
    </tbody>
  )
}

const LEAST_SHARE = 136
const CHECK_WIDTH = 40

/** Below it the table scrolls sideways: a zoomed page or many chosen columns must not squeeze one out of sight. */
const leastWidth = <Row,>(columns: readonly Column<Row>[], selectable: boolean): number =>
  columns.reduce((sum, { width }) => sum + (width ?? LEAST_SHARE), selectable ? CHECK_WIDTH : 0)

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15 }

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return next
}

const Spacer = ({ height }: { readonly height: number }) =>
  height > 0 ? (
    <tr aria-hidden className={classes.spacer}>
      <td style={{ height }} />
    </tr>
  ) : null

/** Selects what is loaded, or nothing: the officer sees how many that are before anything is done with them. */
function SelectAll({ selection, ids }: { readonly selection: Selection; readonly ids: readonly string[] }) {
  const { t } = useTranslation()
  const all = ids.length > 0 && ids.every((id) => selection.ids.has(id))
  return (
    <Checkbox
      size="xs"
      aria-label={t('table.selectAll')}
      checked={all}
      indeterminate={!all && selection.ids.size > 0}
      onChange={() => selection.change(all ? new Set() : new Set(ids))}
    />
  )
}

function TableHead<Row>({ columns, selection, sort, source, rowKey }: RegisterTableProps<Row>) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {selection && (
          <th scope="col" className={classes.check}>
            <SelectAll selection={selection} ids={source.loaded().map(rowKey)} />
          </th>
        )}
        {columns.map((column) => (
          <th
            key={column.id}
            scope="col"
            data-align={column.align}
            style={{ width: column.width }}
            aria-sort={sort && column.sort === sort.by ? 'ascending' : undefined}
          >
            {sort && column.sort !== undefined ? (
              <button type="button" className={classes.sort} onClick={() => sort.change(column.sort ?? '')}>
                {column.header}
                {column.sort === sort.by ? (
                  <IconArrowDown {...inText} size={14} />
                ) : (
                  <IconArrowsSort {...inText} size={14} />
                )}
              </button>
            ) : (
              column.header
            )}
          </th>
        ))}
      </tr>
    </thead>
  )
}

interface TableRowProps<Row> extends Omit<RegisterTableProps<Row>, 'id'> {
  readonly id: string
  readonly index: number
  readonly row: Row | undefined
  readonly active: boolean
  readonly onPick: (row: Row) => void
  readonly onToggle: (row: Row) => void
}

function TableRow<Row>(props: TableRowProps<Row>) {
  const { id, index, row, columns, active, selection, rowKey, onOpen, onPick, onToggle, struck } = props
  const { t } = useTranslation()
  const selected = row !== undefined && selection?.ids.has(rowKey(row)) === true
  return (
    <tr
      id={id}
      aria-rowindex={index + 2}
      aria-selected={selection ? selected : active}
      className={classes.row}
      data-active={active}
      data-open={onOpen !== undefined}
      data-struck={row !== undefined && struck?.(row) === true}
      onClick={(event) => {
        // A link, button or box in the row has its own meaning, and marking text to copy it is not opening.
        const own = (event.target as Element).closest('a, button, input, label')
        if (own === null && row !== undefined && window.getSelection()?.isCollapsed !== false) onPick(row)
      }}
    >
      {selection && (
        <td className={classes.check}>
          {row !== undefined && (
            <Checkbox size="xs" aria-label={t('table.select')} checked={selected} onChange={() => onToggle(row)} />
          )}
        </td>
      )}
      {columns.map((column) => (
        <td key={column.id} data-align={column.align}>
          {row === undefined ? <span className={classes.waiting} /> : column.cell(row)}
        </td>
      ))}
    </tr>
  )
}

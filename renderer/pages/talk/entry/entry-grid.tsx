import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { parseTable } from '../../../kit/clipboard-table.ts'
import { announce } from '../../../kit/live.tsx'
import { showNotice } from '../../../kit/notice.tsx'
import { ENTRY_ROWS } from '../../../../shared/contract/talk-entry.ts'
import { CellEditor } from './cell-editor.tsx'
import { REQUIRED, shownColumns, type ColumnId } from './columns.ts'
import { useEntryTexts } from './entry-texts.ts'
import headings from '../../../kit/table.module.css'
import classes from './entry.module.css'
import { EntryRowView } from './entry-row.tsx'
import { pasteInto } from './paste.ts'
import { signatureOf, type EntryRow } from './rows.ts'
import type { Entry } from './use-entry.ts'

/** The table itself: one cell has the cursor, the others are text; a few hundred rows stay quick on an old PC. */
export function EntryGrid({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation(['talk', 'common'])
  const { table, dispatch, readings } = entry
  const { rows, at } = table
  const { labels } = useEntryTexts()
  const columns = useColumns(rows)
  const onPaste = (copied: string) => {
    const { rows: next, count, unused, beyond } = pasteInto(rows, at, parseTable(copied), labels)
    dispatch({ kind: 'put', rows: next })
    announce(t('entry.pasted', { count }))
    if (unused.length > 0) showNotice(t('entry.unused', { names: unused.join(t('common:separator')) }))
    if (beyond > 0) showNotice(t('entry.beyond', { max: ENTRY_ROWS, n: beyond }), { stays: true, alarm: true })
  }
  return (
    <div className={classes.scroller}>
      <table
        role="grid"
        aria-label={t('entry.title')}
        aria-rowcount={rows.length + 1}
        className={`${headings.headed} ${headings.scrolled} ${classes.table}`}
        data-columns={columns.length}
      >
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className={classes.number}>
              {t('entry.number')}
            </th>
            {columns.map((column) => (
              <th key={column} scope="col" data-column={column}>
                {labels[column]}
                {REQUIRED.includes(column) && (
                  <span className={classes.required} aria-hidden>
                    {' '}
                    *
                  </span>
                )}
              </th>
            ))}
            <th scope="col" data-column="state">
              {t('entry.state')}
            </th>
            <th scope="col" data-column="remove" aria-label={t('entry.removeColumn')} />
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <EntryRowView
              key={row.key}
              row={row}
              index={index}
              columns={columns}
              reading={readings.get(signatureOf(row))}
              active={index === at.row ? at.column : null}
              typing={index === at.row && table.editing === 'typed'}
              dispatch={dispatch}
              editor={
                index === at.row
                  ? (cell) => (
                      <CellEditor
                        key={`${row.key} ${at.column}`}
                        table={table}
                        columns={columns}
                        dispatch={dispatch}
                        onPaste={onPaste}
                        label={t('entry.cell', { n: index + 1, column: labels[at.column] })}
                        {...cell}
                      />
                    )
                  : null
              }
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The same list as long as it names the same columns: a new one would draw every row again with every key. */
function useColumns(rows: readonly EntryRow[]): readonly ColumnId[] {
  const now = shownColumns(rows)
  const names = now.join(' ')
  const [kept, setKept] = useState({ names, columns: now })
  if (kept.names === names) return kept.columns
  setKept({ names, columns: now })
  return now
}

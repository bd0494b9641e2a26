import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '../api/use-call.ts'
import type { RowSource } from '../api/use-rows.ts'
import { FaultAlert } from './fault-alert.tsx'
import { inText } from './icon.ts'
import classes from './print-sheet.module.css'
import { PrintSheet } from './print-sheet.tsx'
import type { Column } from './register-table.tsx'
import { usePrint } from './use-print.ts'

/** Some seventy pages; whoever needs more needs a file. */
const MOST_ROWS = 2_000
/** What A4 upright holds, in the pixels columns are measured in on the screen, where letters are larger; wider lists lie. */
const UPRIGHT_WIDTH = 780
/** A column that takes what is left on the screen: a post with its unit mostly fits on one line. */
const LEAST_SHARE = 240
const NUMBER_WIDTH = 44

export interface ListOnPaper {
  readonly title: string
  /** What it was filtered by, what was counted. */
  readonly note?: ReactNode
  /** What the access log calls it. */
  readonly register: 'cadre' | 'talk'
}

interface Rows<Row> {
  readonly total: number
  readonly rows: readonly Row[]
}

/** 打印: every row of the filter with the columns that are shown, however few of them are on the screen. */
export function PrintList<Row>({
  source,
  columns,
  title,
  note,
  register,
}: ListOnPaper & { readonly source: RowSource<Row>; readonly columns: readonly Column<Row>[] }) {
  const { t } = useTranslation()
  const call = useClient()
  const { sheet, print, pending, fault } = usePrint<Rows<Row>>({
    gather: () => source.all(MOST_ROWS),
    atHand: () => ({ total: source.total, rows: source.loaded() }),
    hasKey: source.total > 0,
    log: ({ rows }) => call(`print.${register}List`, { rows: rows.length }),
  })
  const printed = columns.filter(({ screenOnly }) => screenOnly !== true)
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        c="dimmed"
        leftSection={<IconPrinter {...inText} />}
        title={t('keys.print')}
        loading={pending}
        disabled={source.total === 0}
        onClick={print}
      >
        {t('action.print')}
      </Button>
      <FaultAlert fault={fault} />
      {sheet && (
        <PrintSheet title={title} wide={widthOf(printed) > UPRIGHT_WIDTH}>
          <p className={classes.note}>
            <span>{note}</span>
            <span>{t('print.rows', { count: sheet.total })}</span>
          </p>
          <Cut {...sheet} />
          <Table columns={printed} rows={sheet.rows} />
        </PrintSheet>
      )}
    </>
  )
}

/** A list that is not whole says so, and how to get the rest. */
function Cut<Row>({ total, rows }: Rows<Row>) {
  const { t } = useTranslation()
  if (rows.length >= total) return null
  const said = { count: rows.length, total }
  return <p className={classes.cut}>{total > MOST_ROWS ? t('print.cut', said) : t('print.partial', said)}</p>
}

const widthOf = <Row,>(columns: readonly Column<Row>[]): number =>
  columns.reduce((sum, { width = LEAST_SHARE }) => sum + width, NUMBER_WIDTH)

/** The header stands on every page by itself, since it is a table's. */
function Table<Row>({ columns, rows }: { readonly columns: readonly Column<Row>[]; readonly rows: readonly Row[] }) {
  const { t } = useTranslation()
  const share = (width: number) => ({ width: `${(width / widthOf(columns)) * 100}%` })
  return (
    <table className={`${classes.table} ${classes.list}`}>
      <thead>
        <tr>
          <th style={share(NUMBER_WIDTH)}>{t('print.number')}</th>
          {columns.map(({ id, header, width = LEAST_SHARE }) => (
            <th key={id} style={share(width)}>
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          // The rows of one print never move.
          <tr key={at}>
            <td data-align="center">{at + 1}</td>
            {columns.map(({ id, align, cell }) => (
              <td key={id} data-align={align}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

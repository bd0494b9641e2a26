import { Button, Checkbox, Popover, Stack } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconColumns3 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { inText } from './icon.ts'
import type { Column } from './register-table.tsx'

interface Choice {
  /** Only what differs from the column's own default, so that a column added later appears by itself. */
  readonly on: readonly string[]
  readonly off: readonly string[]
}

interface Shown<Row> {
  readonly columns: readonly Column<Row>[]
  readonly isShown: (column: Column<Row>) => boolean
  readonly toggle: (column: Column<Row>) => void
  readonly reset: () => void
}

/** The columns this officer's PC shows for that table. */
export function useShownColumns<Row>(tableId: string, columns: readonly Column<Row>[]): Shown<Row> {
  const [choice, setChoice] = useLocalStorage<Choice>({
    key: `zgt.columns.${tableId}`,
    defaultValue: { on: [], off: [] },
    getInitialValueInEffect: false,
  })
  const isShown = (column: Column<Row>) =>
    column.fixed === true || (column.off === true ? choice.on.includes(column.id) : !choice.off.includes(column.id))
  const toggle = (column: Column<Row>) => {
    const without = { on: choice.on.filter((id) => id !== column.id), off: choice.off.filter((id) => id !== column.id) }
    const key = isShown(column) ? 'off' : 'on'
    setChoice({ ...without, [key]: [...without[key], column.id] })
  }
  return { columns: columns.filter(isShown), isShown, toggle, reset: () => setChoice({ on: [], off: [] }) }
}

export function ColumnChooser<Row>({
  columns,
  shown,
}: {
  readonly columns: readonly Column<Row>[]
  readonly shown: Shown<Row>
}) {
  const { t } = useTranslation()
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <Button size="compact-sm" variant="subtle" color="gray" c="dimmed" leftSection={<IconColumns3 {...inText} />}>
          {t('table.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('table.columns')}>
        <Stack gap="sm">
          {columns.map((column) => (
            <Checkbox
              key={column.id}
              size="xs"
              label={column.header}
              checked={shown.isShown(column)}
              disabled={column.fixed === true}
              onChange={() => shown.toggle(column)}
            />
          ))}
          <Button size="compact-xs" variant="subtle" color="gray" onClick={shown.reset}>
            {t('table.columnsReset')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRows, type RowOf } from '../../api/use-rows.ts'
import { EmptyState } from '../../kit/empty-state.tsx'
import { formatMoment } from '../../kit/format.ts'
import { RegisterTable, type Column } from '../../kit/register-table.tsx'
import { registerLabel } from '../../kit/texts.ts'
import { useAccessDetail, useAccessWord } from './access-words.ts'

type Row = RowOf<'access-log.list'>

/** Who looked at what. Nobody can change it, the officer who reads it included. */
export function AccessTab() {
  const { t } = useTranslation('setting')
  return (
    <RegisterTable
      id="access-log"
      label={t('tab.access')}
      source={useRows('access-log.list', {})}
      columns={useColumns()}
      rowKey={(row) => String(row.n)}
      height={560}
      above={<Text size="sm">{t('access.note')}</Text>}
      empty={<EmptyState title={t('access.empty')} />}
    />
  )
}

function useColumns(): readonly Column<Row>[] {
  const { t } = useTranslation('setting')
  const word = useAccessWord()
  const detail = useAccessDetail()
  return [
    { id: 'at', header: t('access.at'), width: 160, fixed: true, cell: (row) => formatMoment(row.at) },
    { id: 'byName', header: t('access.byName'), width: 120, cell: (row) => row.byName },
    { id: 'action', header: t('access.action'), width: 176, cell: (row) => word(row.action) },
    {
      id: 'register',
      header: t('access.register'),
      width: 120,
      cell: (row) => (row.register ? registerLabel(row.register) : null),
    },
    {
      id: 'detail',
      header: t('access.detail'),
      cell: (row) => <span title={row.detail ?? undefined}>{detail(row)}</span>,
    },
  ]
}

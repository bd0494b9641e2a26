import { Button, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../shared/contract/index.ts'
import { useCall } from '../../api/use-call.ts'
import { rowsOf } from '../../api/use-rows.ts'
import { EmptyState } from '../../kit/empty-state.tsx'
import { inText } from '../../kit/icon.ts'
import { useNewKey } from '../../kit/keys.ts'
import { TwoColumns } from '../../kit/page.tsx'
import { RegisterTable, type Column } from '../../kit/register-table.tsx'
import { useCan } from '../../kit/session.ts'
import { StatusWord } from '../../kit/status-word.tsx'
import classes from './settings.module.css'
import { UnitForm } from './unit-form.tsx'
import { useOpened } from './use-opened.ts'

type Row = Output<'unit.list'>['rows'][number]

/** The tree of units; the township is its root. Ended units stay, for the years they existed. */
export function UnitTab() {
  const { t } = useTranslation('unit')
  const can = useCan()
  const opened = useOpened('unit')
  const { data, fault, stale } = useCall('unit.list', {})
  const rows = (data?.rows ?? []).filter(({ record }) => !record.voided)
  const mayWrite = can('unit:write')
  useNewKey(() => opened.open('new'), mayWrite)
  const record = rows.find((row) => row.record.id === opened.id)?.record ?? null
  return (
    <TwoColumns
      main={
        <RegisterTable
          id="unit"
          label={t('title')}
          source={rowsOf(data ? rows : undefined, { stale, fault })}
          columns={useColumns()}
          rowKey={(row) => row.record.id}
          onOpen={(row) => opened.open(row.record.id)}
          height={Math.min(560, 38 + 36 * Math.max(rows.length, 4))}
          above={<Text size="sm">{t('note')}</Text>}
          empty={<EmptyState title={t('empty')} hint={t('emptyHint')} />}
        />
      }
      side={
        mayWrite &&
        (opened.id === null ? (
          <div className={classes.start}>
            <Button leftSection={<IconPlus {...inText} />} onClick={() => opened.open('new')}>
              {t('action.add')}
            </Button>
            {rows.length <= 1 && <p className={classes.note}>{t('emptyHint')}</p>}
          </div>
        ) : (
          <UnitForm
            key={`${opened.id}-${record?.version ?? 0}`}
            record={record}
            units={rows}
            onClose={() => opened.open(null)}
          />
        ))
      }
    />
  )
}

function useColumns(): readonly Column<Row>[] {
  const { t } = useTranslation(['unit'])
  return [
    {
      id: 'name',
      header: t('field.name'),
      fixed: true,
      cell: ({ record, depth }) => <span style={{ paddingInlineStart: depth * 20 }}>{record.name}</span>,
    },
    { id: 'shortName', header: t('field.shortName'), width: 120, off: true, cell: ({ record }) => record.shortName },
    { id: 'kind', header: t('field.kind'), width: 144, cell: ({ record }) => t(`unit:kind.${record.kind}`) },
    { id: 'unitCode', header: t('field.unitCode'), width: 136, cell: ({ record }) => record.unitCode },
    { id: 'onRoll', header: t('onRoll'), width: 72, align: 'end', cell: ({ onRoll }) => onRoll },
    {
      id: 'validity',
      header: t('field.validTo'),
      width: 144,
      cell: ({ record }) =>
        record.validTo !== null && <StatusWord tone="quiet">{t('ended', { date: record.validTo })}</StatusWord>,
    },
  ]
}

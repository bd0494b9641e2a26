import { Button, Group, Stack, Text } from '@mantine/core'
import { IconDatabaseExport } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../shared/contract/index.ts'
import { useCall, useCommand } from '../../api/use-call.ts'
import { rowsOf } from '../../api/use-rows.ts'
import { EmptyState } from '../../kit/empty-state.tsx'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { formatMoment, NOTHING } from '../../kit/format.ts'
import { inText } from '../../kit/icon.ts'
import { showNotice } from '../../kit/notice.tsx'
import { Card, TwoColumns } from '../../kit/page.tsx'
import { RegisterTable, type Column } from '../../kit/register-table.tsx'
import { StatusWord } from '../../kit/status-word.tsx'
import { BackupPlaceCard } from './backup-place-card.tsx'

type Row = Output<'backup.list'>['rows'][number]

/** Backups that are there, one more now, and where the daily ones go. */
export function BackupTab() {
  const { t } = useTranslation('setting')
  const { data, fault, stale } = useCall('backup.list', {})
  return (
    <TwoColumns
      main={
        <Stack gap="md">
          <BackupButtons check={data?.check ?? null} />
          <RegisterTable
            id="backup"
            label={t('tab.backup')}
            source={rowsOf(data?.rows, { stale, fault })}
            columns={useColumns()}
            rowKey={(row) => row.folder}
            height={480}
            above={<Text size="sm">{t('backup.note')}</Text>}
            empty={<EmptyState title={t('backup.empty')} hint={t('backup.emptyHint')} />}
          />
        </Stack>
      }
      side={
        <Stack gap="md">
          {data && <BackupPlaceCard key={`${data.folder}-${data.keep}-${String(data.daily)}`} place={data} />}
          <Card title={t('backup.about')}>
            <Stack gap="xs">
              <Text size="sm">{t('backup.aboutPassphrase')}</Text>
              <Text size="sm">{t('backup.aboutRestore')}</Text>
            </Stack>
          </Card>
        </Stack>
      }
    />
  )
}

function BackupButtons({ check }: { readonly check: Output<'backup.list'>['check'] }) {
  const { t } = useTranslation('setting')
  const make = useCommand('backup.make')
  const read = useCommand('backup.check')
  const backUp = async () => showNotice(t('backup.made', { ...(await make.run({})) }))
  const checkNow = async () => {
    const { ok } = await read.run({})
    showNotice(ok ? t('backup.checked') : t('backup.checkedBad'), { alarm: !ok, stays: !ok })
  }
  const at = formatMoment(check?.at)
  const said = check === null ? t('backup.never') : check.ok ? t('backup.last', { at }) : t('backup.lastBad', { at })
  return (
    <>
      <Group gap="sm">
        <Button
          leftSection={<IconDatabaseExport {...inText} />}
          loading={make.pending}
          onClick={() => void backUp().catch(() => undefined)}
        >
          {t('backup.make')}
        </Button>
        <Button variant="default" loading={read.pending} onClick={() => void checkNow().catch(() => undefined)}>
          {t('backup.check')}
        </Button>
        <StatusWord tone={check === null ? 'quiet' : check.ok ? 'done' : 'alarm'}>{said}</StatusWord>
      </Group>
      <FaultAlert fault={make.fault ?? read.fault} />
    </>
  )
}

function useColumns(): readonly Column<Row>[] {
  const { t } = useTranslation(['setting'])
  return [
    { id: 'at', header: t('backup.column.at'), width: 152, fixed: true, cell: (row) => formatMoment(row.at) },
    { id: 'ops', header: t('backup.column.ops'), width: 88, align: 'end', cell: (row) => row.ops },
    {
      id: 'unreported',
      header: t('backup.column.unreported'),
      width: 120,
      align: 'end',
      cell: (row) => row.unreported,
    },
    {
      id: 'since',
      header: t('backup.column.since'),
      width: 104,
      align: 'end',
      cell: (row) => row.since ?? NOTHING,
    },
    { id: 'size', header: t('backup.column.size'), width: 96, align: 'end', cell: (row) => megabytes(row.bytes) },
    {
      id: 'folder',
      header: t('backup.column.folder'),
      cell: (row) => <span title={row.folder}>{nameOf(row.folder)}</span>,
    },
  ]
}

/** The last part of a path of either kind; the whole is in the tooltip and in the card beside. */
const nameOf = (folder: string): string => folder.split(/[\\/]/).at(-1) ?? folder

const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MB`

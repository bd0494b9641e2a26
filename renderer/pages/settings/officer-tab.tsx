import { Button, Stack, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../shared/contract/index.ts'
import { beyondRights, ROLES } from '../../../shared/permissions.ts'
import { useCall } from '../../api/use-call.ts'
import { rowsOf } from '../../api/use-rows.ts'
import { EmptyState } from '../../kit/empty-state.tsx'
import { inText } from '../../kit/icon.ts'
import { useNewKey } from '../../kit/keys.ts'
import { TwoColumns } from '../../kit/page.tsx'
import { RegisterTable, type Column } from '../../kit/register-table.tsx'
import { useCan, useSession } from '../../kit/session.ts'
import { StatusWord } from '../../kit/status-word.tsx'
import { KeystoreForm } from './keystore-form.tsx'
import { OfficerForm } from './officer-form.tsx'
import { PassphraseForm } from './passphrase-form.tsx'
import { RecoveryForm } from './recovery-form.tsx'
import classes from './settings.module.css'
import { useOpened } from './use-opened.ts'

type Row = Output<'officer.list'>['rows'][number]

/** Who signs in here. One may always change one's own passphrase; the rest needs `officer:write`. */
export function OfficerTab() {
  const { t } = useTranslation('officer')
  const can = useCan()
  const me = useSession().officer.id
  const opened = useOpened('officer')
  const { data, fault, stale } = useCall('officer.list', {})
  const rows = (data?.rows ?? []).filter(({ record }) => !record.voided)
  const mayWrite = can('officer:write')
  // The code opens everybody's account: the core refuses whoever may not do all that any role may.
  const own = new Set(useSession().can)
  const mayRenew = mayWrite && ROLES.every((role) => beyondRights(own, role) === null)
  useNewKey(() => opened.open('new'), mayWrite)
  const row = rows.find(({ record }) => record.id === opened.id) ?? null
  return (
    <TwoColumns
      main={
        <RegisterTable
          id="officer"
          label={t('title')}
          source={rowsOf(data ? rows : undefined, { stale, fault })}
          columns={useColumns(me)}
          rowKey={({ record }) => record.id}
          onOpen={mayWrite ? ({ record }) => opened.open(record.id) : undefined}
          height={Math.min(480, 38 + 36 * Math.max(rows.length, 4))}
          above={<Text size="sm">{t('note')}</Text>}
          empty={<EmptyState title={t('empty')} hint={t('emptyHint')} />}
        />
      }
      side={
        <Stack gap="md">
          {opened.id === null && (
            <div className={classes.start}>
              {mayWrite && (
                <Button leftSection={<IconPlus {...inText} />} onClick={() => opened.open('new')}>
                  {t('action.add')}
                </Button>
              )}
              {rows.length <= 1 && <p className={classes.note}>{t('emptyHint')}</p>}
            </div>
          )}
          {opened.id === null && data !== undefined && mayRenew && <RecoveryForm />}
          {mayWrite && (opened.id === 'new' || row !== null) && (
            <OfficerForm
              key={`${opened.id ?? ''}-${row?.record.version ?? 0}`}
              record={row?.record ?? null}
              onClose={() => opened.open(null)}
              onMade={opened.open}
            />
          )}
          {row !== null && (mayWrite || row.record.id === me) && (
            <PassphraseForm
              key={row.record.id}
              officer={row.record}
              own={row.record.id === me}
              onClose={() => opened.open(null)}
            />
          )}
          {row?.record.id === me && <KeystoreForm />}
        </Stack>
      }
    />
  )
}

function useColumns(me: string): readonly Column<Row>[] {
  const { t } = useTranslation(['officer'])
  return [
    {
      id: 'name',
      header: t('field.name'),
      fixed: true,
      cell: ({ record }) => (
        <>
          {record.name}
          {record.id === me && <span className={classes.me}>{t('me')}</span>}
        </>
      ),
    },
    { id: 'role', header: t('field.role'), width: 208, cell: ({ record }) => t(`officer:role.${record.role}`) },
    {
      id: 'state',
      header: t('field.state'),
      width: 128,
      cell: ({ record }) => (
        <StatusWord tone={record.state === 'active' ? 'done' : 'quiet'}>
          {t(`officer:state.${record.state}`)}
        </StatusWord>
      ),
    },
    {
      id: 'slot',
      header: t('field.slot'),
      width: 176,
      cell: ({ hasSlot }) => (
        <StatusWord tone={hasSlot ? 'done' : 'soon'}>{hasSlot ? t('hasSlot') : t('noSlot')}</StatusWord>
      ),
    },
  ]
}

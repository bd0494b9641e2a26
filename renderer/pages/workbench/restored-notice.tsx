import { Alert, Button, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconHistory } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCall, useCommand } from '../../api/use-call.ts'
import { formatMoment } from '../../kit/format.ts'
import { alone } from '../../kit/icon.ts'
import { useCan } from '../../kit/session.ts'

/** What a restore left out, told until somebody has read it; and damage that is there while the desk is open. */
export function RestoredNotice() {
  const { t } = useTranslation('workbench')
  const may = useCan()('backup:run')
  const { data } = useCall('backup.restored', {}, { enabled: may })
  const dismiss = useCommand('backup.dismissRestored')
  const note = data?.note ?? null
  if (note === null) return null
  const { backupAt, lost, unreported, kept } = note
  const restoredAt = formatMoment(note.restoredAt)
  return (
    <Alert color="blue" variant="light" icon={<IconHistory {...alone} />} title={t('restored.title')}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          {backupAt !== null
            ? t('restored.text', { restoredAt, backupAt: formatMoment(backupAt) })
            : lost === null
              ? t('restored.textUnknown', { restoredAt })
              : t('restored.textMissing', { restoredAt })}
          {unreported !== null && unreported > 0 && t('restored.unreported', { count: unreported })}
          {lost === null ? t('restored.lostUnknown') : lost > 0 && t('restored.lost', { count: lost })}
        </Text>
        {kept !== null && <Text size="sm">{t('restored.kept', { folder: kept })}</Text>}
        <Button size="xs" variant="default" loading={dismiss.pending} onClick={() => dismiss.start({})}>
          {t('restored.dismiss')}
        </Button>
      </Stack>
    </Alert>
  )
}

export function DamageNotice() {
  const { t } = useTranslation('workbench')
  const { data } = useCall('desk.status', {})
  if (!data?.damage) return null
  return (
    <Alert color="alarm" variant="light" role="alert" icon={<IconAlertTriangle {...alone} />}>
      {t('damage')}
    </Alert>
  )
}

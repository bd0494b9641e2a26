import { Button, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../shared/contract/index.ts'
import { formatMoment } from '../../kit/format.ts'
import { Entry } from './entry.tsx'

/** What the restore brought back, what it could not, and where the old files are. */
export function Restored({ done, onDone }: { readonly done: Output<'desk.restore'>; readonly onDone: () => void }) {
  const { t } = useTranslation('desk')
  const { at, unreported, lost, kept } = done
  return (
    <Entry title={t('restore.done', { at: formatMoment(at) })} wide>
      <Stack gap="md">
        {unreported > 0 && <Text size="sm">{t('restore.doneUnreported', { count: unreported })}</Text>}
        {lost !== 0 && (
          <Text size="sm">{lost === null ? t('restore.doneLostUnknown') : t('restore.doneLost', { count: lost })}</Text>
        )}
        {kept !== null && <Text size="sm">{t('restore.doneKept', { folder: kept })}</Text>}
        <Text size="sm">{t('confirm.passphrase')}</Text>
        <Group>
          <Button onClick={onDone}>{t('restore.continue')}</Button>
        </Group>
      </Stack>
    </Entry>
  )
}

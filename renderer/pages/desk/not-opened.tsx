import { Button, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { Entry } from './entry.tsx'

/** The core could not even say how things are: in use elsewhere, newer, not writable. Its sentence says what to do. */
export function NotOpened({ fault, onAgain }: { readonly fault: unknown; readonly onAgain: () => void }) {
  const { t } = useTranslation('desk')
  return (
    <Entry title={t('notOpened.title')}>
      <Stack gap="md">
        <FaultAlert fault={fault} />
        <Button variant="default" onClick={onAgain}>
          {t('notOpened.again')}
        </Button>
      </Stack>
    </Entry>
  )
}

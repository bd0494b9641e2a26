import { Alert } from '@mantine/core'
import { IconClock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { alone } from '../../kit/icon.ts'

/** Five failures: neither passphrase nor recovery code is taken until the time has run down. */
export function Waiting({ time }: { readonly time: string }) {
  const { t } = useTranslation('desk')
  return (
    <Alert color="alarm" variant="light" icon={<IconClock {...alone} />} role="alert">
      {t('unlock.blocked', { time })}
    </Alert>
  )
}

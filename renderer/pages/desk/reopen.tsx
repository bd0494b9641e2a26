import { Button, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Entry } from './entry.tsx'

/** The page has no pass of the program behind it, or that program is gone. */
export function Reopen() {
  const { t } = useTranslation('desk')
  return (
    <Entry title={t('reopen.title')}>
      <Stack gap="md">
        <Text size="sm">{t('reopen.text')}</Text>
        <Text size="sm">{t('reopen.how')}</Text>
        <Button variant="default" onClick={() => window.location.reload()}>
          {t('reopen.again')}
        </Button>
      </Stack>
    </Entry>
  )
}

import { Button, List, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { Entry } from './entry.tsx'

/** The data did not pass its checks. Nothing is offered that could make it worse, least of all "start anew". */
export function Damaged({ fault, onAgain }: { readonly fault: unknown; readonly onAgain: () => void }) {
  const { t } = useTranslation('desk')
  return (
    <Entry title={t('damaged.title')} note={t('damaged.text')} wide>
      <Stack gap="md">
        <List type="ordered" spacing="xs">
          <List.Item>{t('damaged.step1')}</List.Item>
          <List.Item>{t('damaged.step2')}</List.Item>
          <List.Item>{t('damaged.step3')}</List.Item>
        </List>
        <FaultAlert fault={fault} />
        <Button variant="default" onClick={onAgain}>
          {t('damaged.again')}
        </Button>
      </Stack>
    </Entry>
  )
}

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

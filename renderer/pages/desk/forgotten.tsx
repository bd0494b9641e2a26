import { Button, Group, List, Stack, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../shared/contract/index.ts'
import { Entry } from './entry.tsx'

/** Neither passphrase nor recovery code: what can still be done, and honestly what cannot. Nothing here changes anything. */
export function Forgotten({
  officers,
  onBack,
}: {
  readonly officers: Output<'desk.status'>['officers']
  readonly onBack: () => void
}) {
  const { t } = useTranslation(['desk', 'common'])
  const names = officers.map(({ name }) => name).join(t('common:separator'))
  return (
    <Entry title={t('forgotten.title')} note={t('forgotten.text')} wide>
      <Stack gap="lg">
        <section>
          <Title order={2}>{t('forgotten.can')}</Title>
          <List type="ordered" spacing="xs" size="sm" mt="sm">
            <List.Item>{t('forgotten.paper')}</List.Item>
            {officers.length > 1 && <List.Item>{t('forgotten.others', { names })}</List.Item>}
            <List.Item>{t('forgotten.backup')}</List.Item>
            <List.Item>{t('forgotten.city')}</List.Item>
          </List>
        </section>
        <section>
          <Title order={2}>{t('forgotten.cannot')}</Title>
          <List spacing="xs" size="sm" mt="sm">
            <List.Item>{t('forgotten.noKey')}</List.Item>
            <List.Item>{t('forgotten.sealed')}</List.Item>
            <List.Item>{t('forgotten.keep')}</List.Item>
          </List>
        </section>
        <Group>
          <Button variant="default" onClick={onBack}>
            {t('forgotten.back')}
          </Button>
        </Group>
      </Stack>
    </Entry>
  )
}

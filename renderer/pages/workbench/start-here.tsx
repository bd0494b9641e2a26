import { Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../api/use-call.ts'
import { ButtonLink } from '../../kit/link.tsx'
import { Card } from '../../kit/page.tsx'
import { useCan } from '../../kit/session.ts'

/** A new township has nobody on its roll; this goes away with the first cadre. */
export function StartHere() {
  const { t } = useTranslation('workbench')
  const can = useCan()
  const { data } = useCall('cadre.list', { limit: 1, presence: 'all' }, { enabled: can('cadre:write') })
  if (data === undefined || data.total > 0) return null
  return (
    <Card title={t('start.title')}>
      <Stack gap="md">
        <Text size="sm">
          {t('start.text')}
          {t('start.talk')}
        </Text>
        <Group gap="sm">
          {can('cadre:import') && <ButtonLink to="/cadre/import">{t('action.importRoster')}</ButtonLink>}
          <ButtonLink variant="default" to="/cadre/new">
            {t('action.addCadre')}
          </ButtonLink>
        </Group>
      </Stack>
    </Card>
  )
}

import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { TextLink } from '../../kit/link.tsx'
import { Card } from '../../kit/page.tsx'
import { StatusWord } from '../../kit/status-word.tsx'
import { syncWord, useSyncStatus } from '../../kit/sync-badge.tsx'
import { useSyncSentence } from '../../kit/sync-sentence.ts'

/** Whether the data is safe and what is still missing, in one sentence. */
export function SyncCard() {
  const { t } = useTranslation('workbench')
  const { data } = useSyncStatus()
  const common = useTranslation().t
  const sentence = useSyncSentence()
  if (data === undefined) return null
  const { text, tone } = syncWord(data, common)
  return (
    <Card
      title={t('sync.title')}
      action={
        <TextLink to="/sync" size="sm" search={data.attention > 0 ? { tab: 'attention' } : {}}>
          {data.attention > 0 ? t('action.repair') : t('sync.open')}
        </TextLink>
      }
    >
      <Stack gap="xs">
        <StatusWord tone={tone}>{text}</StatusWord>
        <Text size="sm" c="dimmed">
          {sentence(data)}
        </Text>
      </Stack>
    </Card>
  )
}

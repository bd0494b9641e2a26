import { Alert, Progress, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCloudUpload, IconShieldCheck } from '@tabler/icons-react'
import type { SyncStatus } from '../../../shared/contract/sync.ts'
import { alone } from '../../kit/icon.ts'
import { useSyncSentence } from '../../kit/sync-sentence.ts'

/** The sentence at the top, with a bar while something is being sent. */
export function SyncSentence({ status }: { readonly status: SyncStatus }) {
  const sentence = useSyncSentence()
  const { activity, attention, pending, sent, toSend } = status
  const running = activity === 'running'
  const look = running
    ? { color: 'blue', Mark: IconCloudUpload }
    : attention > 0
      ? { color: 'alarm', Mark: IconAlertTriangle }
      : pending > 0
        ? { color: 'gray', Mark: IconShieldCheck }
        : { color: 'green', Mark: IconCircleCheck }
  return (
    <Alert variant="light" color={look.color} icon={<look.Mark {...alone} />}>
      <Text size="md" c="var(--mantine-color-text)">
        {sentence(status)}
      </Text>
      {running && toSend > 0 && <Progress mt="sm" value={(sent / toSend) * 100} aria-label={sentence(status)} />}
    </Alert>
  )
}

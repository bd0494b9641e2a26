import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommand } from '../../api/use-call.ts'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { formatDay } from '../../kit/format.ts'
import { Card } from '../../kit/page.tsx'
import { useCan } from '../../kit/session.ts'
import { CloseFollowUp } from './close-follow-up.tsx'
import { FollowUpWord } from './follow-up-word.tsx'
import type { TalkView } from './talk-values.ts'
import type { TalkFacts } from './use-talk-row.ts'

/** What was promised: who, until when, and whether it is done. */
export function FollowUpCard({ record, facts }: { readonly record: TalkView; readonly facts: TalkFacts }) {
  const { t } = useTranslation('talk')
  const can = useCan()
  const [closing, setClosing] = useState(false)
  const reopen = useCommand('talk.save')
  const { followUp } = facts
  const changeable = can('talk:write') && !record.voided
  return (
    <Card title={t('followUp.title')}>
      {followUp === 'none' ? (
        <Text size="sm" c="dimmed">
          {t('followUp.nothing')}
        </Text>
      ) : (
        <Stack gap="xs">
          <FollowUpWord state={followUp} />
          <Text size="sm">{t('followUp.owner', { name: record.followUpOwner ?? '' })}</Text>
          {record.followUpDue !== null && (
            <Text size="sm">{t('followUp.due', { day: formatDay(record.followUpDue) })}</Text>
          )}
          {record.followUpClosedOn !== null && (
            <Text size="sm">{t('followUp.closedOn', { day: formatDay(record.followUpClosedOn) })}</Text>
          )}
          {changeable && (
            <Group gap="sm">
              {followUp === 'closed' ? (
                <Button
                  size="compact-sm"
                  variant="default"
                  loading={reopen.pending}
                  onClick={() =>
                    reopen.start({ id: record.id, version: record.version, set: { followUpClosedOn: null } })
                  }
                >
                  {t('action.reopen')}
                </Button>
              ) : (
                <Button size="compact-sm" onClick={() => setClosing(true)}>
                  {t('action.close')}
                </Button>
              )}
            </Group>
          )}
          <FaultAlert fault={reopen.fault} />
        </Stack>
      )}
      {closing && <CloseFollowUp row={facts} onClose={() => setClosing(false)} />}
    </Card>
  )
}

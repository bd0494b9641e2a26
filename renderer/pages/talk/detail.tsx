import { Alert, Button, Menu, Stack } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { IconBan, IconChevronDown, IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall, useClient } from '../../api/use-call.ts'
import { BackButton } from '../../kit/back-button.tsx'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { HistoryList } from '../../kit/history-list.tsx'
import { inText } from '../../kit/icon.ts'
import { useBackKey } from '../../kit/keys.ts'
import { ButtonLink } from '../../kit/link.tsx'
import { Card, Page, TwoColumns } from '../../kit/page.tsx'
import { useCan } from '../../kit/session.ts'
import { usePrint } from '../../kit/use-print.ts'
import { useGoBack } from '../../kit/use-go-back.ts'
import { TalkContent, type Said } from './detail-content.tsx'
import { TalkFactsList } from './detail-facts.tsx'
import { FollowUpCard } from './follow-up-card.tsx'
import { FollowUpWord } from './follow-up-word.tsx'
import { TalkSheet } from './talk-sheet.tsx'
import type { TalkView } from './talk-values.ts'
import { useTalkRow, type TalkFacts } from './use-talk-row.ts'
import { VoidTalk } from './void-talk.tsx'

const route = getRouteApi('/talk/$id')

/** One talk: the facts at once, the words only when asked for and logged. */
export function TalkDetailPage() {
  const { t } = useTranslation('talk')
  const { id } = route.useParams()
  const { data, fault, again } = useCall('talk.get', { id }, { keepPrevious: false })
  const { row, fault: rowFault } = useTalkRow(data?.record)
  const back = useGoBack('/talk')
  useBackKey(back)
  if (fault ?? rowFault) {
    return (
      <Page title={t('title')}>
        <FaultAlert fault={fault ?? rowFault} again={again} />
      </Page>
    )
  }
  return data && row ? <Detail key={id} record={data.record} facts={row} onBack={back} /> : null
}

function Detail({
  record,
  facts,
  onBack,
}: {
  readonly record: TalkView
  readonly facts: TalkFacts
  readonly onBack: () => void
}) {
  const { t } = useTranslation(['talk', 'common'])
  const [said, setSaid] = useState<Said>(null)
  const call = useClient()
  const { sheet, print, pending, fault } = usePrint({
    gather: async () => ({ said }),
    atHand: () => ({ said }),
    log: (paper) => call('print.talk', { recordId: record.id, fields: Object.keys(paper.said ?? {}) }),
  })
  return (
    <Page
      title={t('detail.title', { name: facts.cadreName })}
      lead={<BackButton onBack={onBack} />}
      chips={!record.voided && <FollowUpWord state={facts.followUp} chip />}
      note={[facts.unitName, facts.heldOn, t(`talkType.${facts.talkType}`)].filter(Boolean).join('　')}
      action={
        <>
          <Button
            variant="subtle"
            color="gray"
            title={t('common:keys.print')}
            leftSection={<IconPrinter {...inText} />}
            loading={pending}
            onClick={print}
          >
            {t('common:action.print')}
          </Button>
          {!record.voided && <Actions record={record} facts={facts} />}
        </>
      }
    >
      <FaultAlert fault={fault} />
      {record.voided && (
        <Alert color="gray" icon={<IconBan {...inText} />}>
          {t('detail.voided', { reason: record.voidReason ?? '' })}
        </Alert>
      )}
      <TwoColumns
        main={
          <Stack gap="lg">
            <TalkFactsList record={record} facts={facts} />
            <TalkContent record={record} said={said} onReveal={setSaid} />
          </Stack>
        }
        side={
          <Stack gap="md">
            <FollowUpCard record={record} facts={facts} />
            <Card title={t('detail.history')}>
              <HistoryList register="talk" recordId={record.id} compact />
            </Card>
          </Stack>
        }
      />
      {sheet && <TalkSheet record={record} facts={facts} said={sheet.said} />}
    </Page>
  )
}

function Actions({ record, facts }: { readonly record: TalkView; readonly facts: TalkFacts }) {
  const { t } = useTranslation(['talk', 'common'])
  const can = useCan()
  const [voiding, setVoiding] = useState(false)
  if (!can('talk:write')) return null
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button variant="subtle" color="gray" rightSection={<IconChevronDown {...inText} />}>
            {t('common:action.more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setVoiding(true)}>{t('action.void')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ButtonLink variant="default" to="/talk/new">
        {t('action.next')}
      </ButtonLink>
      <ButtonLink to="/talk/$id/edit" params={{ id: record.id }}>
        {t('common:action.edit')}
      </ButtonLink>
      <VoidTalk record={record} facts={facts} opened={voiding} onClose={() => setVoiding(false)} />
    </>
  )
}

import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { FindingList } from '../../kit/finding-list.tsx'
import { HistoryList } from '../../kit/history-list.tsx'
import { TextLink } from '../../kit/link.tsx'
import { Card } from '../../kit/page.tsx'
import type { CadreDetail } from './cadre-detail.ts'

/** What needs attention, how far the city has it, what changed last. */
export function DetailSide({ cadre }: { readonly cadre: CadreDetail }) {
  const { t } = useTranslation('cadre')
  return (
    <Stack gap="md">
      <Card title={t('detail.findings')}>
        {cadre.findings.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('detail.noFindings')}
          </Text>
        ) : (
          <FindingList findings={cadre.findings} />
        )}
      </Card>
      <Report report={cadre.report} />
      <LastChanges id={cadre.record.id} />
    </Stack>
  )
}

function Report({ report }: { readonly report: CadreDetail['report'] }) {
  const { t } = useTranslation('cadre')
  const lines = [
    report.attention > 0 && t('report.attention', { count: report.attention }),
    report.pending > 0 && t('report.pending', { count: report.pending }),
    report.answered > 0 && t('report.answered', { count: report.answered }),
  ].filter((line) => line !== false)
  return (
    <Card
      title={t('report.title')}
      action={
        report.attention > 0 && (
          <TextLink to="/sync" search={{ tab: 'attention' }}>
            {t('report.attend')}
          </TextLink>
        )
      }
    >
      {(lines.length > 0 ? lines : [t('report.none')]).map((line) => (
        <Text key={line} size="sm" c="dimmed">
          {line}
        </Text>
      ))}
    </Card>
  )
}

function LastChanges({ id }: { readonly id: string }) {
  const { t } = useTranslation('cadre')
  return (
    <Card
      title={t('history.last')}
      action={
        <TextLink to="/cadre/$id" params={{ id }} search={{ tab: 'history' }} replace>
          {t('history.all')}
        </TextLink>
      }
    >
      <HistoryList register="cadre" recordId={id} compact />
    </Card>
  )
}

import { Stack } from '@mantine/core'
import { IconMessagePlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { inText } from '../../kit/icon.ts'
import { ButtonLink } from '../../kit/link.tsx'
import { Page, TwoColumns } from '../../kit/page.tsx'
import { useCan, useSession } from '../../kit/session.ts'
import { CoverageCard } from './coverage-card.tsx'
import { DueList } from './due-list.tsx'
import { DamageNotice, RestoredNotice } from './restored-notice.tsx'
import { StartHere } from './start-here.tsx'
import { SyncCard } from './sync-card.tsx'

/** What is due, what is missing, what is still on this PC: the first page of the day. */
export function WorkbenchPage() {
  const { t, i18n } = useTranslation('workbench')
  const { today } = useSession()
  const can = useCan()
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: 'long', timeZone: 'UTC' }).format(new Date(today))
  return (
    <Page
      title={t('title')}
      note={t('note', { today, weekday })}
      action={
        can('talk:write') && (
          <ButtonLink to="/talk/new" leftSection={<IconMessagePlus {...inText} />}>
            {t('action.recordTalk')}
          </ButtonLink>
        )
      }
    >
      <TwoColumns
        main={
          <Stack gap="md">
            <DamageNotice />
            <RestoredNotice />
            <StartHere />
            {can('talk:read') && <DueList />}
          </Stack>
        }
        side={
          <Stack gap="md">
            {can('talk:read') && <CoverageCard />}
            {can('sync:read') && <SyncCard />}
          </Stack>
        }
      />
    </Page>
  )
}

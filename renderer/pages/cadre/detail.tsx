import { Alert, Button, Menu, Tabs } from '@mantine/core'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { IconBan, IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../api/use-call.ts'
import { BackButton } from '../../kit/back-button.tsx'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { HistoryList } from '../../kit/history-list.tsx'
import { inText } from '../../kit/icon.ts'
import { useBackKey } from '../../kit/keys.ts'
import { ButtonLink } from '../../kit/link.tsx'
import { Page, TwoColumns } from '../../kit/page.tsx'
import { useCan } from '../../kit/session.ts'
import { useGoBack } from '../../kit/use-go-back.ts'
import { BasicTab } from './detail-basic.tsx'
import { DetailChips } from './detail-chips.tsx'
import { FamilyTab } from './detail-family.tsx'
import { ResumeTab } from './detail-resume.tsx'
import { DetailSide } from './detail-side.tsx'
import { TalkTab } from './detail-talk.tsx'
import type { CadreDetail } from './cadre-detail.ts'
import { PrintForm } from './form-sheet/print-form.tsx'
import { ExportDialog } from './lrmx/export-dialog.tsx'
import { CadrePhoto } from './photo/photo.tsx'
import { VoidCadre } from './void-cadre.tsx'

const route = getRouteApi('/cadre/$id')
const TABS = ['basic', 'resume', 'family', 'talk', 'history'] as const
type TabId = (typeof TABS)[number]

/** One cadre: who it is at a glance, the file in tabs, at the right what needs attention and what changed last. */
export function CadreDetailPage() {
  const { id } = route.useParams()
  const { data, fault, again } = useCall('cadre.get', { id }, { keepPrevious: false })
  const back = useGoBack('/cadre')
  useBackKey(back)
  if (fault) return <FaultPage fault={fault} again={again} />
  return data ? <Detail cadre={data} onBack={back} /> : null
}

function FaultPage({ fault, again }: { readonly fault: Error; readonly again: () => unknown }) {
  const { t } = useTranslation('cadre')
  return (
    <Page title={t('title')}>
      <FaultAlert fault={fault} again={again} />
    </Page>
  )
}

function Detail({ cadre, onBack }: { readonly cadre: CadreDetail; readonly onBack: () => void }) {
  const { t } = useTranslation('cadre')
  const { record, unitName, age } = cadre
  const facts = [
    unitName,
    record.postTitle,
    record.sex && t(`sex.${record.sex}`),
    age === null ? null : t('detail.age', { age }),
  ]
  return (
    <Page
      title={record.name}
      lead={
        <>
          <BackButton onBack={onBack} />
          <CadrePhoto record={record} size="small" />
        </>
      }
      chips={<DetailChips cadre={cadre} />}
      note={facts.filter(Boolean).join('　')}
      action={record.voided ? undefined : <Actions cadre={cadre} />}
    >
      {record.voided && (
        <Alert color="gray" icon={<IconBan {...inText} />}>
          {t('detail.voided', { reason: record.voidReason ?? '' })}
        </Alert>
      )}
      <TwoColumns main={<DetailTabs cadre={cadre} />} side={<DetailSide cadre={cadre} />} />
    </Page>
  )
}

function DetailTabs({ cadre }: { readonly cadre: CadreDetail }) {
  const { t } = useTranslation('cadre')
  const { tab } = route.useSearch()
  const navigate = useNavigate()
  const can = useCan()
  const { record } = cadre
  const shown = TABS.filter((id) => id !== 'talk' || can('talk:read'))
  const current = shown.find((id) => id === tab) ?? 'basic'
  const open = (next: string | null) =>
    void navigate({
      to: '/cadre/$id',
      params: { id: record.id },
      search: { tab: next === 'basic' ? undefined : (next ?? undefined) },
      replace: true,
    })
  const panels: Readonly<Record<TabId, React.ReactNode>> = {
    basic: <BasicTab record={record} />,
    resume: <ResumeTab resume={record.resume} />,
    family: <FamilyTab family={record.family} />,
    talk: <TalkTab record={record} />,
    history: <HistoryList register="cadre" recordId={record.id} />,
  }
  return (
    <Tabs value={current} onChange={open} keepMounted={false}>
      <Tabs.List mb="md">
        {shown.map((id) => (
          <Tabs.Tab key={id} value={id}>
            {t(`tab.${id}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {shown.map((id) => (
        <Tabs.Panel key={id} value={id}>
          {panels[id]}
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}

function Actions({ cadre: { record } }: { readonly cadre: CadreDetail }) {
  const { t } = useTranslation(['cadre', 'common', 'lrmx'])
  const can = useCan()
  const [voiding, setVoiding] = useState(false)
  const [exporting, setExporting] = useState(false)
  return (
    <>
      {can('cadre:export') && <PrintForm recordId={record.id} />}
      {(can('cadre:write') || can('cadre:export')) && (
        <Menu>
          <Menu.Target>
            <Button variant="subtle" color="gray" rightSection={<IconChevronDown {...inText} />}>
              {t('common:action.more')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {can('cadre:export') && <Menu.Item onClick={() => setExporting(true)}>{t('lrmx:export.action')}</Menu.Item>}
            {can('cadre:write') && <Menu.Item onClick={() => setVoiding(true)}>{t('action.void')}</Menu.Item>}
          </Menu.Dropdown>
        </Menu>
      )}
      {can('cadre:write') && (
        <>
          <ButtonLink variant="default" to="/cadre/$id/edit" params={{ id: record.id }}>
            {t('common:action.edit')}
          </ButtonLink>
        </>
      )}
      {can('talk:write') && (
        <ButtonLink to="/talk/new" search={{ cadre: record.id }}>
          {t('action.logTalk')}
        </ButtonLink>
      )}
      {exporting && (
        <ExportDialog cadreIds={[record.id]} name={record.name} opened onClose={() => setExporting(false)} />
      )}
      <VoidCadre record={record} opened={voiding} onClose={() => setVoiding(false)} />
    </>
  )
}

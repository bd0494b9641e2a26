import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type * as z from 'zod'
import type { viewSchema } from '../../../shared/domain/register.ts'
import { newestFirst, settingAt, SETTINGS, type setting, type SettingKey } from '../../../shared/domain/setting.ts'
import { useCall, useCommand } from '../../api/use-call.ts'
import { ConfirmReason } from '../../kit/confirm-reason.tsx'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { Citation } from '../../kit/finding-list.tsx'
import { Card } from '../../kit/page.tsx'
import { useCan, useSession } from '../../kit/session.ts'
import { useUndoToast } from '../../kit/undo-toast.tsx'
import { CountingForm } from './counting-form.tsx'
import { useValueWords } from './counting-words.ts'
import classes from './settings.module.css'

export type SettingView = z.output<ReturnType<typeof viewSchema<typeof setting>>>
const KEYS = Object.keys(SETTINGS) as SettingKey[]

/** 口径: what a clause leaves open, dated, so that past years keep their counting. */
export function CountingTab() {
  const { t } = useTranslation('setting')
  const { data, fault } = useCall('setting.list', {})
  if (data === undefined) return <FaultAlert fault={fault} />
  return (
    <div className={classes.keys}>
      <Text size="sm" c="dimmed">
        {t('countingNote')}
      </Text>
      {KEYS.map((key) => (
        <CountingCard key={key} settingKey={key} all={data.rows} />
      ))}
    </div>
  )
}

function CountingCard({ settingKey, all }: { readonly settingKey: SettingKey; readonly all: readonly SettingView[] }) {
  const { t } = useTranslation(['setting'])
  const { today } = useSession()
  const words = useValueWords()
  const can = useCan()
  const [changing, setChanging] = useState(false)
  const now = settingAt(all, settingKey, today)
  const dated = all.filter((one) => one.key === settingKey && !one.voided).sort(newestFirst)
  const basis = now.since === null ? t('initial') : (now.basis ?? t('own'))
  return (
    <Card
      title={t(`setting:key.${settingKey}`)}
      action={
        can('setting:write') &&
        !changing && (
          <Button size="xs" variant="default" onClick={() => setChanging(true)}>
            {t('action.change')}
          </Button>
        )
      }
    >
      <p className={classes.value}>{t('inForce', { value: words(settingKey, now.value) })}</p>
      <p className={classes.source}>{now.since === null ? basis : t('source', { basis, date: now.since })}</p>
      <Text size="sm" c="dimmed">
        {t(`setting:about.${settingKey}`)} <Citation rule="W18-1" />
      </Text>
      {changing && (
        <div className={classes.change}>
          <CountingForm settingKey={settingKey} value={now.value} dated={dated} onClose={() => setChanging(false)} />
        </div>
      )}
      {dated.length > 0 && (
        <ul className={classes.history} aria-label={t('history')}>
          {dated.map((one) => (
            <DatedValue key={one.id} one={one} words={words(settingKey, one.value)} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function DatedValue({ one, words }: { readonly one: SettingView; readonly words: string }) {
  const { t } = useTranslation('setting')
  const can = useCan()
  const [asking, setAsking] = useState(false)
  const remove = useCommand('setting.void')
  const offerUndo = useUndoToast()
  const confirm = async (reason: string) => {
    await remove.run({ id: one.id, version: one.version, reason })
    offerUndo(t('void.done'), { register: 'setting', recordId: one.id })
    setAsking(false)
  }
  return (
    <li>
      <span>{t('sinceAt', { date: one.since })}</span>
      <span>{words}</span>
      <span>{one.basis ?? t('own')}</span>
      {can('setting:write') && (
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setAsking(true)}>
          {t('action.void')}
        </Button>
      )}
      <ConfirmReason
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('void.title')}
        effect={t('void.effect')}
        confirm={t('action.void')}
        suggestions={[t('void.mistake')]}
        pending={remove.pending}
        fault={remove.fault}
        onConfirm={(reason) => void confirm(reason).catch(() => undefined)}
      />
    </li>
  )
}

import { Anchor, Button, Group, Stack, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../shared/contract/index.ts'
import { lastOfficer, rememberOfficer } from '../../api/gate.ts'
import { refreshAll, useCommand } from '../../api/use-call.ts'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { Entry } from './entry.tsx'
import { Forgotten } from './forgotten.tsx'
import { OfficerChoice } from './officer-choice.tsx'
import { PassphrasePair } from './passphrase-pair.tsx'
import { useCountdown } from './use-countdown.ts'
import { Waiting } from './waiting.tsx'

/** 忘记口令: the printed code opens the data and sets a new passphrase for the officer. */
export function Recover({
  status,
  acceptMissing,
  onBack,
}: {
  readonly status: Output<'desk.status'>
  readonly acceptMissing: boolean
  readonly onBack: () => void
}) {
  const { t } = useTranslation('desk')
  const { officers, blockedUntil } = status
  const recover = useCommand('desk.recover')
  const queries = useQueryClient()
  const wait = useCountdown(blockedUntil)
  const [officerId, setOfficerId] = useState<string | null>(lastOfficer() ?? officers[0]?.id ?? null)
  const [recoveryCode, setRecoveryCode] = useState('')
  const [passphrase, setPassphrase] = useState<string | null>(null)
  const [lost, setLost] = useState(false)
  const submit = async () => {
    if (officerId === null || passphrase === null) return
    await recover.run({ officerId, recoveryCode, passphrase, acceptMissing }).then(
      () => rememberOfficer(officerId),
      () => refreshAll(queries), // shown below; the fifth failure starts a wait
    )
  }
  if (lost) return <Forgotten officers={officers} onBack={() => setLost(false)} />
  return (
    <Entry title={t('recover.title')} note={t('recover.text')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Stack gap="md">
          <OfficerChoice officers={officers} value={officerId} onChange={setOfficerId} />
          <TextInput
            label={t('recover.code')}
            description={t('recover.codeHint')}
            inputWrapperOrder={['label', 'input', 'description']}
            required
            autoFocus
            autoComplete="off"
            maxLength={60}
            ff="monospace"
            value={recoveryCode}
            onChange={(event) => setRecoveryCode(event.currentTarget.value)}
          />
          <PassphrasePair label={t('recover.passphrase')} onChange={setPassphrase} />
          {wait === null ? <FaultAlert fault={recover.fault} /> : <Waiting time={wait} />}
          <Anchor component="button" type="button" size="sm" ta="start" onClick={() => setLost(true)}>
            {t('recover.lost')}
          </Anchor>
          <Group justify="space-between">
            <Button variant="subtle" color="gray" onClick={onBack}>
              {t('recover.back')}
            </Button>
            <Button
              type="submit"
              loading={recover.pending}
              disabled={wait !== null || officerId === null || recoveryCode.trim() === '' || passphrase === null}
            >
              {t('recover.action')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Entry>
  )
}

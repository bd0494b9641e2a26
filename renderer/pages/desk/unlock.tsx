import { Anchor, Button, Group, PasswordInput, Stack } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../shared/contract/index.ts'
import { lastOfficer, rememberOfficer } from '../../api/gate.ts'
import { refreshAll, useCommand } from '../../api/use-call.ts'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { StatusWord } from '../../kit/status-word.tsx'
import { Entry } from './entry.tsx'
import { KeystoreUnlock } from './keystore-unlock.tsx'
import { OfficerChoice } from './officer-choice.tsx'
import { Recover } from './recover.tsx'
import { useCountdown } from './use-countdown.ts'
import { Waiting } from './waiting.tsx'

type Status = Output<'desk.status'>

/** Who you are and your own passphrase. What was being typed is kept as a draft and found again afterwards. */
export function Unlock({
  status,
  acceptMissing = false,
}: {
  readonly status: Status
  readonly acceptMissing?: boolean
}) {
  const [forgot, setForgot] = useState(false)
  return forgot ? (
    <Recover status={status} acceptMissing={acceptMissing} onBack={() => setForgot(false)} />
  ) : (
    <UnlockForm status={status} acceptMissing={acceptMissing} onForgot={() => setForgot(true)} />
  )
}

function UnlockForm({
  status,
  acceptMissing,
  onForgot,
}: {
  readonly status: Status
  readonly acceptMissing: boolean
  readonly onForgot: () => void
}) {
  const { t } = useTranslation('desk')
  const { officers, demo, version } = status
  const unlock = useCommand('desk.unlock')
  const [officerId, setOfficerId] = useState<string | null>(() => presetOfficer(officers))
  const [passphrase, setPassphrase] = useState('')
  const box = useRef<HTMLInputElement>(null)
  const queries = useQueryClient()
  const wait = useCountdown(status.blockedUntil)
  useEffect(() => {
    if (officerId !== null) box.current?.focus()
  }, [officerId])
  const submit = async () => {
    if (officerId === null || passphrase === '' || wait !== null) return
    try {
      await unlock.run({ officerId, passphrase, acceptMissing })
      rememberOfficer(officerId)
    } catch {
      // Shown below; the wrong text is selected, ready to be typed over. The fifth failure in a row starts a wait.
      box.current?.select()
      await refreshAll(queries)
    }
  }
  return (
    <Entry title={t('unlock.title')} footer={<p>{t('version', { version })}</p>}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Stack gap="md">
          {demo && <StatusWord tone="info">{t('unlock.demo')}</StatusWord>}
          <OfficerChoice officers={officers} value={officerId} onChange={setOfficerId} />
          <PasswordInput
            ref={box}
            label={t('unlock.passphrase')}
            autoComplete="current-password"
            disabled={wait !== null}
            value={passphrase}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
          />
          {wait === null ? <FaultAlert fault={unlock.fault} /> : <Waiting time={wait} />}
          <Group justify="space-between">
            <Anchor component="button" type="button" size="sm" onClick={onForgot}>
              {t('unlock.forgot')}
            </Anchor>
            <Button
              type="submit"
              miw={120}
              loading={unlock.pending}
              disabled={officerId === null || passphrase === '' || wait !== null}
            >
              {t('unlock.action')}
            </Button>
          </Group>
          {officerId !== null && officers.some(({ id, keystore }) => id === officerId && keystore) && (
            <KeystoreUnlock key={officerId} officerId={officerId} acceptMissing={acceptMissing} />
          )}
        </Stack>
      </form>
    </Entry>
  )
}

function presetOfficer(officers: Status['officers']): string | null {
  const last = lastOfficer()
  if (officers.length === 1) return officers[0]?.id ?? null
  return officers.some(({ id }) => id === last) ? last : null
}

import { Button, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall, useCommand } from '../../api/use-call.ts'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { announce } from '../../kit/live.tsx'
import { StatusWord } from '../../kit/status-word.tsx'
import classes from './settings.module.css'

/** Unlocking by the operating system's key store, for oneself: off at first, on by giving the passphrase again. */
export function KeystoreForm() {
  const { t } = useTranslation(['officer'])
  const { data, fault } = useCall('keystore.state', {})
  return (
    <section className={classes.form} aria-label={t('keystore.title')}>
      <Title order={2}>{t('keystore.title')}</Title>
      <Stack gap="md" mt="md">
        <FaultAlert fault={fault} />
        {data?.enabled === true && <SwitchOff />}
        {data?.enabled === false && data.obstacle === null && <SwitchOn />}
        {data != null && data.obstacle !== null && (
          <Stack gap="xs">
            <StatusWord tone="quiet">{t('keystore.unavailable')}</StatusWord>
            <Text size="sm">{t(`officer:keystore.obstacle.${data.obstacle}`)}</Text>
          </Stack>
        )}
      </Stack>
    </section>
  )
}

function SwitchOn() {
  const { t } = useTranslation(['officer'])
  const enable = useCommand('keystore.enable')
  const [passphrase, setPassphrase] = useState('')
  const submit = async () => {
    await enable.run({ passphrase })
    announce(t('keystore.isOn'))
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (passphrase !== '') void submit().catch(() => undefined)
      }}
    >
      <Stack gap="md">
        <Text size="sm">{t('keystore.hint')}</Text>
        <Text size="sm">{t('keystore.risk')}</Text>
        <PasswordInput
          label={t('passphrase.current')}
          required
          autoComplete="current-password"
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        <FaultAlert fault={enable.fault} />
        <Button type="submit" variant="default" disabled={passphrase === ''} loading={enable.pending}>
          {t('keystore.enable')}
        </Button>
      </Stack>
    </form>
  )
}

function SwitchOff() {
  const { t } = useTranslation(['officer'])
  const disable = useCommand('keystore.disable')
  const submit = async () => {
    await disable.run({})
    announce(t('keystore.isOff'))
  }
  return (
    <Stack gap="md">
      <StatusWord tone="done">{t('keystore.isOn')}</StatusWord>
      <Text size="sm">{t('keystore.risk')}</Text>
      <FaultAlert fault={disable.fault} />
      <Button variant="default" loading={disable.pending} onClick={() => void submit().catch(() => undefined)}>
        {t('keystore.disable')}
      </Button>
    </Stack>
  )
}

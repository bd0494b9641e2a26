import { Button, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCall, useCommand } from '../../api/use-call.ts'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { announce } from '../../kit/live.tsx'
import { StatusWord } from '../../kit/status-word.tsx'
import { AskPassphrase } from './ask-passphrase.tsx'
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
  const submit = async (passphrase: string) => {
    await enable.run({ passphrase })
    announce(t('keystore.isOn'))
  }
  return (
    <AskPassphrase action={t('keystore.enable')} pending={enable.pending} fault={enable.fault} onGiven={submit}>
      <Text size="sm">{t('keystore.hint')}</Text>
      <Text size="sm">{t('keystore.risk')}</Text>
    </AskPassphrase>
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

import { Button, Checkbox, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isSecureAddress } from '../../../shared/sync/address.ts'
import { useCommand } from '../../api/use-call.ts'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { announce } from '../../kit/live.tsx'
import { Card } from '../../kit/page.tsx'
import { useCan } from '../../kit/session.ts'

/** City address and one-time code. From then on this PC knows that city's key and no other. */
export function EnrolCard() {
  const { t } = useTranslation('sync')
  const can = useCan()
  return (
    <Card title={t('enrol.title')}>
      {can('sync:enrol') ? <EnrolForm /> : <Text size="sm">{t('enrol.forbidden')}</Text>}
    </Card>
  )
}

function EnrolForm() {
  const { t } = useTranslation('sync')
  const enrol = useCommand('sync.enrol')
  const [city, setCity] = useState('')
  const [code, setCode] = useState('')
  const [allowHttp, setAllowHttp] = useState(false)
  const address = city.trim()
  const url = urlOf(address)
  const isUrl = url !== null
  const insecure = url?.protocol === 'http:' && !isSecureAddress(url)
  const ready = isUrl && code.trim().length >= 4 && (!insecure || allowHttp)
  const start = () =>
    enrol.run({ city: address, code: code.trim(), allowHttp }).then(
      () => announce(t('enrol.done', { city: address })),
      () => undefined,
    )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) void start()
      }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('enrol.text')}
        </Text>
        <TextInput
          label={t('enrol.city')}
          description={t('enrol.cityHint')}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          required
          type="url"
          autoComplete="off"
          error={address.length > 8 && !isUrl ? t('enrol.cityInvalid') : null}
          value={city}
          onChange={(event) => setCity(event.currentTarget.value)}
        />
        <TextInput
          label={t('enrol.code')}
          description={t('enrol.codeHint')}
          inputWrapperOrder={['label', 'input', 'description']}
          required
          autoComplete="off"
          maxLength={60}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        {insecure && (
          <Checkbox
            label={t('enrol.allowHttp')}
            description={t('enrol.insecure')}
            checked={allowHttp}
            onChange={(event) => setAllowHttp(event.currentTarget.checked)}
          />
        )}
        <FaultAlert fault={enrol.fault} />
        <Button type="submit" disabled={!ready} loading={enrol.pending}>
          {t('enrol.action')}
        </Button>
      </Stack>
    </form>
  )
}

/** `URL.canParse` is younger than the oldest browser we run in. */
function urlOf(address: string): URL | null {
  try {
    return new URL(address)
  } catch {
    return null
  }
}

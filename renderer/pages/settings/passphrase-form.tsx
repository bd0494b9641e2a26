import { Button, PasswordInput, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Officer } from '../../../shared/domain/officer.ts'
import { useCommand } from '../../api/use-call.ts'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { announce } from '../../kit/live.tsx'
import { StatusWord } from '../../kit/status-word.tsx'
import { PassphrasePair } from '../desk/passphrase-pair.tsx'
import { SideForm } from './side-form.tsx'

/** A passphrase of this PC: one's own after giving the present one, another's while that person is sitting here. */
export function PassphraseForm({
  officer,
  own,
  onClose,
}: {
  readonly officer: Officer
  readonly own: boolean
  readonly onClose: () => void
}) {
  const { t } = useTranslation('officer')
  const save = useCommand('officer.setPassphrase')
  const [current, setCurrent] = useState('')
  const [passphrase, setPassphrase] = useState<string | null>(null)
  const [done, setDone] = useState(false)
  const ready = passphrase !== null && (!own || current !== '')
  const submit = async () => {
    if (passphrase === null) return
    await save.run({ officerId: officer.id, passphrase, ...(own ? { current } : {}) })
    setDone(true)
    announce(t('passphrase.done'))
  }
  const title = own ? t('passphrase.own') : t('passphrase.title', { name: officer.name })
  return (
    <SideForm title={title} onClose={onClose}>
      {done ? (
        <Stack gap="xs">
          <StatusWord tone="done">{t('passphrase.done')}</StatusWord>
          <Text size="sm">{t('passphrase.oldBackups')}</Text>
        </Stack>
      ) : (
        <form
          aria-label={title}
          onSubmit={(event) => {
            event.preventDefault()
            if (ready) void submit().catch(() => undefined)
          }}
        >
          <Stack gap="md">
            {own ? (
              <PasswordInput
                label={t('passphrase.current')}
                required
                autoComplete="current-password"
                value={current}
                onChange={(event) => setCurrent(event.currentTarget.value)}
              />
            ) : (
              <Text size="sm" c="dimmed">
                {t('passphrase.hint')}
              </Text>
            )}
            <PassphrasePair label={t('passphrase.new')} onChange={setPassphrase} />
            <FaultAlert fault={save.fault} />
            <Button type="submit" variant="default" disabled={!ready} loading={save.pending}>
              {t('passphrase.save')}
            </Button>
          </Stack>
        </form>
      )}
    </SideForm>
  )
}

import { Button, PasswordInput, Stack } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { FaultAlert } from '../../kit/fault-alert.tsx'

/** The officer's own passphrase before something that weighs; it leaves the page's memory once it was right. */
export function AskPassphrase({
  action,
  pending,
  fault,
  onGiven,
  children,
}: {
  /** What the button does. */
  readonly action: string
  readonly pending: boolean
  readonly fault: unknown
  /** Rejects when it was refused; the field keeps what was typed then. */
  readonly onGiven: (passphrase: string) => Promise<void>
  /** What to know before giving it. */
  readonly children?: ReactNode
}) {
  const { t } = useTranslation('officer')
  const [passphrase, setPassphrase] = useState('')
  const give = async () => {
    await onGiven(passphrase)
    setPassphrase('')
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (passphrase !== '' && !pending) void give().catch(() => undefined)
      }}
    >
      <Stack gap="md">
        {children}
        <PasswordInput
          label={t('passphrase.current')}
          required
          autoComplete="current-password"
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        <FaultAlert fault={fault} />
        <Button type="submit" variant="default" disabled={passphrase === ''} loading={pending}>
          {action}
        </Button>
      </Stack>
    </form>
  )
}

import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { FaultAlert } from './fault-alert.tsx'
import { announce } from './live.tsx'

/** 查看, beside a masked or hidden value. The core has written the access log before `onReveal` ends, and this says so. */
export function RevealButton({
  label,
  pending,
  fault,
  onReveal,
}: {
  /** Which value, in words. */
  readonly label: string
  readonly pending: boolean
  readonly fault: unknown
  readonly onReveal: () => Promise<void>
}) {
  const { t } = useTranslation()
  const open = async () => {
    await onReveal()
    announce(t('reveal.logged'))
  }
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        loading={pending}
        aria-label={t('reveal.label', { field: label })}
        title={t('reveal.hint')}
        onClick={() => void open().catch(() => undefined)}
      >
        {t('reveal.action')}
      </Button>
      <FaultAlert fault={fault} />
    </>
  )
}

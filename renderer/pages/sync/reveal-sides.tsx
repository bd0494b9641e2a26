import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCommand } from '../../api/use-call.ts'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { announce } from '../../kit/live.tsx'

export interface Sides {
  readonly ours: unknown
  readonly theirs: unknown
}

/** Both values at once: comparing is what they are looked at for. The log has it before they are here. */
export function RevealSides({
  seq,
  field,
  label,
  onShow,
}: {
  readonly seq: number
  readonly field: string
  readonly label: string
  readonly onShow: (sides: Sides) => void
}) {
  const { t } = useTranslation()
  const reveal = useCommand('sync.reveal')
  const show = async () => {
    const { values } = await reveal.run({ seq, fields: [field] })
    onShow(values[field] ?? { ours: null, theirs: null })
    announce(t('reveal.logged'))
  }
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        loading={reveal.pending}
        aria-label={t('reveal.label', { field: label })}
        title={t('reveal.hint')}
        onClick={() => void show().catch(() => undefined)}
      >
        {t('reveal.action')}
      </Button>
      <FaultAlert fault={reveal.fault} />
    </>
  )
}

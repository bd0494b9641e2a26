import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCommand } from '../../api/use-call.ts'
import { ConfirmReason } from '../../kit/confirm-reason.tsx'
import { useUndoToast } from '../../kit/undo-toast.tsx'
import type { CadreView } from './cadre-detail.ts'

/** Takes a file that should never have been made out of every list. Somebody who left keeps the file and gets a last day. */
export function VoidCadre({
  record,
  opened,
  onClose,
}: {
  readonly record: CadreView
  readonly opened: boolean
  readonly onClose: () => void
}) {
  const { t } = useTranslation('cadre')
  const command = useCommand('cadre.void')
  const offerUndo = useUndoToast()
  const navigate = useNavigate()
  const confirm = async (reason: string) => {
    await command.run({ id: record.id, version: record.version, reason })
    onClose()
    offerUndo(t('void.done', { name: record.name }), { register: 'cadre', recordId: record.id })
    await navigate({ to: '/cadre' })
  }
  return (
    <ConfirmReason
      opened={opened}
      onClose={onClose}
      title={t('void.title', { name: record.name })}
      effect={t('void.effect')}
      confirm={t('action.void')}
      suggestions={[t('void.twice'), t('void.mistake')]}
      pending={command.pending}
      fault={command.fault}
      onConfirm={(reason) => void confirm(reason).catch(() => undefined)}
    />
  )
}

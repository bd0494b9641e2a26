import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCommand } from '../../api/use-call.ts'
import { ConfirmReason } from '../../kit/confirm-reason.tsx'
import { useUndoToast } from '../../kit/undo-toast.tsx'
import type { TalkView } from './talk-values.ts'
import type { TalkFacts } from './use-talk-row.ts'

/** A talk that was not held, or entered for the wrong person. The records of others in the sitting stay. */
export function VoidTalk({
  record,
  facts,
  opened,
  onClose,
}: {
  readonly record: TalkView
  readonly facts: TalkFacts
  readonly opened: boolean
  readonly onClose: () => void
}) {
  const { t } = useTranslation('talk')
  const command = useCommand('talk.void')
  const offerUndo = useUndoToast()
  const navigate = useNavigate()
  const confirm = async (reason: string) => {
    await command.run({ id: record.id, version: record.version, reason })
    onClose()
    offerUndo(t('void.done', { name: facts.cadreName }), { register: 'talk', recordId: record.id })
    await navigate({ to: '/talk' })
  }
  return (
    <ConfirmReason
      opened={opened}
      onClose={onClose}
      title={t('void.title', { name: facts.cadreName })}
      effect={facts.inAct > 1 ? t('void.effectOfMany', { name: facts.cadreName }) : t('void.effect')}
      confirm={t('action.void')}
      suggestions={[t('void.twice'), t('void.wrongPerson'), t('void.notHeld')]}
      pending={command.pending}
      fault={command.fault}
      onConfirm={(reason) => void confirm(reason).catch(() => undefined)}
    />
  )
}

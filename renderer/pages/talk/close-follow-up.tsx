import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { talk } from '../../../shared/domain/talk.ts'
import { useCommand } from '../../api/use-call.ts'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { FormDay, FormTextarea } from '../../kit/form-text.tsx'
import { useSession } from '../../kit/session.ts'
import { useRecordForm } from '../../kit/use-record-form.ts'
import type { TalkFacts } from './use-talk-row.ts'

/** What became of the need, and on which day: two fields, and it is off the list. */
export function CloseFollowUp({ row, onClose }: { readonly row: TalkFacts; readonly onClose: () => void }) {
  const { t } = useTranslation(['talk', 'common'])
  const { today } = useSession()
  const command = useCommand('talk.save')
  const form = useRecordForm<{ followUpReply: string | null; followUpClosedOn: string | null }>({
    initial: { followUpReply: null, followUpClosedOn: today },
    register: talk,
    required: ['followUpReply', 'followUpClosedOn'],
    save: (_, values) => command.run({ id: row.id, version: row.version, set: values }),
    onSaved: onClose,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      size={640}
      title={t('followUp.closeTitle', { name: row.cadreName })}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void form.save()
        }}
      >
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {t('followUp.closeFacts', { day: row.heldOn, owner: row.followUpOwner ?? '' })}
          </Text>
          <FormTextarea
            first
            field={form.field('followUpReply')}
            label={t('field.followUpReply')}
            rows={3}
            maxLength={2_000}
          />
          <FormDay field={form.field('followUpClosedOn')} label={t('field.followUpClosedOn')} />
          <FaultAlert fault={form.fault} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('common:action.cancel')}
            </Button>
            <Button type="submit" loading={form.saving}>
              {t('action.close')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

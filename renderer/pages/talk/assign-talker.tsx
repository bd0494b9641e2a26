import { Button, Group, Modal, Progress, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { talkAssignment, type TalkPerson } from '../../../shared/domain/talk.ts'
import { refreshAll, useClient } from '../../api/use-call.ts'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { announce } from '../../kit/live.tsx'
import { useSession } from '../../kit/session.ts'
import { useRecordForm } from '../../kit/use-record-form.ts'
import { assign } from './assign.ts'
import { PersonInput } from './person-input.tsx'

/** 指定谈话人 for everybody chosen. Who was to talk to them before stays in the record, up to yesterday. */
export function AssignTalker({
  people,
  onClose,
  onDone,
}: {
  readonly people: readonly { readonly cadreId: string; readonly name: string }[]
  readonly onClose: () => void
  readonly onDone: () => void
}) {
  const { t } = useTranslation(['talk', 'common'])
  const call = useClient()
  const queries = useQueryClient()
  const { today } = useSession()
  const [done, setDone] = useState(0)
  const form = useRecordForm<{ talker: TalkPerson | null; talkerName: string | null }>({
    initial: { talker: null, talkerName: null },
    register: talkAssignment,
    required: ['talker'],
    save: async (_, { talker }) => {
      if (talker === null) return
      await assign(call, people, talker, today, setDone).finally(() => refreshAll(queries))
    },
    onSaved: ({ talkerName }) => {
      announce(t('assign.done', { count: people.length, name: talkerName ?? '' }))
      onDone()
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      size={560}
      title={t('assign.title', { count: people.length })}
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
          <Text size="sm" c="dimmed" lineClamp={3}>
            {people.map(({ name }) => name).join(t('form.nameSeparator'))}
          </Text>
          <PersonInput
            first
            field={form.field('talker')}
            name={form.values.talkerName}
            label={t('field.talker')}
            onChange={(talker, talkerName) => form.set({ talker, talkerName })}
          />
          {form.saving && people.length > 1 && (
            <Progress
              value={(done / people.length) * 100}
              aria-label={t('assign.progress', { done, total: people.length })}
            />
          )}
          <FaultAlert fault={form.fault} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('common:action.cancel')}
            </Button>
            <Button type="submit" loading={form.saving}>
              {t('action.assign')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

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

interface AssignTalkerProps {
  readonly cadreIds: readonly string[]
  /** Of the same people, where the page has them at hand. */
  readonly names?: readonly string[]
  readonly onClose: () => void
  readonly onDone: () => void
}

/** 指定谈话人 for everybody chosen. Who was to talk to them before stays in the record, up to yesterday. */
export function AssignTalker({ cadreIds, names = [], onClose, onDone }: AssignTalkerProps) {
  const { t } = useTranslation(['talk', 'common'])
  const { form, remove, removing, fault, done } = useAssigning(cadreIds, onDone)
  const total = cadreIds.length
  return (
    <Modal
      opened
      onClose={onClose}
      size={560}
      title={t('assign.title', { count: total })}
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
          {names.length > 0 && (
            <Text size="sm" c="dimmed" lineClamp={3}>
              {names.join(t('form.nameSeparator'))}
            </Text>
          )}
          <PersonInput
            first
            field={form.field('talker')}
            name={form.values.talkerName}
            label={t('field.talker')}
            onChange={(talker, talkerName) => form.set({ talker, talkerName })}
          />
          {(form.saving || removing) && total > 1 && (
            <Progress value={(done / total) * 100} aria-label={t('assign.progress', { done, total })} />
          )}
          <FaultAlert fault={fault} />
          <Group justify="flex-end" gap="sm">
            <Button variant="subtle" color="gray" me="auto" loading={removing} onClick={remove}>
              {t('assign.remove')}
            </Button>
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

/** Many small commands, one per person: the page asks for everything anew once, at the end. */
function useAssigning(cadreIds: readonly string[], onDone: () => void) {
  const { t } = useTranslation('talk')
  const call = useClient()
  const queries = useQueryClient()
  const { today } = useSession()
  const [done, setDone] = useState(0)
  const [removing, setRemoving] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const put = async (talker: TalkPerson | null) => {
    try {
      await assign(call, cadreIds, talker, { today, reason: t('assign.removed'), told: setDone })
    } finally {
      await refreshAll(queries)
    }
  }

  const form = useRecordForm<{ talker: TalkPerson | null; talkerName: string | null }>({
    initial: { talker: null, talkerName: null },
    register: talkAssignment,
    required: ['talker'],
    save: (_, { talker }) => put(talker),
    onSaved: ({ talkerName }) => {
      announce(t('assign.done', { count: cadreIds.length, name: talkerName ?? '' }))
      onDone()
    },
  })
  const remove = () => {
    setRemoving(true)
    setFault(null)
    put(null)
      .then(() => {
        announce(t('assign.removedFrom', { count: cadreIds.length }))
        onDone()
      }, setFault)
      .finally(() => setRemoving(false))
  }
  return { form, remove, removing, fault: form.fault ?? fault, done }
}

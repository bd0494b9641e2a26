import { Button, Chip, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FaultAlert } from './fault-alert.tsx'

/**
 * Voiding with a reason. Nothing is deleted: the record stays readable and counts nowhere.
 *
 * The reason goes into the history and to the city, so it is asked for, with usual ones to click.
 */
export function ConfirmReason({
  opened,
  onClose,
  title,
  effect,
  confirm,
  suggestions = [],
  pending,
  fault,
  onConfirm,
}: {
  readonly opened: boolean
  readonly onClose: () => void
  /** 作废这次谈话 */
  readonly title: string
  /** What it changes, in numbers where there are some. */
  readonly effect: string
  /** Text of the button, a verb. */
  readonly confirm: string
  readonly suggestions?: readonly string[]
  readonly pending: boolean
  readonly fault?: unknown
  readonly onConfirm: (reason: string) => void
}) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <Stack gap="md">
        <Text size="sm">{effect}</Text>
        {suggestions.length > 0 && (
          <Group gap="xs">
            {suggestions.map((suggestion) => (
              <Chip key={suggestion} size="xs" checked={reason === suggestion} onChange={() => setReason(suggestion)}>
                {suggestion}
              </Chip>
            ))}
          </Group>
        )}
        <Textarea
          data-autofocus
          label={t('void.reason')}
          description={t('void.reasonHint')}
          required
          autosize
          minRows={2}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FaultAlert fault={fault} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button disabled={reason.trim() === ''} loading={pending} onClick={() => onConfirm(reason.trim())}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

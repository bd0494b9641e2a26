import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CadreField } from '../../../shared/domain/cadre.ts'
import { useCommand } from '../../api/use-call.ts'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { FormRow } from '../../kit/form-choice.tsx'
import { announce } from '../../kit/live.tsx'
import { useCan } from '../../kit/session.ts'
import { fieldId, focusField } from '../../kit/use-record-form.ts'
import type { CadreView } from './cadre-detail.ts'

/** A hidden value in the form: it can be changed only after it was seen, and seeing it is logged. */
export function GuardedField({
  record,
  field,
  label,
  onReveal,
}: {
  readonly record: CadreView
  readonly field: CadreField
  readonly label: string
  readonly onReveal: (field: string, value: unknown) => void
}) {
  const { t } = useTranslation(['cadre', 'common'])
  const can = useCan()
  const reveal = useCommand('cadre.reveal')
  const open = async () => {
    const { values } = await reveal.run({ id: record.id, fields: [field] })
    onReveal(field, values[field] ?? null)
    announce(t('common:reveal.logged'))
    setTimeout(() => focusField(field), 0)
  }
  return (
    <FormRow label={label}>
      <Group gap="sm" mih={36}>
        <span>{(record[field] as string | null) ?? t('common:reveal.hidden')}</span>
        {can('cadre:reveal') && (
          <Button
            id={fieldId(field)}
            size="compact-sm"
            variant="default"
            loading={reveal.pending}
            aria-label={t('form.showAndEditField', { field: label })}
            onClick={() => void open().catch(() => undefined)}
          >
            {t('action.showAndEdit')}
          </Button>
        )}
        <Text size="xs" c="dimmed">
          {t('common:reveal.hint')}
        </Text>
      </Group>
      <FaultAlert fault={reveal.fault} />
    </FormRow>
  )
}

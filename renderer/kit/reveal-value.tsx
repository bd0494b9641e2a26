import { Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommand } from '../api/use-call.ts'
import { formatValue, NOTHING } from './format.ts'
import { RevealButton } from './reveal-button.tsx'
import { fieldLabel } from './texts.ts'

/**
 * A masked or hidden value with 查看. The core writes the access log before it answers, and this says so.
 *
 * The value is kept here only, never in the query cache: leaving the page forgets it.
 */
export function RevealValue({
  register,
  id,
  field,
  masked,
  hidden,
  render = formatValue,
}: {
  readonly register: 'cadre' | 'talk'
  readonly id: string
  readonly field: string
  /** The masked text of the view; null for a restricted value. */
  readonly masked: string | null
  /** The record's `hidden` list. */
  readonly hidden: readonly string[]
  readonly render?: (value: unknown) => React.ReactNode
}) {
  const { t } = useTranslation()
  const reveal = useCommand(`${register}.reveal`)
  const [shown, setShown] = useState<{ value: unknown } | null>(null)
  const open = async () => {
    const { values } = await reveal.run({ id, fields: [field] })
    setShown({ value: values[field] })
  }
  if (!hidden.includes(field)) return <>{masked ?? NOTHING}</>
  if (shown !== null) {
    return (
      <>
        {render(shown.value)}{' '}
        <Text span size="xs" c="dimmed">
          {t('reveal.logged')}
        </Text>
      </>
    )
  }
  return (
    <Group gap="xs" component="span" display="inline-flex">
      <span>{masked ?? t('reveal.hidden')}</span>
      <RevealButton label={fieldLabel(register, field)} pending={reveal.pending} fault={reveal.fault} onReveal={open} />
    </Group>
  )
}

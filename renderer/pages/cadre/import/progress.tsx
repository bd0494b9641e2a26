import { Progress as Bar, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../../api/use-call.ts'

const OFTEN = 300

/** How far the core is with this file: asked of it, never guessed. */
export function Progress({
  importId,
  importing = false,
}: {
  readonly importId: string
  /** Writing, after which nothing is taken back but by undo; otherwise checking. */
  readonly importing?: boolean
}) {
  const { t } = useTranslation('roster')
  const { data } = useCall('roster.progress', { importId }, { every: () => OFTEN })
  const { done, total } = data ?? { done: 0, total: 0 }
  const working = importing ? t('import.running', { done, total }) : t('check.checking', { done, total })
  return (
    <div role="status">
      <Text size="sm">{importing && total > 0 && done >= total ? t('import.finishing') : working}</Text>
      <Bar value={total === 0 ? 0 : (done / total) * 100} aria-label={t('step.import')} mt="xs" />
    </div>
  )
}

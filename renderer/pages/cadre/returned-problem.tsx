import { Alert, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../api/use-call.ts'
import { alone } from '../../kit/icon.ts'
import { fieldLabel } from '../../kit/texts.ts'

/** Why the city did not take the change that is now being repaired, in its own sentence. */
export function ReturnedProblem({ recordId, seq }: { readonly recordId: string; readonly seq: number }) {
  const { t } = useTranslation('cadre')
  const { data } = useCall('sync.list', { state: 'attention', limit: 500 })
  const row = data?.rows.find((one) => one.recordId === recordId && one.seq === seq)
  if (!row?.problem) return null
  const { code, detail, field } = row.problem
  const known = `sync:problem.${code}`
  const sentence = detail ?? (i18next.exists(known) ? (i18next.t as (key: string) => string)(known) : code)
  return (
    <Alert color="alarm" variant="light" icon={<IconAlertTriangle {...alone} />} title={t('form.returned')}>
      <Text size="sm" c="var(--mantine-color-text)">
        {field === null ? sentence : t('form.returnedField', { field: fieldLabel(row.register, field), sentence })}
      </Text>
      <Text size="sm" c="dimmed">
        {t('form.returnedHint')}
      </Text>
    </Alert>
  )
}

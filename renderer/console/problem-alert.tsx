import { Alert, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { alone } from '../kit/icon.ts'
import { CityProblem } from './city-call.ts'

const KNOWN = [
  'not-signed-in',
  'wrong-sign-in',
  'not-allowed',
  'too-many-attempts',
  'foreign-origin',
  'unreachable',
] as const

/** What the city refused, in words; the code small and last. Nothing without a failure. */
export function ProblemAlert({ fault }: { readonly fault: unknown }) {
  const { t } = useTranslation(['console', 'common'])
  if (fault === null || fault === undefined) return null
  const code = fault instanceof CityProblem ? fault.code : 'other'
  const known = KNOWN.find((one) => one === code) ?? 'other'
  return (
    <Alert role="alert" color="alarm" variant="light" icon={<IconAlertTriangle {...alone} />}>
      <Text size="sm" c="var(--mantine-color-text)">
        {t(`console:problem.${known}`)}{' '}
        <Text span size="xs" c="dimmed">
          {t('common:fault.code', { code })}
        </Text>
      </Text>
    </Alert>
  )
}

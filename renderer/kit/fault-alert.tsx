import { Alert, Button, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Fault } from '../../shared/errors.ts'
import { HostGone, PassExpired } from '../api/transport.ts'
import { alone } from './icon.ts'
import { faultSentence } from './texts.ts'

/**
 * A failure in words: what happened, whether the data is safe, what to do. The code is small and last, for support.
 *
 * Shows nothing without a failure, so it can stand in the page all the time. `locked` is left out: the frame changes to the
 * unlock page by itself.
 */
export function FaultAlert({
  fault,
  again,
}: {
  readonly fault: unknown
  /** Repeats what failed, where that makes sense. */
  readonly again?: (() => unknown) | undefined
}) {
  const { t } = useTranslation()
  if (fault === null || fault === undefined) return null
  if (fault instanceof Fault && fault.code === 'locked') return null
  const { sentence, code } = explain(fault, t('fault.hostGone'), t('fault.passExpired'), t('fault.unexpected'))
  return (
    <Alert role="alert" color="alarm" variant="light" icon={<IconAlertTriangle {...alone} />}>
      <Text size="sm" c="var(--mantine-color-text)">
        {sentence}{' '}
        <Text span size="xs" c="dimmed">
          {t('fault.code', { code })}
        </Text>
      </Text>
      {again !== undefined && (
        <Button mt="sm" size="xs" variant="default" onClick={() => void again()}>
          {t('action.again')}
        </Button>
      )}
    </Alert>
  )
}

function explain(fault: unknown, hostGone: string, passExpired: string, unexpected: string) {
  if (fault instanceof Fault) return { sentence: faultSentence(fault.code, fault.params), code: codeOf(fault) }
  if (fault instanceof HostGone) return { sentence: hostGone, code: 'host-gone' }
  if (fault instanceof PassExpired) return { sentence: passExpired, code: 'pass-expired' }
  return { sentence: unexpected, code: fault instanceof Error ? fault.name : 'page' }
}

/** The code, with the log reference of an unexpected failure behind it. */
const codeOf = ({ code, params }: Fault): string => {
  const reference = params['reference'] ?? params['ref']
  return reference === undefined || reference === null ? code : `${code} ${String(reference)}`
}

import { useTranslation } from 'react-i18next'
import type { SyncStatus } from '../../shared/contract/sync.ts'
import { isFaultCode, type FaultParams } from '../../shared/errors.ts'
import { formatMoment } from './format.ts'
import { faultSentence } from './texts.ts'

/** The sentence at the top of the sync page: is the data safe, what is missing, what happens next. */
export function useSyncSentence(): (status: SyncStatus) => string {
  const { t } = useTranslation('sync')
  return (status) => {
    const { activity, enrolled, pending, attention, answered, sent, toSend, failure, nextAttemptAt } = status
    if (activity === 'running') return t('sentence.running', { sent, total: toSend })
    if (!enrolled) return t('sentence.notEnrolled', { pending })
    const parts: string[] = []
    if (attention > 0) parts.push(t('sentence.attention', { attention }))
    if (pending > 0 && attention > 0) parts.push(t('sentence.attentionPending', { pending }))
    if (pending > 0 && attention === 0)
      parts.push(t('sentence.pending', { pending, at: formatMoment(status.oldestPendingAt) }))
    if (pending === 0 && attention === 0) {
      parts.push(
        answered === 0
          ? t('sentence.nothing')
          : t('sentence.done', { count: answered, at: formatMoment(status.lastReceiptAt) }),
      )
    }
    if (failure !== null && isFaultCode(failure.code)) {
      const sentence = faultSentence(failure.code, failure.params as FaultParams)
      parts.push(t('sentence.failure', { at: formatMoment(failure.at), sentence }))
      if (nextAttemptAt !== null) parts.push(t('sentence.retry', { at: formatMoment(nextAttemptAt) }))
    }
    return parts.join('')
  }
}

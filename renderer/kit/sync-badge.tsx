import { Link } from '@tanstack/react-router'
import { IconCloudUpload } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { SyncStatus } from '../../shared/contract/sync.ts'
import { useCall } from '../api/use-call.ts'
import { formatMoment } from './format.ts'
import classes from './frame.module.css'
import { StatusWord, type Tone } from './status-word.tsx'

const CALM = 15_000
const BUSY = 1_000

/** Follows the sync: by the core's events, and by asking, more often while something is being sent. */
export const useSyncStatus = () =>
  useCall('sync.status', {}, { every: (latest) => (latest?.activity === 'running' ? BUSY : CALM) })

/** What matters about the sync, in a word, leading to its page. */
export function SyncBadge() {
  const { t } = useTranslation()
  const { data } = useSyncStatus()
  if (data === undefined) return null
  const { text, tone } = syncWord(data, t)
  return (
    <Link to="/sync" className={classes.badge} aria-label={t('sync.label', { state: text })}>
      <StatusWord tone={tone} {...(data.activity === 'running' ? { icon: IconCloudUpload } : {})}>
        {text}
      </StatusWord>
    </Link>
  )
}

/** 需要处理 before 正在报送 before 待报送; 已全部入库 only with nothing left and a receipt. */
export function syncWord(status: SyncStatus, t: TFunction): { text: string; tone: Tone } {
  const { activity, attention, pending, sent, toSend, failure, enrolled, lastReceiptAt } = status
  if (activity === 'running') return { text: t('sync.running', { sent, total: toSend }), tone: 'info' }
  if (attention > 0) return { text: t('sync.attention', { count: attention }), tone: 'alarm' }
  const waiting = t('sync.pending', { count: pending })
  if (!enrolled || failure !== null) {
    return { text: pending > 0 ? `${t('sync.offline')} · ${waiting}` : t('sync.offline'), tone: 'quiet' }
  }
  if (pending > 0) return { text: waiting, tone: 'info' }
  if (lastReceiptAt === null) return { text: t('sync.done'), tone: 'done' }
  return { text: t('sync.doneAt', { at: formatMoment(lastReceiptAt) }), tone: 'done' }
}

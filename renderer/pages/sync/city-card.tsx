import { useTranslation } from 'react-i18next'
import type { SyncStatus } from '../../../shared/contract/sync.ts'
import { formatMoment } from '../../kit/format.ts'
import { Card } from '../../kit/page.tsx'
import classes from './sync.module.css'

/** Which city, its last receipt, and the three numbers that add up to everything ever changed. */
export function CityCard({ status }: { readonly status: SyncStatus }) {
  const { t } = useTranslation('sync')
  const { cityUrl, lastReceipt, lastReceiptAt, answered, pending, attention } = status
  const receipt =
    lastReceipt === null ? t('city.none') : t('city.receipt', { number: lastReceipt, at: formatMoment(lastReceiptAt) })
  return (
    <Card title={t('city.title')}>
      <dl className={classes.facts}>
        <dt>{t('city.url')}</dt>
        <dd>{cityUrl}</dd>
        <dt>{t('city.lastReceipt')}</dt>
        <dd>{receipt}</dd>
        <dt>{t('city.answered')}</dt>
        <dd>{answered}</dd>
        <dt>{t('city.pending')}</dt>
        <dd>{pending}</dd>
        <dt>{t('city.attention')}</dt>
        <dd>{attention}</dd>
      </dl>
    </Card>
  )
}

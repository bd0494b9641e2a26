import { RingProgress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { yearOf } from '../../../shared/domain/dates.ts'
import { useCall } from '../../api/use-call.ts'
import { CoverageBasis } from '../../kit/coverage-basis.tsx'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { formatRate } from '../../kit/format.ts'
import { TextLink } from '../../kit/link.tsx'
import { Card } from '../../kit/page.tsx'
import { useSession } from '../../kit/session.ts'
import { StatusWord } from '../../kit/status-word.tsx'
import classes from './workbench.module.css'

/** W18: how far this year's talks are, and the way to those not yet talked to. */
export function CoverageCard() {
  const { t } = useTranslation('workbench')
  const year = yearOf(useSession().today)
  const { data, fault } = useCall('talk.coverage', { year })
  if (data === undefined) return <FaultAlert fault={fault} />
  const { rate, onRoll, talked } = data
  const missing = onRoll - talked
  return (
    <Card title={t('coverage.title')} action={t('coverage.year', { year })}>
      <div className={classes.ring}>
        <RingProgress
          size={112}
          thickness={10}
          roundCaps={rate !== null && rate > 0}
          sections={[{ value: (rate ?? 0) * 100, color: 'party' }]}
          rootColor="var(--border)"
          role="img"
          aria-label={t('coverage.ring', { year, rate: formatRate(rate) })}
          label={<div className={classes.rate}>{formatRate(rate)}</div>}
          styles={{ label: { textAlign: 'center' } }}
        />
        <div>
          {missing > 0 ? (
            <TextLink to="/talk/missing" search={{ year }} className={classes.missing}>
              {t('coverage.missing', { count: missing })}
            </TextLink>
          ) : (
            <StatusWord tone={onRoll === 0 ? 'quiet' : 'done'}>
              {onRoll === 0 ? t('coverage.empty') : t('coverage.none')}
            </StatusWord>
          )}
          {onRoll > 0 && <div>{t('coverage.talked', { talked, onRoll })}</div>}
        </div>
      </div>
      <div className={classes.basis}>
        <CoverageBasis coverage={data} />
      </div>
    </Card>
  )
}

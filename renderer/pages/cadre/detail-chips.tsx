import { IconUserOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { StatusWord } from '../../kit/status-word.tsx'
import { useCountable } from '../../kit/use-counting.ts'
import type { CadreDetail } from './cadre-detail.ts'
import { TalkedWord } from './talked-word.tsx'

/** Beside the name: what a reader must know before reading on. Each is a word with an icon. */
export function DetailChips({ cadre }: { readonly cadre: CadreDetail }) {
  const { t } = useTranslation('cadre')
  const countable = useCountable()
  const { record, onRoll, talkedThisYear, report } = cadre
  if (record.voided) return null
  return (
    <>
      {!onRoll && (
        <StatusWord tone="quiet" chip icon={IconUserOff}>
          {t('detail.offRoll')}
        </StatusWord>
      )}
      <TalkedWord chip talked={talkedThisYear} expected={onRoll && countable(record.rollGroup)} />
      {report.pending > 0 && (
        <StatusWord tone="info" chip>
          {t('detail.pending', { count: report.pending })}
        </StatusWord>
      )}
      {report.attention > 0 && (
        <StatusWord tone="alarm" chip>
          {t('detail.attention', { count: report.attention })}
        </StatusWord>
      )}
    </>
  )
}

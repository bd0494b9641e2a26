import { useTranslation } from 'react-i18next'
import type { TalkRow } from '../../../shared/contract/talk.ts'
import { NOTHING } from '../../kit/format.ts'
import { StatusWord, type Tone } from '../../kit/status-word.tsx'

const TONES: Readonly<Record<'open' | 'overdue' | 'closed', Tone>> = { open: 'info', overdue: 'alarm', closed: 'done' }

/** How far a need has come: 办理中, 逾期, 已办结. A promise to a person can be overdue; entering a talk late cannot. */
export function FollowUpWord({
  state,
  chip = false,
}: {
  readonly state: TalkRow['followUp']
  readonly chip?: boolean
}) {
  const { t } = useTranslation('talk')
  if (state === 'none') return chip ? null : NOTHING
  return (
    <StatusWord tone={TONES[state]} chip={chip}>
      {t(`followUp.${state}`)}
    </StatusWord>
  )
}

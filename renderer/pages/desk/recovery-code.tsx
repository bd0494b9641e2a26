import { useTranslation } from 'react-i18next'
import type { Session } from '../../../shared/contract/desk.ts'
import { Entry } from './entry.tsx'
import { RecoverySheet } from './recovery-sheet.tsx'

/** The first code of a township, the last page before its workbench. */
export function RecoveryCode({
  code,
  session,
  onDone,
}: {
  readonly code: string
  readonly session: Session
  readonly onDone: () => void
}) {
  const { t } = useTranslation('desk')
  return (
    <Entry title={t('recovery.title')} wide>
      <RecoverySheet
        code={code}
        session={session}
        by={t('recovery.officer')}
        done={t('recovery.continue')}
        onDone={onDone}
      />
    </Entry>
  )
}

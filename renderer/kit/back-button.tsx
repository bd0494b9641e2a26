import { ActionIcon } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { alone } from './icon.ts'

/** Before the title of a record: an app window has no back button of its own. */
export function BackButton({ onBack }: { readonly onBack: () => void }) {
  const { t } = useTranslation()
  return (
    <ActionIcon size="lg" ms={-8} me={-8} aria-label={t('action.back')} title={t('keys.back')} onClick={onBack}>
      <IconArrowLeft {...alone} />
    </ActionIcon>
  )
}

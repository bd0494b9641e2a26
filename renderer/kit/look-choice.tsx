import { SegmentedControl, useMantineColorScheme, type MantineColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { LANGUAGES, type Language } from '../../shared/i18n/language.ts'
import { chooseLanguage } from '../i18n.ts'

interface ChoiceProps {
  readonly fullWidth?: boolean
}

/** Light, dark, or as the system has it; remembered on this PC. */
export function AppearanceChoice({ fullWidth = false }: ChoiceProps) {
  const { t } = useTranslation(['common'])
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const options = (['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`common:account.${value}`) }))
  return (
    <SegmentedControl
      size="xs"
      fullWidth={fullWidth}
      aria-label={t('account.theme')}
      data={options}
      value={colorScheme}
      onChange={(value) => setColorScheme(value as MantineColorScheme)}
    />
  )
}

/** Languages are named in themselves. */
const NAMES: Readonly<Record<Language, string>> = { 'zh-CN': '中文', 'en': 'English' }

export function LanguageChoice({ fullWidth = false }: ChoiceProps) {
  const { t, i18n } = useTranslation()
  return (
    <SegmentedControl
      size="xs"
      fullWidth={fullWidth}
      aria-label={t('account.language')}
      data={LANGUAGES.map((value) => ({ value, label: NAMES[value] }))}
      value={i18n.language}
      onChange={(value) => void chooseLanguage(value as Language)}
    />
  )
}

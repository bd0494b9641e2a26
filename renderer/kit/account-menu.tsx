import { Menu, SegmentedControl, Stack, Text, useMantineColorScheme, type MantineColorScheme } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { IconHelp, IconKey, IconLock, IconSelector, IconSwitchHorizontal } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES, type Language } from '../../shared/i18n/index.ts'
import { useLock } from '../api/gate.ts'
import { chooseLanguage } from '../i18n.ts'
import classes from './frame.module.css'
import { inText } from './icon.ts'
import { useSession } from './session.ts'

/** Who is signed in and as what; lock, change of officer, own passphrase, appearance and language. */
export function AccountMenu({ onHelp }: { readonly onHelp: () => void }) {
  const { t } = useTranslation(['common', 'officer'])
  const navigate = useNavigate()
  const { officer } = useSession()
  const lock = useLock()
  const role = t(`officer:role.${officer.role}`)
  return (
    <Menu position="top-start" width={232}>
      <Menu.Target>
        <button type="button" className={classes.officer} aria-label={t('account.label', { name: officer.name, role })}>
          <span className={classes.officerName}>
            {officer.name} <span className={classes.role}>{role}</span>
          </span>
          <IconSelector {...inText} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconLock {...inText} />} onClick={() => void lock(officer.id)}>
          {t('account.lock')}
        </Menu.Item>
        <Menu.Item leftSection={<IconSwitchHorizontal {...inText} />} onClick={() => void lock(null)}>
          {t('account.switch')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconKey {...inText} />}
          onClick={() => void navigate({ to: '/settings', search: { tab: 'officer', record: officer.id } })}
        >
          {t('account.passphrase')}
        </Menu.Item>
        <Menu.Item leftSection={<IconHelp {...inText} />} onClick={onHelp}>
          {t('account.help')}
        </Menu.Item>
        <Menu.Divider />
        <Stack gap="xs" p="xs">
          <AppearanceChoice />
          <LanguageChoice />
        </Stack>
      </Menu.Dropdown>
    </Menu>
  )
}

export function AppearanceChoice() {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const options = (['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`account.${value}`) }))
  return (
    <div>
      <Text size="xs" c="dimmed" id="appearance">
        {t('account.theme')}
      </Text>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-labelledby="appearance"
        data={options}
        value={colorScheme}
        onChange={(value) => setColorScheme(value as MantineColorScheme)}
      />
    </div>
  )
}

const NAMES: Readonly<Record<Language, string>> = { 'zh-CN': '中文', 'en': 'English' }

export function LanguageChoice() {
  const { t, i18n } = useTranslation()
  return (
    <div>
      <Text size="xs" c="dimmed" id="language">
        {t('account.language')}
      </Text>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-labelledby="language"
        data={LANGUAGES.map((value) => ({ value, label: NAMES[value] }))}
        value={i18n.language}
        onChange={(value) => void chooseLanguage(value as Language)}
      />
    </div>
  )
}

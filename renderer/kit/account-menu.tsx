import { Button, Divider, Popover, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import {
  IconDoorExit,
  IconFileTypePdf,
  IconHelp,
  IconKey,
  IconLock,
  IconSelector,
  IconSwitchHorizontal,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLock } from '../api/gate.ts'
import { canSavePdf } from '../host/host.ts'
import { useCommand } from '../api/use-call.ts'
import classes from './frame.module.css'
import { inText } from './icon.ts'
import { AppearanceChoice, LanguageChoice } from './look-choice.tsx'
import { saveAsPdf } from './save-as-pdf.ts'
import { useSession } from './session.ts'

/**
 * Who is signed in and as what; lock, change of officer, own passphrase, appearance and language.
 *
 * Not a menu: it holds choices that stay open, and a menu may hold nothing but items.
 */
export function AccountMenu({ onHelp }: { readonly onHelp: () => void }) {
  const { t } = useTranslation(['common', 'officer'])
  const navigate = useNavigate()
  const { officer, demo } = useSession()
  const endDemo = useCommand('desk.endDemo')
  const lock = useLock()
  const [opened, { toggle, close }] = useDisclosure()
  const role = t(`officer:role.${officer.role}`)
  const label = t('account.label', { name: officer.name, role })
  const passphrase = () => void navigate({ to: '/settings', search: { tab: 'officer', record: officer.id } })
  const entries: readonly (readonly [Icon, string, () => void])[] = [
    [IconLock, t('account.lock'), () => void lock(officer.id)],
    [IconSwitchHorizontal, t('account.switch'), () => void lock(null)],
    [IconKey, t('account.passphrase'), passphrase],
    ...(canSavePdf() ? [[IconFileTypePdf, t('account.savePdf'), () => void saveAsPdf()] as const] : []),
    [IconHelp, t('account.help'), onHelp],
    ...(demo ? [[IconDoorExit, t('account.endDemo'), () => void endDemo.run({})] as const] : []),
  ]
  return (
    <Popover
      position="top-start"
      width={232}
      trapFocus
      withinPortal={false}
      withArrow={false}
      opened={opened}
      onChange={close}
    >
      <Popover.Target>
        <button type="button" className={classes.officer} aria-label={label} onClick={toggle}>
          <span className={classes.officerName}>
            {officer.name} <span className={classes.role}>{role}</span>
          </span>
          <IconSelector {...inText} />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label} p="sm">
        <Stack gap={0}>
          {entries.map(([Mark, text, act]) => (
            <Button
              key={text}
              variant="subtle"
              color="gray"
              justify="flex-start"
              leftSection={<Mark {...inText} />}
              onClick={() => {
                close()
                act()
              }}
            >
              {text}
            </Button>
          ))}
        </Stack>
        <Divider my="sm" />
        <Stack gap="sm">
          <div>
            <Text size="xs" c="dimmed">
              {t('account.theme')}
            </Text>
            <AppearanceChoice fullWidth />
          </div>
          <div>
            <Text size="xs" c="dimmed">
              {t('account.language')}
            </Text>
            <LanguageChoice fullWidth />
          </div>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

import { Button, Stack } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { rememberOfficer } from '../../api/gate.ts'
import { useCommand } from '../../api/use-call.ts'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { inText } from '../../kit/icon.ts'

/** The second way in, for an officer who has switched it on and only in the shell. The passphrase stays the first. */
export function KeystoreUnlock({
  officerId,
  acceptMissing,
}: {
  readonly officerId: string
  readonly acceptMissing: boolean
}) {
  const { t } = useTranslation('desk')
  const unlock = useCommand('desk.unlockByKeystore')
  const submit = async () => {
    await unlock.run({ officerId, acceptMissing })
    rememberOfficer(officerId)
  }
  return (
    <Stack gap="xs">
      <Button
        variant="default"
        leftSection={<IconKey {...inText} />}
        loading={unlock.pending}
        onClick={() => void submit().catch(() => undefined)}
      >
        {t('unlock.byKeystore')}
      </Button>
      <FaultAlert fault={unlock.fault} />
    </Stack>
  )
}

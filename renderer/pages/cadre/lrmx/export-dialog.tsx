import { Alert, Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LRMX_VERSIONS, type LrmxTarget } from '../../../../shared/contract/lrmx.ts'
import { useCommand } from '../../../api/use-call.ts'
import { bytesOfBase64, saveFile } from '../../../host/host.ts'
import { FaultAlert } from '../../../kit/fault-alert.tsx'
import { alone } from '../../../kit/icon.ts'
import { announce } from '../../../kit/live.tsx'

/** Full identity numbers leave the desk in the clear: what for is asked, said and logged before the file is made. */
export function ExportDialog({
  cadreIds,
  name,
  opened,
  onClose,
}: {
  readonly cadreIds: readonly string[]
  /** Whose form, when it is one person's. */
  readonly name?: string
  readonly opened: boolean
  readonly onClose: () => void
}) {
  const { t } = useTranslation(['lrmx', 'common'])
  const command = useCommand('lrmx.export')
  const [version, setVersion] = useState<LrmxTarget>(3)
  const [purpose, setPurpose] = useState('')
  const count = cadreIds.length
  const run = async () => {
    const { fileName, mediaType, content } = await command.run({ cadreIds: [...cadreIds], version, purpose })
    saveFile(fileName, new Blob([bytesOfBase64(content)], { type: mediaType }))
    announce(t('export.done', { fileName }))
    onClose()
  }
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('export.title')}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      <Stack gap="md">
        <Text size="sm">{name !== undefined && count === 1 ? name : t('export.people', { count })}</Text>
        <Alert color="alarm" variant="light" icon={<IconAlertTriangle {...alone} />}>
          <Text size="sm" c="var(--mantine-color-text)">
            {t('export.warning')}
          </Text>
        </Alert>
        <Radio.Group
          label={t('export.version')}
          {...(version === 2 ? { description: t('export.versionHint.2') } : {})}
          value={String(version)}
          onChange={(value) => setVersion(LRMX_VERSIONS.find((one) => String(one) === value) ?? 3)}
        >
          <Stack gap="xs" mt="xs">
            {LRMX_VERSIONS.map((one) => (
              <Radio key={one} size="sm" value={String(one)} label={t(`export.versionName.${one}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <TextInput
          data-autofocus
          label={t('export.purpose')}
          description={t('export.purposeHint')}
          required
          maxLength={200}
          value={purpose}
          onChange={(event) => setPurpose(event.currentTarget.value)}
        />
        <FaultAlert fault={command.fault} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('common:action.cancel')}
          </Button>
          <Button
            disabled={purpose.trim().length < 2}
            loading={command.pending}
            onClick={() => void run().catch(() => undefined)}
          >
            {t('export.confirm', { count })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

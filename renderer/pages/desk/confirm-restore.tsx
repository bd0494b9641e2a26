import { Button, Group, List, Modal, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { BackupRow } from '../../../shared/contract/backup.ts'
import { formatMoment } from '../../kit/format.ts'

/** Before a backup takes the place of what is there: of which moment it is, and what does not come back with it. */
export function ConfirmRestore({
  row,
  replaceDamaged,
  pending,
  onClose,
  onConfirm,
}: {
  readonly row: BackupRow
  readonly replaceDamaged: boolean
  readonly pending: boolean
  readonly onClose: () => void
  readonly onConfirm: () => void
}) {
  const { t } = useTranslation(['desk', 'common'])
  const at = formatMoment(row.at)
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={t('confirm.title', { at })}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      <Stack gap="md">
        <List spacing="xs" size="sm">
          <List.Item>{t('confirm.scope', { scope: row.scope })}</List.Item>
          <List.Item>
            {row.unreported === 0 ? t('confirm.allReported') : t('confirm.unreported', { count: row.unreported })}
          </List.Item>
          <List.Item>
            {sinceSaid(row.since, t('confirm.sinceUnknown'), (count) => t('confirm.since', { count }))}
          </List.Item>
          {replaceDamaged && <List.Item>{t('restore.kept')}</List.Item>}
          <List.Item>{t('confirm.passphrase')}</List.Item>
        </List>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('common:action.cancel')}
          </Button>
          <Button loading={pending} onClick={onConfirm}>
            {t('confirm.action', { at })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

const sinceSaid = (since: number | null, unknown: string, known: (count: number) => string): string =>
  since === null ? unknown : known(since)

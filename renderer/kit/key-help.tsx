import { Kbd, Modal, Table, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'

const KEYS = [
  ['Ctrl K', 'search'],
  ['Alt N', 'new'],
  ['Alt B', 'entry'],
  ['Ctrl S', 'save'],
  ['Ctrl P', 'print'],
  ['Ctrl F', 'filter'],
  ['Esc', 'back'],
  ['↑ ↓', 'rows'],
  ['Enter', 'openRow'],
  ['Space', 'selectRow'],
  ['F1', 'help'],
] as const

/** F1: the keys, and the notice that is also on the first page (PRODUCT, Always true 5). */
export function KeyHelp({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation(['common', 'desk'])
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('help.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={96}>{t('help.key')}</Table.Th>
            <Table.Th>{t('help.does')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {KEYS.map(([key, name]) => (
            <Table.Tr key={name}>
              <Table.Td>
                <Kbd>{key}</Kbd>
              </Table.Td>
              <Table.Td>{t(`common:help.${name}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Title order={2} mt="md" mb="xs">
        {t('help.notice')}
      </Title>
      <Text size="sm">{t('desk:notice')}</Text>
      <Text size="sm">{t('desk:media')}</Text>
    </Modal>
  )
}

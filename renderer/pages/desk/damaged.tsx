import { Button, Group, List, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../shared/contract/index.ts'
import { formatMoment } from '../../kit/format.ts'
import { Entry } from './entry.tsx'
import { RestoreForm } from './restore-form.tsx'
import { Restored } from './restored.tsx'
import { Unlock } from './unlock.tsx'

type Status = Output<'desk.status'>
type Damage = NonNullable<Status['damage']>

/** The data did not pass its checks. Nothing is offered that could make it worse, least of all "start anew". */
export function Damaged({ status, onAgain }: { readonly status: Status; readonly onAgain: () => void }) {
  const { t } = useTranslation('desk')
  const [unlocking, setUnlocking] = useState(false)
  const [restored, setRestored] = useState<Output<'desk.restore'> | null>(null)
  const { damage } = status
  const missing = damage?.kind === 'changes-missing'
  if (restored !== null) return <Restored done={restored} onDone={onAgain} />
  if (unlocking) return <Unlock status={status} acceptMissing={missing} />
  return (
    <Entry title={t('damaged.title')} note={t('damaged.text')} wide>
      <Stack gap="md">
        {damage && <DamageSaid damage={damage} />}
        <List type="ordered" spacing="xs">
          <List.Item>{t('damaged.step1')}</List.Item>
          <List.Item>{t('damaged.step2')}</List.Item>
          <List.Item>{t('damaged.step3')}</List.Item>
        </List>
        <Group gap="sm">
          <Button variant="default" onClick={onAgain}>
            {t('damaged.again')}
          </Button>
          {damage?.canUnlock === true && status.officers.length > 0 && (
            <Button variant="default" onClick={() => setUnlocking(true)}>
              {missing ? t('damaged.unlockMissing') : t('damaged.unlock')}
            </Button>
          )}
        </Group>
        {damage?.canUnlock === true && (
          <Text size="sm" c="dimmed">
            {missing ? t('damaged.unlockMissingHint') : t('damaged.unlockHint')}
          </Text>
        )}
        <RestoreForm replaceDamaged onRestored={setRestored} />
      </Stack>
    </Entry>
  )
}

function DamageSaid({ damage }: { readonly damage: Damage }) {
  const { t } = useTranslation(['desk'])
  const { kind, at, missing } = damage
  return (
    <Text fw={600}>
      {kind !== 'changes-missing'
        ? t(`desk:damaged.said.${kind}`)
        : missing === null
          ? t('damaged.said.changes-missingUnknown')
          : t('damaged.said.changes-missing', { count: missing })}{' '}
      {at !== null && (
        <Text span size="sm" c="dimmed">
          {t('damaged.metAt', { at: formatMoment(at) })}
        </Text>
      )}
    </Text>
  )
}

import { Checkbox, Select, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SyncStatus } from '../../../shared/contract/sync.ts'
import { useCommand } from '../../api/use-call.ts'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { announce } from '../../kit/live.tsx'
import { Card } from '../../kit/page.tsx'
import { useCan } from '../../kit/session.ts'

const CHOICES = [0, 10, 30, 60, 240]

/** How often the desk reports by itself; a choice takes effect as it is made. */
export function ScheduleCard({ schedule }: { readonly schedule: SyncStatus['schedule'] }) {
  const { t } = useTranslation('sync')
  const can = useCan()
  const save = useCommand('sync.schedule')
  if (!can('sync:run')) return null
  const name = (minutes: number) =>
    minutes === 0
      ? t('schedule.off')
      : minutes < 60
        ? t('schedule.minutes', { count: minutes })
        : t('schedule.hours', { count: minutes / 60 })
  const change = (next: Partial<SyncStatus['schedule']>) =>
    void save.run({ ...schedule, ...next }).then(
      () => announce(t('schedule.saved')),
      () => undefined, // shown below
    )
  const minutes = CHOICES.includes(schedule.everyMinutes) ? CHOICES : [...CHOICES, schedule.everyMinutes]
  return (
    <Card title={t('schedule.title')}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('schedule.hint')}
        </Text>
        <Select
          label={t('schedule.every')}
          allowDeselect={false}
          data={minutes.map((choice) => ({ value: String(choice), label: name(choice) }))}
          value={String(schedule.everyMinutes)}
          disabled={save.pending}
          onChange={(value) => value !== null && change({ everyMinutes: Number(value) })}
        />
        <Checkbox
          label={t('schedule.atExit')}
          checked={schedule.atExit}
          disabled={save.pending}
          onChange={(event) => change({ atExit: event.currentTarget.checked })}
        />
        <FaultAlert fault={save.fault} />
      </Stack>
    </Card>
  )
}

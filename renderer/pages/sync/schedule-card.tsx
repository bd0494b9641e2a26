import { Button, Checkbox, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommand } from '../../api/use-call.ts'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { announce } from '../../kit/live.tsx'
import { Card } from '../../kit/page.tsx'
import { useCan } from '../../kit/session.ts'

const CHOICES = [0, 10, 30, 60, 240] as const

/** How often the desk reports by itself. What is chosen counts from the next report on. */
export function ScheduleCard() {
  const { t } = useTranslation('sync')
  const can = useCan()
  const save = useCommand('sync.schedule')
  const [every, setEvery] = useState<string | null>(null)
  const [atExit, setAtExit] = useState(true)
  if (!can('sync:run')) return null
  const name = (minutes: number) =>
    minutes === 0
      ? t('schedule.off')
      : minutes < 60
        ? t('schedule.minutes', { count: minutes })
        : t('schedule.hours', { count: minutes / 60 })
  const start = () =>
    save.run({ everyMinutes: Number(every), atExit }).then(
      () => announce(t('schedule.saved')),
      () => undefined,
    )
  return (
    <Card title={t('schedule.title')}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('schedule.hint')}
        </Text>
        <Select
          label={t('schedule.every')}
          placeholder={t('schedule.choose')}
          data={CHOICES.map((minutes) => ({ value: String(minutes), label: name(minutes) }))}
          value={every}
          onChange={setEvery}
        />
        <Checkbox
          label={t('schedule.atExit')}
          checked={atExit}
          onChange={(event) => setAtExit(event.currentTarget.checked)}
        />
        <FaultAlert fault={save.fault} />
        <Button variant="default" disabled={every === null} loading={save.pending} onClick={() => void start()}>
          {t('schedule.save')}
        </Button>
      </Stack>
    </Card>
  )
}

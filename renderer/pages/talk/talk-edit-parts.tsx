import { Alert, Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCall, useCommand } from '../../api/use-call.ts'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { announce } from '../../kit/live.tsx'
import { FieldGroup } from '../../kit/record-form.tsx'
import { useCan } from '../../kit/session.ts'
import type { TalkValues, TalkView } from './talk-values.ts'

/** What was said, hidden until one asks for it. */
export const CONTENT = ['reason', 'summary', 'stateOfMind', 'needs', 'measures', 'privateLine'] as const
export type ContentField = (typeof CONTENT)[number]

/** Revealed content put into the form as what was read, so that it is not part of the save unless it is changed. */
export function withContent(values: TalkValues, content: Readonly<Record<string, unknown>>): TalkValues {
  const { privateLine, ...rest } = content as Partial<Record<ContentField, string | null>>
  const people = values.people.map((person) => ({ ...person, privateLine: privateLine ?? person.privateLine }))
  return { ...values, ...(rest as Partial<TalkValues>), people }
}

/** One button for all of it: who changes a talk reads it, and the log says so once. */
export function HiddenContent({
  id,
  fields,
  onReveal,
}: {
  readonly id: string
  readonly fields: readonly ContentField[]
  readonly onReveal: (values: Record<string, unknown>) => void
}) {
  const { t } = useTranslation(['talk', 'common'])
  const can = useCan()
  const reveal = useCommand('talk.reveal')
  const open = async () => {
    const { values } = await reveal.run({ id, fields: [...fields] })
    onReveal(values)
    announce(t('common:reveal.logged'))
  }
  return (
    <FieldGroup title={t('group.content')}>
      <Group gap="sm">
        <Text size="sm">{can('talk:content') ? t('form.contentHidden') : t('form.contentForbidden')}</Text>
        {can('talk:content') && (
          <Button
            size="compact-sm"
            variant="default"
            loading={reveal.pending}
            onClick={() => void open().catch(() => undefined)}
          >
            {t('action.showAndEdit')}
          </Button>
        )}
        <Text size="xs" c="dimmed">
          {t('common:reveal.hint')}
        </Text>
      </Group>
      <FaultAlert fault={reveal.fault} />
    </FieldGroup>
  )
}

/** Somebody saved this talk meanwhile. Facts are short and seen in the form; what was typed here stays. */
export function Reload({ id, onReload }: { readonly id: string; readonly onReload: (fresh: TalkView) => void }) {
  const { t } = useTranslation('talk')
  const { data } = useCall('talk.get', { id })
  return (
    <Alert color="blue" variant="light" title={t('stale.title')}>
      <Text size="sm">{t('stale.text')}</Text>
      <Button
        size="sm"
        variant="default"
        mt="sm"
        disabled={data === undefined}
        onClick={() => data && onReload(data.record)}
      >
        {t('stale.reload')}
      </Button>
    </Alert>
  )
}

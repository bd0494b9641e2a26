import { Button, Group, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCommand } from '../../api/use-call.ts'
import { FaultAlert } from '../../kit/fault-alert.tsx'
import { useFieldText } from '../../kit/field-text.ts'
import { announce } from '../../kit/live.tsx'
import { useCan } from '../../kit/session.ts'
import { fieldLabel } from '../../kit/texts.ts'
import classes from './detail.module.css'
import type { TalkView } from './talk-values.ts'

/** In the order of the form. */
export const CONTENT = [
  'reason',
  'summary',
  'stateOfMind',
  'needs',
  'measures',
  'privateLine',
  'followUpReply',
] as const

/** What was opened of a talk; null as long as nothing was. */
export type Said = Readonly<Record<string, unknown>> | null

/**
 * What was said. One button opens all of it, and the log has one entry that says who looked, when and at what.
 *
 * Kept by the page only: leaving it forgets it.
 */
export function TalkContent({
  record,
  said: values,
  onReveal,
}: {
  readonly record: TalkView
  readonly said: Said
  readonly onReveal: (said: Said) => void
}) {
  const { t } = useTranslation('talk')
  const hidden = CONTENT.filter((field) => record.hidden.includes(field))
  return (
    <section aria-label={t('group.content')}>
      <Title order={2} mb="sm">
        {t('group.content')}
      </Title>
      {record.paperRecord !== null && (
        <Text size="sm">
          {t('detail.paper', { number: record.paperRecord.number })}
          {record.paperRecord.custodian !== null && t('detail.paperAt', { name: record.paperRecord.custodian })}
        </Text>
      )}
      {hidden.length === 0 && record.paperRecord === null && <Text c="dimmed">{t('detail.noContent')}</Text>}
      {hidden.length > 0 && values === null && <Hidden id={record.id} fields={hidden} onReveal={onReveal} />}
      {values !== null && <Words fields={hidden} values={values} />}
    </section>
  )
}

function Hidden({
  id,
  fields,
  onReveal,
}: {
  readonly id: string
  readonly fields: readonly string[]
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
  if (!can('talk:content')) return <Text c="dimmed">{t('form.contentForbidden')}</Text>
  return (
    <>
      <Group gap="sm" mt="xs">
        <Button size="sm" variant="default" loading={reveal.pending} onClick={() => void open().catch(() => undefined)}>
          {t('action.reveal')}
        </Button>
        <Text size="sm" c="dimmed">
          {fields.map((field) => fieldLabel('talk', field)).join(t('form.nameSeparator'))}　{t('common:reveal.hint')}
        </Text>
      </Group>
      <FaultAlert fault={reveal.fault} />
    </>
  )
}

function Words({
  fields,
  values,
}: {
  readonly fields: readonly string[]
  readonly values: Readonly<Record<string, unknown>>
}) {
  const { t } = useTranslation(['talk', 'common'])
  const fieldText = useFieldText()
  return (
    <>
      <dl className={classes.said}>
        {fields.map((field) => (
          <div key={field}>
            <dt>{fieldLabel('talk', field)}</dt>
            <dd>{fieldText('talk', field, values[field])}</dd>
          </div>
        ))}
      </dl>
      <Text size="xs" c="dimmed" mt="md">
        {t('common:reveal.logged')}
      </Text>
    </>
  )
}

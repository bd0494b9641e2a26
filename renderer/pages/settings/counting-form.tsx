import { Checkbox, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { setting, type SettingKey } from '../../../shared/domain/setting.ts'
import { useCommand } from '../../api/use-call.ts'
import { FormRow } from '../../kit/form-choice.tsx'
import { FormDay, FormText } from '../../kit/form-text.tsx'
import { RecordForm } from '../../kit/record-form.tsx'
import { useSession } from '../../kit/session.ts'
import { useRecordForm } from '../../kit/use-record-form.ts'
import { useValueWord, VALUES } from './counting-words.ts'

interface Values {
  value: string[]
  since: string | null
  basis: string | null
}

/** A new value from a day on; the old ones stay as they were. */
export function CountingForm({
  settingKey,
  value,
  onClose,
}: {
  readonly settingKey: SettingKey
  readonly value: readonly string[]
  readonly onClose: () => void
}) {
  const { t } = useTranslation(['setting'])
  const { today } = useSession()
  const word = useValueWord()
  const save = useCommand('setting.save')
  const form = useRecordForm<Values>({
    initial: { value: [...value], since: `${today.slice(0, 4)}-01-01`, basis: null },
    register: setting,
    save: (_changed, { value: next, since, basis }) =>
      save.run({ set: { key: settingKey, value: next, since: since ?? today, basis } }),
    onSaved: onClose,
  })
  const { value: chosen } = form.values
  return (
    <RecordForm form={form} label={t(`setting:key.${settingKey}`)} saveLabel={t('action.save')} onLeave={onClose}>
      <FormRow label={t('field.value')}>
        <Checkbox.Group value={chosen} onChange={(next) => next.length > 0 && form.set({ value: next })}>
          <Group gap="md" mih={36}>
            {VALUES[settingKey].map((one) => (
              <Checkbox key={one} size="sm" value={one} label={word(settingKey, one)} />
            ))}
          </Group>
        </Checkbox.Group>
      </FormRow>
      <FormDay field={form.field('since')} label={t('field.since')} hint={t('hint.since')} />
      <FormText field={form.field('basis')} label={t('field.basis')} hint={t('hint.basis')} maxLength={120} />
    </RecordForm>
  )
}

import { Checkbox, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { setting, type SettingKey } from '../../../shared/domain/setting.ts'
import { useCommand } from '../../api/use-call.ts'
import { FormRow } from '../../kit/form-choice.tsx'
import { FormDay, FormText } from '../../kit/form-text.tsx'
import { RecordForm } from '../../kit/record-form.tsx'
import { useSession } from '../../kit/session.ts'
import { useRecordForm } from '../../kit/use-record-form.ts'
import type { SettingView } from './counting-tab.tsx'
import { useValueWord, VALUES } from './counting-words.ts'

interface Values {
  value: string[]
  since: string | null
  basis: string | null
}

/** A new value from a day on; the old ones stay as they were, unless one begins on that very day: then it is changed. */
export function CountingForm({
  settingKey,
  value,
  dated,
  onClose,
}: {
  readonly settingKey: SettingKey
  readonly value: readonly string[]
  /** The values of this key there are, in order of precedence. */
  readonly dated: readonly SettingView[]
  readonly onClose: () => void
}) {
  const { t } = useTranslation(['setting'])
  const { today } = useSession()
  const word = useValueWord()
  const save = useCommand('setting.save')
  const startingOn = (day: string) => dated.find((one) => one.since === day)
  const form = useRecordForm<Values>({
    initial: { value: [...value], since: `${today.slice(0, 4)}-01-01`, basis: null },
    register: setting,
    save: (_changed, { value: next, since, basis }) => {
      const same = startingOn(since ?? today)
      return same === undefined
        ? save.run({ set: { key: settingKey, value: next, since: since ?? today, basis } })
        : save.run({ id: same.id, version: same.version, set: { value: next, basis } })
    },
    onSaved: onClose,
  })
  const { value: chosen, since: from } = form.values
  const sinceHint = startingOn(from ?? today) === undefined ? t('hint.since') : t('hint.sameDay')
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
      <FormDay field={form.field('since')} label={t('field.since')} hint={sinceHint} />
      <FormText field={form.field('basis')} label={t('field.basis')} hint={t('hint.basis')} maxLength={120} />
    </RecordForm>
  )
}

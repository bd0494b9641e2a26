import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormRow } from '../../kit/form-choice.tsx'
import { FormDay } from '../../kit/form-text.tsx'
import { PersonInput } from './person-input.tsx'
import type { TalkFormState } from './talk-form.tsx'

/** When it was and who talked; on whose behalf only if it was on somebody's. */
export function OccasionFields({ form }: { readonly form: TalkFormState }) {
  const { t } = useTranslation('talk')
  const { values } = form
  const [onBehalf, setOnBehalf] = useState(values.principal !== null)
  return (
    <>
      <FormDay field={form.field('heldOn')} label={t('field.heldOn')} hint={t('hint.heldOn')} />
      <PersonInput
        field={form.field('talker')}
        name={values.talkerName}
        label={t('field.talker')}
        hint={t('hint.talker')}
        onChange={(talker, talkerName) => form.set({ talker, talkerName })}
      />
      <FormRow label="">
        <Checkbox
          size="sm"
          label={t('form.onBehalf')}
          checked={onBehalf}
          onChange={(event) => {
            setOnBehalf(event.currentTarget.checked)
            if (!event.currentTarget.checked) form.set({ principal: null, principalName: null })
          }}
        />
      </FormRow>
      {onBehalf && (
        <PersonInput
          field={form.field('principal')}
          name={values.principalName}
          label={t('field.principal')}
          hint={t('hint.principal')}
          onChange={(principal, principalName) => form.set({ principal, principalName })}
        />
      )}
    </>
  )
}

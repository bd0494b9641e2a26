import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { FormRow } from '../../kit/form-choice.tsx'
import { FormText, FormTextarea } from '../../kit/form-text.tsx'
import type { TalkFormState } from './talk-form.tsx'

/** 主要内容, or where the paper is. One of the two, and neither is demanded: a talk needs few fields. */
export function ContentFields({ form }: { readonly form: TalkFormState }) {
  const { t } = useTranslation('talk')
  const { onPaper } = form.values
  return (
    <>
      <FormRow label="">
        <Checkbox
          size="sm"
          label={t('field.paperRecord')}
          checked={onPaper}
          onChange={(event) => form.set({ onPaper: event.currentTarget.checked })}
        />
      </FormRow>
      {onPaper ? (
        <>
          <FormText
            field={{ ...form.field('paperNumber'), required: true }}
            label={t('field.paperNumber')}
            hint={t('hint.paperNumber')}
            maxLength={60}
            width={280}
          />
          <FormText field={form.field('paperCustodian')} label={t('field.paperCustodian')} maxLength={30} width={280} />
        </>
      ) : (
        <FormTextarea field={form.field('summary')} label={t('field.summary')} rows={4} maxLength={8_000} />
      )}
    </>
  )
}

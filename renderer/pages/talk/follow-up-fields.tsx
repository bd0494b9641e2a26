import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { FormRow } from '../../kit/form-choice.tsx'
import { FormDay, FormText, FormTextarea } from '../../kit/form-text.tsx'
import { useSession } from '../../kit/session.ts'
import type { TalkFormState } from './talk-form.tsx'
import { hasNeeds, NO_NEEDS } from './talk-values.ts'

/** 思想状况, 诉求和意见; only a need opens what is to be done about it, by whom and until when. */
export function FollowUpFields({ form }: { readonly form: TalkFormState }) {
  const { t } = useTranslation('talk')
  const { officer } = useSession()
  const { needs, followUpOwner, measures } = form.values
  return (
    <>
      <FormTextarea field={form.field('stateOfMind')} label={t('field.stateOfMind')} rows={2} maxLength={2_000} />
      <FormTextarea field={form.field('needs')} label={t('field.needs')} rows={2} maxLength={2_000} />
      {(needs ?? '').trim() === '' && (
        <FormRow label="">
          <Button size="compact-sm" variant="default" onClick={() => form.set({ needs: NO_NEEDS })}>
            {t('form.noNeeds')}
          </Button>
        </FormRow>
      )}
      {(hasNeeds(needs) || followUpOwner !== null || measures !== null) && (
        <>
          <FormTextarea field={form.field('measures')} label={t('field.measures')} rows={2} maxLength={2_000} />
          <FormText
            field={form.field('followUpOwner')}
            label={t('field.followUpOwner')}
            hint={t('hint.followUpOwner')}
            maxLength={30}
            width={200}
            suggestions={[officer.name]}
          />
          <FormDay field={form.field('followUpDue')} label={t('field.followUpDue')} hint={t('hint.followUpDue')} />
        </>
      )}
    </>
  )
}

import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { FormRow } from '../../kit/form-choice.tsx'
import { FormDay, FormText, FormTextarea } from '../../kit/form-text.tsx'
import { useSession } from '../../kit/session.ts'
import type { BoundField } from '../../kit/use-record-form.ts'
import { hasNeeds, NO_NEEDS, type Own } from './talk-values.ts'

type OwnInForm = Omit<Own, 'privateLine'>

/** Whose: the form's when one person sat there, else one of several people's. */
export interface FollowUp {
  readonly values: OwnInForm
  set(patch: Partial<OwnInForm>): void
  field<K extends keyof OwnInForm>(name: K): BoundField<OwnInForm[K]>
}

/** 思想状况, 诉求和意见; only a need opens what is to be done about it, by whom and until when. */
export function FollowUpFields({ of: form, rows = 2 }: { readonly of: FollowUp; readonly rows?: number }) {
  const { t } = useTranslation('talk')
  const { officer } = useSession()
  const { needs, followUpOwner, measures } = form.values
  return (
    <>
      <FormTextarea field={form.field('stateOfMind')} label={t('field.stateOfMind')} rows={rows} maxLength={2_000} />
      <FormTextarea field={form.field('needs')} label={t('field.needs')} rows={rows} maxLength={2_000} />
      {(needs ?? '').trim() === '' && (
        <FormRow label="">
          <Button size="compact-sm" variant="default" onClick={() => form.set({ needs: NO_NEEDS })}>
            {t('form.noNeeds')}
          </Button>
        </FormRow>
      )}
      {(hasNeeds(needs) || followUpOwner !== null || measures !== null) && (
        <>
          <FormTextarea field={form.field('measures')} label={t('field.measures')} rows={rows} maxLength={2_000} />
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

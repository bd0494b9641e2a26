import { useTranslation } from 'react-i18next'
import { TALK_DIRECTIONS, TALK_FORMATS, TALK_REASONS, TALK_TYPES } from '../../../shared/domain/talk.ts'
import { Citation } from '../../kit/finding-list.tsx'
import { FormRadio, FormRow, FormSelect } from '../../kit/form-choice.tsx'
import { FormText } from '../../kit/form-text.tsx'
import { useCountingBasis } from '../../kit/use-counting.ts'
import classes from './form.module.css'
import type { TalkFormState } from './talk-form.tsx'

/** 类型与事由, and at once whether it counts to the yearly rate, by which clause. */
export function KindFields({
  form,
  several,
  reasonHidden = false,
}: {
  readonly form: TalkFormState
  readonly several: boolean
  /** On a saved talk the reason is hidden until it is revealed. */
  readonly reasonHidden?: boolean
}) {
  const { t } = useTranslation('talk')
  return (
    <>
      <FormRadio
        field={form.field('talkType')}
        label={t('field.talkType')}
        options={TALK_TYPES.map((value) => ({ value, label: t(`talkType.${value}`) }))}
      />
      {(several || form.values.format === 'collective') && (
        <FormRadio
          field={form.field('format')}
          label={t('field.format')}
          hint={t('hint.format')}
          options={TALK_FORMATS.map((value) => ({ value, label: t(`format.${value}`) }))}
        />
      )}
      <Counts form={form} />
      {!reasonHidden && (
        <FormSelect
          field={form.field('reason')}
          label={t('field.reason')}
          hint={t('hint.reason')}
          options={TALK_REASONS.map((value) => ({ value, label: t(`reason.${value}`) }))}
        />
      )}
      <FormRadio
        field={form.field('direction')}
        label={t('field.direction')}
        options={TALK_DIRECTIONS.map((value) => ({ value, label: t(`direction.${value}`) }))}
      />
      <FormText field={form.field('place')} label={t('field.place')} maxLength={60} width={320} />
    </>
  )
}

function Counts({ form }: { readonly form: TalkFormState }) {
  const { t } = useTranslation('talk')
  const { talkTypes, talkFormats } = useCountingBasis()
  const { talkType, format, heldOn } = form.values
  const counts = talkTypes.includes(talkType) && talkFormats.includes(format)
  const year = heldOn?.slice(0, 4) ?? ''
  return (
    <FormRow label="">
      <div className={classes.counts}>
        <span>{counts ? t('form.counts', { year }) : t('form.countsNot')}</span>
        <Citation rule="W18-1" />
      </div>
    </FormRow>
  )
}

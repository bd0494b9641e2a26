import { useTranslation } from 'react-i18next'
import { cadre, ROLL_GROUPS, SEXES, type CadreField, type FamilyMember } from '../../../shared/domain/cadre.ts'
import { OFFERED } from '../../../shared/domain/cadre-values.ts'
import {
  birthMonthOfIdentityNumber,
  identityNumberProblem,
  normalizeIdentityNumber,
  sexOfIdentityNumber,
} from '../../../shared/rules/identity-number.ts'
import { FormRadio, FormSelect, FormUnit } from '../../kit/form-choice.tsx'
import { FormDay, FormMonth, FormNumber, FormTags, FormText, FormTextarea } from '../../kit/form-text.tsx'
import { fieldId, type BoundField, type RecordFormState } from '../../kit/use-record-form.ts'
import type { CadreView } from './cadre-detail.ts'
import type { CadreValues } from './cadre-form.tsx'
import { FamilyEditor } from './family-editor.tsx'
import { kindOf } from './fields.ts'
import classes from './form.module.css'
import { GuardedField } from './guarded-field.tsx'
import { hintOf } from './hints.ts'
import { ResumeInput } from './resume-input.tsx'

type Form = RecordFormState<CadreValues>
/** Narrow where the value is short, so that a glance tells what belongs in. */
const WIDTHS: Readonly<Partial<Record<CadreField, number>>> = {
  name: 200,
  identityNumber: 240,
  phone: 200,
  formFilledBy: 200,
}

/** The input a field of the cadre file asks for, with its label, custom and the rules' opinion. */
export function CadreInput({
  form,
  field,
  guarded,
  onReveal,
}: {
  readonly form: Form
  readonly field: CadreField
  /** The record, while this value of it is hidden. */
  readonly guarded: CadreView | null
  readonly onReveal: (field: string, value: unknown) => void
}) {
  const { t } = useTranslation('cadre')
  const label = t(`field.${field}`)
  const hint = hintOf(t, field)
  if (guarded) return <GuardedField record={guarded} field={field} label={label} onReveal={onReveal} />
  const shared = { label, ...(hint === undefined ? {} : { hint }) }
  const text = { ...shared, field: form.field(field) as BoundField<string | null>, maxLength: maxLengthOf(field) }
  switch (kindOf(field)) {
    case 'identity':
      return <IdentityInput form={form} label={label} hint={hint} />
    case 'month':
      return <FormMonth {...text} />
    case 'day':
      return <FormDay {...text} />
    case 'whole':
      return <FormNumber {...shared} field={form.field('sortOrder')} />
    case 'unit':
      return <FormUnit {...shared} field={form.field('unitId')} />
    case 'tags':
      return <FormTags {...shared} field={form.field('tags')} suggestions={OFFERED.tags ?? []} />
    case 'choice':
      return field === 'sex' ? (
        <FormRadio
          {...shared}
          field={form.field('sex')}
          options={SEXES.map((value) => ({ value, label: t(`sex.${value}`) }))}
        />
      ) : (
        <FormSelect
          {...shared}
          field={form.field('rollGroup') as BoundField<string | null>}
          options={ROLL_GROUPS.map((value) => ({ value, label: t(`rollGroup.${value}`) }))}
        />
      )
    case 'area':
      return <FormTextarea {...text} rows={2} />
    case 'resume':
      return <ResumeInput {...text} />
    case 'family':
      return (
        <div className={classes.wide} id={fieldId('family')} tabIndex={-1}>
          <FamilyEditor
            members={form.values.family ?? []}
            onChange={(family) => form.set({ family: orNull(family) })}
          />
        </div>
      )
    case 'offered':
      return <FormText {...text} suggestions={OFFERED[field] ?? []} width={240} />
    case 'line':
      return <FormText {...text} {...(WIDTHS[field] === undefined ? {} : { width: WIDTHS[field] })} />
  }
}

const orNull = (family: FamilyMember[]): FamilyMember[] | null => (family.length === 0 ? null : family)

/**
 * The identity number; spaces and a small x are put right while typing.
 *
 * A right number fills in sex and birth month where they are empty; the archive has the last word and they stay editable.
 */
function IdentityInput({
  form,
  label,
  hint,
}: {
  readonly form: Form
  readonly label: string
  readonly hint: string | undefined
}) {
  const field = form.field('identityNumber')
  const set = (typed: string | null) => {
    const number = typed === null ? null : normalizeIdentityNumber(typed)
    form.set({ identityNumber: number, ...(number === null ? {} : derived(number, form.values)) })
  }
  return (
    <FormText
      field={{ ...field, set }}
      label={label}
      {...(hint === undefined ? {} : { hint })}
      {...(WIDTHS.identityNumber === undefined ? {} : { width: WIDTHS.identityNumber })}
      maxLength={24}
    />
  )
}

function derived(number: string, values: CadreValues): Partial<CadreValues> {
  if (identityNumberProblem(number) !== null) return {}
  return {
    ...(values.sex === null ? { sex: sexOfIdentityNumber(number) } : {}),
    ...(values.birthMonth === null ? { birthMonth: birthMonthOfIdentityNumber(number) } : {}),
  }
}

/** The editor's own limits, read from the register so that they are said once. */
function maxLengthOf(field: CadreField): number {
  const LONGEST = 20_000
  const tooLong = cadre.fields[field].schema
    .safeParse('字'.repeat(LONGEST + 1))
    .error?.issues.find((issue) => issue.code === 'too_big')
  return tooLong ? Number(tooLong.maximum) : LONGEST
}

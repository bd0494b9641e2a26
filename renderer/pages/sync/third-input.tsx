import { useTranslation } from 'react-i18next'
import { useFieldText } from '../../kit/field-text.ts'
import { FormSelect, FormUnit } from '../../kit/form-choice.tsx'
import { FormDay, FormMonth, FormNumber, FormTags, FormText, FormTextarea } from '../../kit/form-text.tsx'
import { fieldLabel } from '../../kit/texts.ts'
import type { BoundField } from '../../kit/use-record-form.ts'
import { problemOfThird, type Editor, type Pick } from './third-value.ts'

/** A value that is neither side's, typed as in the record's form. */
export function ThirdInput({
  register,
  name,
  editor,
  value,
  onChange,
}: {
  readonly register: string
  readonly name: string
  readonly editor: NonNullable<Editor>
  readonly value: unknown
  readonly onChange: (pick: Pick) => void
}) {
  const { t } = useTranslation(['sync', 'common'])
  const fieldText = useFieldText()
  const problem = problemOfThird(register, name, value)
  const field: BoundField<never> = {
    name,
    value: (value ?? null) as never,
    set: (next) => onChange({ take: 'value', value: next }),
    problem: problem === 'required' ? t('common:form.required') : problem && t('common:form.invalid'),
    findings: [],
    required: problem === 'required',
    touch: () => undefined,
  }
  const props = { field, label: t('sync:conflict.third', { field: fieldLabel(register, name) }) }
  switch (editor.kind) {
    case 'area':
      return <FormTextarea {...props} rows={2} />
    case 'month':
      return <FormMonth {...props} />
    case 'day':
      return <FormDay {...props} />
    case 'whole':
      return <FormNumber {...props} />
    case 'tags':
      return <FormTags {...props} />
    case 'unit':
      return <FormUnit {...props} />
    case 'choice': {
      const options = editor.options.map((one) => ({ value: one, label: fieldText(register, name, one) }))
      return <FormSelect {...props} options={options} />
    }
    default:
      return <FormText {...props} />
  }
}

import type { InputWrapperProps } from '@mantine/core'
import type { ReactNode } from 'react'
import { FindingList } from './finding-list.tsx'
import classes from './record-form.module.css'
import { fieldId, type BoundField } from './use-record-form.ts'

/** What every input of a form is given besides its field. */
export interface FormFieldProps<T> {
  /** `form.field('name')`. */
  readonly field: BoundField<T>
  readonly label: string
  /** One line under the input: what goes in, by which custom. */
  readonly hint?: ReactNode
  readonly disabled?: boolean
  /** Of a dialog: where the cursor is when it opens. */
  readonly first?: boolean
}

/** The props of a Mantine input that tie label, hint, findings and problem to it, laid out as a form row. */
export function wrapped<T>({ field, label, hint, disabled, first }: FormFieldProps<T>) {
  const hasNote = hint !== undefined || field.findings.length > 0
  const order: NonNullable<InputWrapperProps['inputWrapperOrder']> = ['label', 'input', 'error', 'description']
  return {
    id: fieldId(field.name),
    name: field.name,
    label,
    required: field.required,
    disabled: disabled === true,
    error: field.problem,
    // A div: the description holds a list, and a list in a paragraph is not HTML.
    descriptionProps: { component: 'div' as const, className: classes.note },
    description: hasNote ? (
      <>
        {hint}
        <FindingList findings={field.findings} inField />
      </>
    ) : null,
    inputWrapperOrder: order,
    classNames: { root: classes.row ?? '', label: classes.label ?? '' },
    onBlur: () => field.touch(),
    ...(first === true ? { 'data-autofocus': true } : {}),
  }
}

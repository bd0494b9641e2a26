import { Group, Input, Radio, Select } from '@mantine/core'
import { useCall } from '../api/use-call.ts'
import { wrapped, type FormFieldProps } from './form-field.tsx'
import classes from './record-form.module.css'

export interface Option<T extends string> {
  readonly value: T
  readonly label: string
}

/** One of a closed set, from a list. */
export function FormSelect<T extends string>(
  props: FormFieldProps<T | null> & {
    readonly options: readonly Option<T>[]
    readonly placeholder?: string
    readonly width?: number
  },
) {
  const { field, options, placeholder, width = 240 } = props
  return (
    <Select
      {...wrapped(props)}
      data={options as Option<T>[]}
      value={field.value}
      onChange={(value) => field.set(value as T | null)}
      clearable={!field.required}
      // Enter on the chosen option must not take it away, and passing through must not cover what is below.
      allowDeselect={false}
      openOnFocus={false}
      searchable={options.length > 8}
      styles={{ wrapper: { width } }}
      {...(placeholder === undefined ? {} : { placeholder })}
    />
  )
}

/** One of a few, all of them in sight; arrow keys change it. */
export function FormRadio<T extends string>(
  props: FormFieldProps<T | null> & { readonly options: readonly Option<T>[] },
) {
  const { field, options } = props
  const { id, onBlur, disabled, ...rest } = wrapped(props)
  return (
    <Radio.Group {...rest} value={field.value ?? ''} onChange={(value) => field.set(value as T)} onBlur={onBlur}>
      <Group gap="md" mih={36}>
        {options.map((option, index) => (
          <Radio
            key={option.value}
            id={index === 0 ? id : `${id}-${option.value}`}
            size="sm"
            value={option.value}
            label={option.label}
            disabled={disabled}
          />
        ))}
      </Group>
    </Radio.Group>
  )
}

/** A unit in force, in tree order. */
export function FormUnit(props: FormFieldProps<string | null> & { readonly placeholder?: string }) {
  const { data } = useCall('unit.list', {})
  const options = (data?.rows ?? [])
    .filter(({ record }) => (!record.voided && record.validTo === null) || record.id === props.field.value)
    .map(({ record, depth }) => ({ value: record.id, label: `${'\u3000'.repeat(depth)}${record.name}` }))
  return <FormSelect {...props} options={options} width={320} />
}

/** A row of the form whose right side is not an input: a value, a link, several inputs. */
export function FormRow({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div className={classes.row}>
      <Input.Label component="div" {...{ className: classes.label ?? '' }}>
        {label}
      </Input.Label>
      <div>{children}</div>
    </div>
  )
}

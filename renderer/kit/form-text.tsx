import { Autocomplete, NumberInput, Textarea, TextInput, TagsInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { LocalDate, Month } from '../../shared/domain/dates.ts'
import { formatMonth, parseDay, parseMonth } from './format.ts'
import { wrapped, type FormFieldProps } from './form-field.tsx'
import { DayPicker } from './day-picker.tsx'

/** Text on one line. Empty is null: nothing and an empty text are the same to an officer. */
export function FormText(
  props: FormFieldProps<string | null> & {
    readonly maxLength?: number
    readonly placeholder?: string
    /** Offered while typing, any other text may be entered. */
    readonly suggestions?: readonly string[]
    /** Brings the typed text into the kept spelling when the field is left. */
    readonly normalize?: (typed: string) => string
    readonly width?: number
  },
) {
  const { field, maxLength, placeholder, suggestions, normalize, width } = props
  const { onBlur, ...rest } = wrapped(props)
  const put = (typed: string) => field.set(typed === '' ? null : typed)
  const shared = {
    ...rest,
    value: field.value ?? '',
    onBlur: () => {
      const tidy = field.value === null ? null : (normalize ?? trimmed)(field.value)
      if (tidy !== field.value) put(tidy ?? '')
      onBlur()
    },
    autoComplete: 'off',
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(width === undefined ? {} : { styles: { wrapper: { width } } }),
  }
  // Opens when typed or clicked, not on focus: tabbing through a form would cover the fields below each time.
  return suggestions === undefined ? (
    <TextInput {...shared} onChange={(event) => put(event.currentTarget.value)} />
  ) : (
    <Autocomplete {...shared} data={[...suggestions]} openOnFocus={false} onChange={put} />
  )
}

const trimmed = (typed: string): string => typed.trim()

/** Text of several lines, growing as it is typed. */
export function FormTextarea(
  props: FormFieldProps<string | null> & { readonly rows?: number; readonly maxLength?: number },
) {
  const { field, rows = 3, maxLength } = props
  return (
    <Textarea
      {...wrapped(props)}
      autosize
      minRows={rows}
      maxRows={24}
      value={field.value ?? ''}
      onChange={(event) => field.set(event.currentTarget.value === '' ? null : event.currentTarget.value)}
      {...(maxLength === undefined ? {} : { maxLength })}
    />
  )
}

export function FormNumber(props: FormFieldProps<number | null> & { readonly min?: number; readonly max?: number }) {
  const { field, min = 0, max } = props
  return (
    <NumberInput
      {...wrapped(props)}
      styles={{ wrapper: { width: 120 } }}
      allowDecimal={false}
      min={min}
      {...(max === undefined ? {} : { max })}
      value={field.value ?? ''}
      onChange={(value) => field.set(typeof value === 'number' ? value : null)}
    />
  )
}

/** Short words of one's own, entered with Enter. */
export function FormTags(props: FormFieldProps<string[] | null> & { readonly suggestions?: readonly string[] }) {
  const { field, suggestions = [] } = props
  return (
    <TagsInput
      {...wrapped(props)}
      data={[...suggestions]}
      value={field.value ?? []}
      onChange={(tags) => field.set(tags.length === 0 ? null : tags)}
    />
  )
}

/** A month as offices write it, 1990.01; takes 199001, 1990-1, 1990年1月 too and keeps `1990-01`. */
export function FormMonth(props: FormFieldProps<Month | null>) {
  return (
    <TypedInput
      {...props}
      width={120}
      placeholder="1990.01"
      shown={(month) => (month ? formatMonth(month) : '')}
      parse={parseMonth}
    />
  )
}

/** A day, 2026-11-20; takes 20261120, 2026.11.20 and 2026年11月20日 too. The button opens the calendar. */
export function FormDay(props: FormFieldProps<LocalDate | null> & { readonly max?: LocalDate }) {
  const { field, max } = props
  return (
    <TypedInput
      {...props}
      width={160}
      placeholder="2026-11-20"
      shown={(day) => day ?? ''}
      parse={parseDay}
      picker={<DayPicker value={field.value} max={max} onPick={(day) => field.set(day)} />}
    />
  )
}

/**
 * A text input whose value is read when it is left or Enter is pressed.
 *
 * What cannot be read stays as typed and goes to the form as it is, so that its schema refuses it: nothing typed vanishes.
 */
function TypedInput(
  props: FormFieldProps<string | null> & {
    readonly width: number
    readonly placeholder: string
    readonly shown: (value: string | null) => string
    readonly parse: (typed: string) => string | null
    readonly picker?: React.ReactNode
  },
) {
  const { field, width, placeholder, shown, parse, picker } = props
  const { onBlur, ...rest } = wrapped(props)
  const [typed, setTyped] = useState(shown(field.value))
  useEffect(() => {
    // Another value from outside (draft, picker, reset); what is being typed already means the same.
    setTyped((now) => ((parse(now) ?? (now === '' ? null : now)) === field.value ? now : shown(field.value)))
    // eslint-disable-next-line react/exhaustive-deps -- `shown` and `parse` are the same functions on every render
  }, [field.value])
  return (
    <TextInput
      {...rest}
      styles={{ wrapper: { width } }}
      placeholder={placeholder}
      inputMode="numeric"
      autoComplete="off"
      value={typed}
      rightSection={picker}
      onChange={(event) => {
        const text = event.currentTarget.value
        setTyped(text)
        field.set(text.trim() === '' ? null : (parse(text) ?? text))
      }}
      onBlur={() => {
        const value = parse(typed)
        if (value !== null) setTyped(shown(value))
        onBlur()
      }}
    />
  )
}

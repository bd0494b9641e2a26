import { Combobox, TextInput, useCombobox } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import classes from './form.module.css'

interface Option {
  readonly value: string
  readonly label: string
  /** Unit and post, in grey. */
  readonly note?: string
}
export interface OptionGroup {
  readonly label: string | null
  readonly options: readonly Option[]
}

/** A text box with what was found under it. ↑↓ chooses, Enter without a choice is left to the page. */
export function SearchCombobox(props: {
  readonly id: string
  /** Of the field, for the list of what was found. */
  readonly label: string
  readonly placeholder?: string
  readonly text: string
  readonly onText: (text: string) => void
  readonly onBlur?: () => void
  readonly groups: readonly OptionGroup[]
  /** Said instead of options; null says nothing. */
  readonly empty: string | null
  readonly onSubmit: (value: string) => void
  /** True when there was something typed to be taken over. */
  readonly onEnter: () => boolean
  readonly onEmptyBackspace?: () => void
  readonly openOnFocus?: boolean
  readonly width?: number
  readonly first?: boolean
}) {
  const {
    id,
    label,
    placeholder,
    text,
    onText,
    onBlur,
    groups,
    empty,
    onSubmit,
    onEnter,
    onEmptyBackspace,
    openOnFocus = false,
    width,
    first = false,
  } = props
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const shown = groups.filter(({ options }) => options.length > 0)
  const submit = (value: string) => {
    onSubmit(value)
    combobox.closeDropdown()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends a pinyin composition is not Enter to us.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Backspace' && text === '') onEmptyBackspace?.()
    if (event.key !== 'Enter' || (combobox.dropdownOpened && combobox.getSelectedOptionIndex() >= 0)) return
    // Nothing to take over: Enter belongs to the form, which goes on to the next field.
    if (onEnter()) event.preventDefault()
    combobox.closeDropdown()
  }
  return (
    <Combobox
      store={combobox}
      position="bottom-start"
      onOptionSubmit={submit}
      shadow="sm"
      {...(width === undefined ? {} : { width: Math.max(width, 320) })}
    >
      <Combobox.Target>
        <TextInput
          id={id}
          autoComplete="off"
          data-autofocus={first || undefined}
          {...(placeholder === undefined ? {} : { placeholder })}
          {...(width === undefined ? {} : { w: width })}
          value={text}
          onChange={(event) => {
            onText(event.currentTarget.value)
            combobox.openDropdown()
            combobox.resetSelectedOption()
          }}
          onFocus={(event) => {
            // Typing over a name replaces it.
            event.currentTarget.select()
            if (openOnFocus) combobox.openDropdown()
          }}
          onClick={() => openOnFocus && combobox.openDropdown()}
          onBlur={() => {
            combobox.closeDropdown()
            onBlur?.()
          }}
          onKeyDown={onKeyDown}
        />
      </Combobox.Target>
      <Found label={label} groups={shown} empty={empty} />
    </Combobox>
  )
}

/** The list under the text box: what was found, by kind, or why there is nothing. */
export function Found({
  label,
  groups,
  empty,
}: {
  readonly label: string
  /** None of them without options. */
  readonly groups: readonly OptionGroup[]
  readonly empty: string | null
}) {
  return (
    <Combobox.Dropdown hidden={groups.length === 0 && empty === null}>
      <Combobox.Options mah={280} className={classes.options} aria-label={label}>
        {groups.map(({ label, options }) => (
          <Group key={label ?? ''} label={label}>
            {options.map((option) => (
              <Combobox.Option key={option.value} value={option.value}>
                <span className={classes.option}>
                  <span>{option.label}</span>
                  {option.note && <span className={classes.place}>{option.note}</span>}
                </span>
              </Combobox.Option>
            ))}
          </Group>
        ))}
        {groups.length === 0 && empty !== null && <Combobox.Empty>{empty}</Combobox.Empty>}
      </Combobox.Options>
    </Combobox.Dropdown>
  )
}

const Group = ({ label, children }: { readonly label: string | null; readonly children: React.ReactNode }) =>
  label === null ? <>{children}</> : <Combobox.Group label={label}>{children}</Combobox.Group>

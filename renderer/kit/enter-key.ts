import type { KeyboardEvent } from 'react'

const FIELDS = 'input:not([type="hidden"]):not([type="file"]), textarea, select'

/**
 * Enter in a field goes to the next one, as officers are used to from their forms and tables.
 *
 * The browser would send the form instead, and a talk half entered would be saved by a key pressed out of habit; Ctrl S and
 * the button save. Lists that are open, texts of several lines and the input method keep their Enter.
 */
export function enterGoesOn(event: KeyboardEvent<HTMLFormElement>): void {
  const from = event.target
  if (event.key !== 'Enter' || event.defaultPrevented || event.nativeEvent.isComposing) return
  if (!(from instanceof HTMLInputElement)) return
  event.preventDefault()
  const fields = [...event.currentTarget.querySelectorAll<HTMLElement>(FIELDS)].filter(
    (field) => field.tabIndex >= 0 && field.offsetParent !== null,
  )
  fields[fields.indexOf(from) + 1]?.focus()
}

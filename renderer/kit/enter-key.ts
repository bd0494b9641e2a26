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
  const fields = stopsOf(event.currentTarget)
  const here = fields.findIndex((field) => field === from || isSameChoice(field, from))
  fields[here + 1]?.focus()
}

/** Where Enter stops: what is on screen, and of several radio buttons the chosen one. */
function stopsOf(form: HTMLFormElement): HTMLElement[] {
  const fields = [...form.querySelectorAll<HTMLElement>(FIELDS)].filter(
    (field) => field.tabIndex >= 0 && field.offsetParent !== null,
  )
  return fields.filter((field) => {
    const choices = fields.filter((other) => isSameChoice(other, field)) as HTMLInputElement[]
    return choices.length === 0 || field === (choices.find(({ checked }) => checked) ?? choices[0])
  })
}

const isSameChoice = (a: HTMLElement, b: HTMLElement): boolean =>
  a instanceof HTMLInputElement &&
  b instanceof HTMLInputElement &&
  a.type === 'radio' &&
  b.type === 'radio' &&
  a.name === b.name

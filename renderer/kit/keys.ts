import { useHotkeys } from '@mantine/hooks'

/** Alt N makes a new record of the page's kind; browsers keep Ctrl N for themselves. */
export const useNewKey = (make: () => void, enabled = true): void => useHotkeys(enabled ? [['alt+N', make]] : [], [])

/** Esc goes back where nothing is being typed. Forms have their own, which asks when something changed. */
export const useBackKey = (back: () => void): void => useHotkeys([['Escape', back]])

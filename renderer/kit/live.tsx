import { VisuallyHidden } from '@mantine/core'
import { useSyncExternalStore } from 'react'

/** What was last said, and who listens: one region for the page, so that sentences do not talk over each other. */
const spoken = { text: '', listeners: new Set<() => void>() }

/** Tells screen readers what the eye sees without a pop-up: saved, sent, so many found. */
export function announce(text: string): void {
  // A repeated sentence is only read again when the text differs.
  spoken.text = spoken.text === text ? `${text}\u00a0` : text
  for (const listener of spoken.listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  spoken.listeners.add(listener)
  return () => spoken.listeners.delete(listener)
}

export function LiveRegion() {
  const text = useSyncExternalStore(subscribe, () => spoken.text)
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {text}
    </VisuallyHidden>
  )
}

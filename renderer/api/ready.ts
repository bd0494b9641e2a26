import { useEffect } from 'react'

/**
 * Marks the page as usable: `[data-app="ready"]` on the root.
 *
 * Tests and `npm start` wait for it instead of guessing a time. Set by whatever can be the first page.
 */
export function useReadyMark(): void {
  useEffect(() => {
    document.documentElement.dataset['app'] = 'ready'
  }, [])
}

import { useEffect } from 'react'
import { useSession } from './session.ts'

/** Unit and date for the margins of everything that is printed; `base.css` has the rest of them. */
export function usePrintedMargin(): void {
  const { unit, today } = useSession()
  useEffect(() => {
    const { style } = document.documentElement
    style.setProperty('--print-unit', JSON.stringify(unit.name))
    style.setProperty('--print-date', JSON.stringify(today))
    return () => {
      style.removeProperty('--print-unit')
      style.removeProperty('--print-date')
    }
  }, [unit.name, today])
}

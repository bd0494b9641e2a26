import { useEffect } from 'react'
import { formatMoment } from './format.ts'
import { useSession } from './session.ts'

/** Unit and date, and at the foot who printed it and when, for everything on paper; `base.css` has the rest of the margins. */
export function usePrintedMargin(): void {
  const { unit, today, officer } = useSession()
  useEffect(() => {
    const { style } = document.documentElement
    const margins = { '--print-unit': unit.name, '--print-date': today }
    for (const [name, text] of Object.entries(margins)) style.setProperty(name, JSON.stringify(text))
    const sign = () =>
      style.setProperty('--print-by', JSON.stringify(`${officer.name} ${formatMoment(new Date().toISOString())}`))
    window.addEventListener('beforeprint', sign)
    return () => {
      window.removeEventListener('beforeprint', sign)
      for (const name of [...Object.keys(margins), '--print-by']) style.removeProperty(name)
    }
  }, [unit.name, today, officer.name])
}

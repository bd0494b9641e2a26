import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { refreshAll } from '../../api/use-call.ts'

/** Minutes and seconds until a moment, `9:41`; null once it is over or when there is none. The page asks again then. */
export function useCountdown(until: string | null): string | null {
  const queries = useQueryClient()
  const [left, setLeft] = useState(() => secondsUntil(until))
  useEffect(() => {
    setLeft(secondsUntil(until))
    if (until === null) return
    const timer = setInterval(() => {
      const seconds = secondsUntil(until)
      setLeft(seconds)
      if (seconds > 0) return
      clearInterval(timer)
      void refreshAll(queries)
    }, 1000)
    return () => clearInterval(timer)
  }, [until, queries])
  return left > 0 ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}` : null
}

const secondsUntil = (until: string | null): number =>
  until === null ? 0 : Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / 1000))

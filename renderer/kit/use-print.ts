import { useHotkeys } from '@mantine/hooks'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { printPage } from '../host/host.ts'

interface Print<Sheet> {
  /** Everything that goes on paper, asked of the core where it is not all here. */
  readonly gather: () => Promise<Sheet>
  /**
   * What is here at once: the browser's own menu does not wait. Without it that menu prints the page as it stands, as it
   * would any other page.
   */
  readonly atHand?: () => Sheet
  /** Has the access log say so; what it refuses is not printed. Without it `gather` has done so. */
  readonly log?: (sheet: Sheet) => Promise<unknown>
  /** False where something else on the page answers Ctrl P. */
  readonly hasKey?: boolean
}

/** How many sheets there are now: what is printed beside another one, a list or its people's forms, is the one asked for. */
let sheets = 0

/**
 * Printing a page as paper wants it: while `sheet` is there, render it in a {@link PrintSheet}.
 *
 * Ctrl P and a button with `print` gather first, and nothing is printed that is not in the access log. The browser's or the
 * shell's own print command leaves no time for either: it prints what is at hand and the entry is written beside it.
 */
export function usePrint<Sheet>(what: Print<Sheet>) {
  const [sheet, setSheet] = useState<Sheet | null>(null)
  const [pending, setPending] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const latest = useRef(what)
  useEffect(() => void (latest.current = what))
  useLayoutEffect(() => {
    if (sheet === null) return
    sheets += 1
    return () => void (sheets -= 1)
  }, [sheet])

  const print = useCallback(async () => {
    const { gather, log } = latest.current
    setPending(true)
    setFault(null)
    try {
      const gathered = await gather()
      await log?.(gathered)
      // The dialog stops the page: what it is to show must stand there before.
      flushSync(() => setSheet(() => gathered))
      printPage()
    } catch (thrown) {
      setFault(thrown)
    } finally {
      setPending(false)
    }
  }, [])
  useHotkeys(what.hasKey === false ? [] : [['mod+P', () => void (pending || print())]], [])

  useEffect(() => {
    const before = () => {
      const now = latest.current
      if (sheets > 0 || !now.atHand) return
      const atHand = now.atHand()
      flushSync(() => setSheet(() => atHand))
      // Too late to refuse: the paper comes all the same.
      void now.log?.(atHand).catch(() => undefined)
    }
    const after = () => setSheet(null)
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
    return () => {
      window.removeEventListener('beforeprint', before)
      window.removeEventListener('afterprint', after)
    }
  }, [])
  return { sheet, print: () => void print(), pending, fault }
}

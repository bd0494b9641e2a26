import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'
import classes from './print-sheet.module.css'

/** What goes on paper instead of the page; on the screen nobody sees it. Unit, date and page number stand in the margin. */
export function PrintSheet({
  title,
  wide = false,
  children,
}: {
  readonly title: string
  /** Landscape. */
  readonly wide?: boolean
  readonly children: ReactNode
}) {
  return createPortal(
    <section className={classes.sheet} data-wide={wide} data-testid="print-sheet">
      <h1>{title}</h1>
      {children}
    </section>,
    document.body,
  )
}

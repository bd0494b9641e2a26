import type { ReactNode } from 'react'
import { Fault } from '../../shared/errors.ts'
import type { Capability } from '../../shared/permissions.ts'
import { FaultAlert } from './fault-alert.tsx'
import { Page } from './page.tsx'
import { useCan } from './session.ts'

const NOT_ALLOWED = new Fault('not-allowed')

/** A page for those who may; whoever comes by an address alone is told so before typing anything. */
export function Permitted({
  capability,
  title,
  children,
}: {
  readonly capability: Capability
  /** Of the page, for who may not see the rest of it. */
  readonly title: string
  readonly children: ReactNode
}) {
  if (useCan()(capability)) return children
  return (
    <Page title={title}>
      <FaultAlert fault={NOT_ALLOWED} />
    </Page>
  )
}

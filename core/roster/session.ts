import type { ImportSession } from '../import-sessions.ts'
import type { Sheet } from './cell.ts'
import type { DryRun, Layout } from './dry-run.ts'

/** An import of a roster: the workbook that was read, how its columns are taken, the last dry run. */
export interface RosterSession extends ImportSession {
  readonly fileName: string
  sheets: readonly Sheet[]
  layout: Layout | null
  run: DryRun | null
}

import type { Call } from '../../../api/client.ts'
import type { RosterCounts } from '../../../../shared/contract/roster.ts'

/** What a person decided while checking, for `roster.import`. */
export interface Choices {
  readonly existing: 'update' | 'skip'
  /** Excel row → decision. */
  readonly confirmations: Record<string, Decision>
  readonly defaults: { unitId?: string | undefined; rollGroup?: string | undefined }
}
export type Decision = 'same' | 'new' | 'skip'
export const DECISIONS = ['same', 'new', 'skip'] as const

export const NO_CHOICES: Choices = { existing: 'update', confirmations: {}, defaults: {} }

/** How many rows the import would write: the button says so before it is pressed. */
export function rowsToImport(counts: RosterCounts, { existing, confirmations }: Choices): number {
  const decided = Object.values(confirmations)
  const added = counts.added + decided.filter((decision) => decision === 'new').length
  const same = decided.filter((decision) => decision === 'same').length
  return existing === 'update' ? added + counts.changed + same : added
}

/** `confirm` rows nobody has decided yet; they are skipped. */
export const undecided = (counts: RosterCounts, { confirmations }: Choices): number =>
  Math.max(0, counts.confirm - Object.keys(confirmations).length)

const PAGE = 500

/** Row numbers of everybody who waits for a decision. */
export async function rowsToConfirm(call: Call, importId: string): Promise<number[]> {
  const found: number[] = []
  for (;;) {
    const page = await call('roster.rows', { importId, state: 'confirm', limit: PAGE, offset: found.length })
    found.push(...page.rows.map(({ row }) => row))
    if (page.rows.length === 0 || found.length >= page.total) return found
  }
}

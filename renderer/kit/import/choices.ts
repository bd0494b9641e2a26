import type { ImportCounts } from '../../../shared/contract/import.ts'
import type { RollGroup } from '../../../shared/domain/cadre.ts'

/** What a person decided while checking, as `roster.import` and `lrmx.import` take it. */
export interface Choices {
  readonly existing: 'update' | 'skip'
  /** Row or file number → decision. */
  readonly confirmations: Record<string, Decision>
  readonly defaults: { unitId?: string | undefined; rollGroup?: RollGroup | undefined }
}
export type Decision = 'same' | 'new' | 'skip'
export const DECISIONS = ['same', 'new', 'skip'] as const

export const NO_CHOICES: Choices = { existing: 'update', confirmations: {}, defaults: {} }

/** How many people the import would write: the button says so before it is pressed. */
export function peopleToImport(counts: ImportCounts, { existing, confirmations }: Choices): number {
  const decided = Object.values(confirmations)
  const added = counts.added + decided.filter((decision) => decision === 'new').length
  const same = decided.filter((decision) => decision === 'same').length
  return existing === 'update' ? added + counts.changed + same : added
}

/** Those in `confirm` nobody has decided yet; they are skipped. */
export const undecided = (counts: ImportCounts, { confirmations }: Choices): number =>
  Math.max(0, counts.confirm - Object.keys(confirmations).length)

/** Everybody is the same person, but whoever was decided by hand stays as decided. */
export const allSame = (choices: Choices, keys: readonly number[]): Choices => ({
  ...choices,
  confirmations: { ...Object.fromEntries(keys.map((key) => [key, 'same' as const])), ...choices.confirmations },
})

import type { Township, TownshipCoverage } from '../../shared/contract/city.ts'

/** One 口径 and the townships counted by it. */
export interface CountingRule {
  readonly basis: TownshipCoverage['basis']
  readonly count: number
  /** ① ② …; empty while all townships count alike. */
  readonly mark: string
}

const MARKS = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳'

/** The different 口径 in use, most common first. A province has a handful, so that each can be printed under the table. */
export function countingRules(townships: readonly Township[]): ReadonlyMap<string, CountingRule> {
  const counts = new Map<string, { basis: TownshipCoverage['basis']; count: number }>()
  for (const { coverage } of townships) {
    // Without a rate, or without the right to see one, there is nothing to say the rule of.
    if (coverage === undefined || coverage.rate === null) continue
    const key = ruleKey(coverage.basis)
    counts.set(key, { basis: coverage.basis, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  const byUse = [...counts].sort(([, a], [, b]) => b.count - a.count)
  const markOf = (index: number) => (byUse.length === 1 ? '' : (MARKS[index] ?? `${index + 1}`))
  return new Map(byUse.map(([key, rule], index) => [key, { ...rule, mark: markOf(index) }]))
}

/** Equal for equal values and documents; since when they hold may differ. */
export const ruleKey = ({ rollGroups, talkTypes, talkFormats }: TownshipCoverage['basis']): string =>
  JSON.stringify([rollGroups, talkTypes, talkFormats].map(({ value, basis }) => [[...value].sort(), basis]))

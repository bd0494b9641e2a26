import { setImmediate } from 'node:timers/promises'

/** One figure of the bench: ours against a reference that did the same work on the same records in the same run. */
export interface Figure {
  readonly workload: string
  readonly ours: number
  readonly reference: number
  /** ours / reference. */
  readonly ratio: number
  readonly unit: string
  /** Highest ratio (or, for `limit: 'ours'`, highest own figure) that is still accepted, and the one aimed at. */
  readonly floor: number
  readonly aim: number
  readonly limit: 'ratio' | 'ours'
  readonly note: string
}

export const REPETITIONS = 5

export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** The value below which that share of the values lies, nearest rank. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.min(sorted.length, Math.ceil(share * sorted.length)) - 1)] ?? NaN
}

/** Milliseconds that one call takes. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

type Side = (repetition: number) => Promise<number>
/** Milliseconds of each of many equal pieces of work. */
type ManySide = (repetition: number) => Promise<readonly number[]>

/**
 * Runs both sides {@link REPETITIONS} times in alternating order after one round that does not count.
 *
 * A shared machine drifts, so figures are medians of pairs measured side by side, never two separate runs.
 */
export async function sideBySide(ours: Side, reference: Side): Promise<{ ours: number; reference: number }> {
  const samples = await samplesSideBySide(
    async (repetition) => [await ours(repetition)],
    async (repetition) => [await reference(repetition)],
  )
  return { ours: median(samples.ours), reference: median(samples.reference) }
}

/** The same for work of many pieces, every piece of the counted rounds a sample. */
export async function samplesSideBySide(
  ours: ManySide,
  reference: ManySide,
): Promise<{ ours: number[]; reference: number[] }> {
  await ours(-1)
  await reference(-1)
  const mine: number[] = []
  const theirs: number[] = []
  for (let repetition = 0; repetition < REPETITIONS; repetition += 1) {
    if (repetition % 2 === 0) mine.push(...(await ours(repetition)))
    theirs.push(...(await reference(repetition)))
    if (repetition % 2 === 1) mine.push(...(await ours(repetition)))
  }
  return { ours: mine, reference: theirs }
}

/** Milliseconds of the work for each of these, each in a turn of its own of the event loop, as requests come. */
export async function timedEach<T>(items: Iterable<T>, work: (item: T) => unknown): Promise<number[]> {
  const times: number[] = []
  for (const item of items) {
    await setImmediate()
    times.push(await timed(() => work(item)))
  }
  return times
}

/** What was computed must be right before how long it took is of interest. */
export function assertSame(what: string, actual: unknown, expected: unknown): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) {
    throw new Error(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`)
  }
}

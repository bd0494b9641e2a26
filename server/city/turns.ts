import { Refused } from './problem.ts'

const RETRY_SECONDS = 5

/**
 * One at a time for each key, and not too many altogether.
 *
 * The database's lock would do for the order; this keeps a township that sends in parallel from holding all
 * connections while it waits for itself. Throws Refused `busy` when too many wait already.
 */
export function createTurns(
  perKey: number,
  altogether: number,
): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const queues = new Map<string, { waiting: number; last: Promise<unknown> }>()
  let waiting = 0

  return async (key, work) => {
    const queue = queues.get(key) ?? { waiting: 0, last: Promise.resolve() }
    if (queue.waiting >= perKey || waiting >= altogether) throw new Refused('busy', {}, { retryAfter: RETRY_SECONDS })
    queues.set(key, queue)
    queue.waiting += 1
    waiting += 1
    const turn = queue.last.then(work, work)
    queue.last = turn.catch(() => undefined)
    try {
      return await turn
    } finally {
      queue.waiting -= 1
      waiting -= 1
      if (queue.waiting === 0) queues.delete(key)
    }
  }
}

/** Steps that end what was started, in the opposite order. */
export interface Closing {
  /** To be called once each thing runs: what started last ends first. */
  add(close: () => void | Promise<void>): void
  /** Ends everything, within the time limit. Asked again, it is the same ending. */
  run(): Promise<'done' | 'late'>
}

/** One place for the end of a host, whichever way it comes. A step that fails does not keep the next from running. */
export function createClosing(limitMs: number, report: (cause: unknown) => void): Closing {
  const steps: (() => void | Promise<void>)[] = []
  let ending: Promise<'done' | 'late'> | null = null

  const runAll = async (): Promise<'done'> => {
    for (const step of steps.toReversed()) {
      try {
        await step()
      } catch (cause) {
        report(cause)
      }
    }
    return 'done'
  }
  return {
    add: (close) => void steps.push(close),
    run() {
      const limit = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), limitMs).unref())
      return (ending ??= Promise.race([runAll(), limit]))
    },
  }
}

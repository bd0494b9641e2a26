import { appendFileSync, renameSync, statSync } from 'node:fs'

const LONGEST = 1_000_000

/**
 * Writes lines to a file for whoever is asked for help: a window has no terminal, and an `unexpected` failure gives the
 * officer nothing but a reference to look for here. One older file is kept.
 */
export function logTo(file: string, now: () => Date = () => new Date()): (line: string) => void {
  return (line) => {
    process.stderr.write(`${line}\n`)
    try {
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LONGEST) renameSync(file, `${file}.old`)
      appendFileSync(file, `${now().toISOString()} ${line}\n`, { mode: 0o600 })
    } catch {
      // A full disk must not turn a logged failure into another one.
    }
  }
}

/** An error with what caused it, as the log has it. */
export const traceOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause === undefined ? '' : `\n  because ${traceOf(error.cause)}`
  return `${error.stack ?? error.message}${cause}`
}

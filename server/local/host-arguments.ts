import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { firstSentence } from './arguments.ts'
import { UsageError } from './complaint.ts'
import { defaultFolder } from './place.ts'

export interface HostOptions {
  readonly dir: string
  /** Null when none was named: the one of the last time if it is free, else any. */
  readonly port: number | null
  readonly demo: boolean
}

/** `--data DIR --port N --demo`. */
export function readHostArguments(args: readonly string[]): HostOptions {
  const { data, port, demo } = parsed(args)
  const dir = data === undefined ? defaultFolder(demo) : resolve(data)
  return { dir, demo, port: port === undefined ? null : portFrom(port) }
}

function parsed(args: readonly string[]) {
  const options = {
    data: { type: 'string' },
    port: { type: 'string' },
    demo: { type: 'boolean', default: false },
  } as const
  try {
    return parseArgs({ args: [...args], options }).values
  } catch (cause) {
    const reason = firstSentence((cause as Error).message)
    throw new UsageError((t) => t('cli:usage.option', { reason }), { cause })
  }
}

function portFrom(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new UsageError((t) => t('cli:usage.port'))
}

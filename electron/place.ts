import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { dataFolder } from '../shared/data-folder.ts'
import type { Opening } from './core-message.ts'

type Here = Parameters<typeof dataFolder>[0]

/** `--data DIR` and `--demo`, as the loopback host has them; Chromium's own switches pass by. */
export function placeFrom(args: readonly string[], here: Here): { dir: string; demo: boolean } {
  const options = { data: { type: 'string' }, demo: { type: 'boolean' } } as const
  const { values } = parseArgs({ args: args.slice(1), options, strict: false })
  const demo = values.demo === true
  if (typeof values.data === 'string' && values.data !== '') return { dir: resolve(values.data), demo }
  return { dir: dataFolder(here, demo), demo }
}

const DemoCity = z.object({ url: z.url(), code: z.string().min(1) })

/**
 * The city beside the demo township, from build/scripts/start.mjs; null when there is none, as in an installed program.
 *
 * By environment because arguments show in `ps`, and taken out of it so that no child inherits the code.
 */
export function takeDemoCity(env: NodeJS.ProcessEnv): Opening['demoCity'] {
  const text = env['ZGT_DEMO_CITY']
  delete env['ZGT_DEMO_CITY']
  if (text === undefined) return null
  try {
    return DemoCity.parse(JSON.parse(text))
  } catch {
    return null
  }
}

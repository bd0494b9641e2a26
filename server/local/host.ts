import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openDemo } from '../../core/demo/open.ts'
import type { DemoCity } from '../../core/desk-life.ts'
import { openDesk, type Desk } from '../../core/desk.ts'
import { Fault } from '../../shared/errors.ts'
import { askForLaunch, readControl, writeControl, type Launch } from '../http/control.ts'
import { startLoopback, type Loopback } from '../http/loopback.ts'
import { secret } from '../http/session.ts'
import type { Closing } from './closing.ts'
import { LocalFault } from './complaint.ts'
import type { HostOptions } from './host-arguments.ts'
import { productVersion } from './place.ts'

const PAGES = fileURLToPath(new URL('../../dist/renderer', import.meta.url))
/** How long a start that finds the folder taken waits for the other start to say where it listens. */
const OTHER_START_MS = 5_000
const ASK_AGAIN_MS = 200

/** What outlives a start: the way everything ends, and where bugs are written. */
export interface Host {
  readonly closing: Closing
  readonly report: (cause: unknown) => void
}

/** A start has either opened the desk itself or found one that runs already. */
export type Started = { readonly url: string; readonly other: Launch | null }

/**
 * Opens the desk in `dir` and serves it, or asks the host that already does for another way in.
 *
 * What was opened is handed to `closing` at once, so that a start that fails half way ends as cleanly as any other.
 */
export async function startHost(options: HostOptions, { closing, report }: Host): Promise<Started> {
  const running = await findRunning(options.dir)
  if (running !== null) return { url: running.url, other: running }
  try {
    const city = options.demo ? await demoCity(options.dir, { closing, report }) : null
    const log = (reference: string, error: unknown) => report(new Error(reference, { cause: error }))
    const demo = city === null ? {} : { demoCity: city }
    const desk = await openDesk({ dir: options.dir, version: productVersion(), log, ...demo })
    closing.add(() => desk.close())
    if (options.demo) await openDemo(desk.call, city, report)
    return { url: await serve(desk, options, { closing, report }), other: null }
  } catch (cause) {
    if (!(cause instanceof Fault) || cause.code !== 'profile-in-use') throw cause
    return otherStart(options.dir, cause)
  }
}

/** The host of this folder, if one runs and proves to be it. */
export async function findRunning(dir: string): Promise<Launch | null> {
  const control = readControl(dir)
  return control === null ? null : askForLaunch(control)
}

/** Two starts at once: one has the folder and is about to say where it listens. Another program never will. */
async function otherStart(dir: string, inUse: Fault): Promise<Started> {
  const until = Date.now() + OTHER_START_MS
  while (Date.now() < until) {
    await pause(ASK_AGAIN_MS)
    const running = await findRunning(dir)
    if (running !== null) return { url: running.url, other: running }
  }
  throw inUse
}

/** The desk is worth trying without a city as well, on a platform that has no PostgreSQL of ours for instance. */
async function demoCity(dir: string, { closing, report }: Host): Promise<DemoCity | null> {
  try {
    const { startDemoCity } = await import('./demo-city.ts')
    return (await startDemoCity(dir, closing)).enrol
  } catch (cause) {
    report(cause)
    return null
  }
}

async function serve(desk: Desk, options: HostOptions, { closing, report }: Host): Promise<string> {
  const controlSecret = secret()
  const start = (port: number) => startLoopback({ desk, pages: PAGES, port, controlSecret, report })
  const loopback = await onSomePort(options, start)
  closing.add(() => loopback.close())
  writeControl(options.dir, { port: loopback.port, secret: controlSecret })
  // The port stays in the file: with the same address the next time, the page finds its column widths again.
  closing.add(() => writeControl(options.dir, { port: loopback.port }))
  return loopback.launchUrl()
}

async function onSomePort({ dir, port }: HostOptions, start: (port: number) => Promise<Loopback>): Promise<Loopback> {
  try {
    return await start(port ?? readControl(dir)?.port ?? 0)
  } catch (cause) {
    if (!['EADDRINUSE', 'EACCES'].includes((cause as NodeJS.ErrnoException).code ?? '')) throw cause
    if (port === null) return start(0)
    throw new LocalFault('usage', { port }, (t) => t('cli:host.portTaken', { port }), { cause })
  }
}

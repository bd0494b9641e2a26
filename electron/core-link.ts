import { utilityProcess, type UtilityProcess } from 'electron'
import type { CoreEvent, Reply, Transport } from '../shared/contract/index.ts'
import type { FromCore, ToCore } from './core-message.ts'

/** A core that ends sooner than this after its start will do so again. */
const SHORTEST_LIFE_MS = 10_000
/** Longer than the core takes to report what is due and close its database, shorter than a person waits. */
const CLOSE_LIMIT_MS = 10_000

export interface CoreOptions {
  /** File of the core's process. */
  readonly entry: string
  readonly dir: string
  readonly version: string
  readonly onEvent: (event: CoreEvent) => void
  /** It cannot be kept running. */
  readonly onLost: () => void
}

export interface CoreLink {
  readonly call: Transport
  /** Lets the core close its database and end; after a time limit ends it. */
  close(): Promise<void>
}

/**
 * Starts the core and passes calls to it and events from it.
 *
 * When it crashes, calls that waited are answered, the page is told that the desk is locked (its key died with the
 * process), and the core is started again.
 */
export function startCore(options: CoreOptions): CoreLink {
  const waiting = new Map<number, (reply: Reply) => void>()
  let calls = 0
  let closing = false
  let core: UtilityProcess | null = null

  const send = (message: ToCore) => core?.postMessage(message)
  const hear = (message: FromCore) => {
    if (message.kind === 'event') return options.onEvent(message.event)
    waiting.get(message.id)?.(message.reply)
    waiting.delete(message.id)
  }
  const start = () => {
    const started = Date.now()
    core = utilityProcess.fork(options.entry, [], { serviceName: 'zugongtai core', stdio: 'inherit' })
    core.on('message', hear)
    core.once('exit', () => ended(started))
    send({ kind: 'open', dir: options.dir, version: options.version })
  }
  const ended = (started: number) => {
    core = null
    for (const answer of waiting.values()) answer({ ok: false, code: 'unexpected', params: { reference: 'core' } })
    waiting.clear()
    if (closing) return
    options.onEvent({ kind: 'locked' })
    if (Date.now() - started < SHORTEST_LIFE_MS) options.onLost()
    else start()
  }

  start()
  return {
    call: (name, input) =>
      new Promise((resolve) => {
        if (core === null || closing) return resolve({ ok: false, code: 'unexpected', params: { reference: 'core' } })
        waiting.set(++calls, resolve)
        send({ kind: 'call', id: calls, name, input })
      }),
    close: () => {
      closing = true
      const running = core
      if (running === null) return Promise.resolve()
      return new Promise((resolve) => {
        const impatience = setTimeout(() => running.kill(), CLOSE_LIMIT_MS)
        running.once('exit', () => {
          clearTimeout(impatience)
          resolve()
        })
        send({ kind: 'close' })
      })
    },
  }
}

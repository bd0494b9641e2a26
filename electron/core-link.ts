import { utilityProcess, type UtilityProcess } from 'electron'
import type { HostKeystore } from '../core/keys/keystore.ts'
import type { CoreEvent, Reply, Transport } from '../shared/contract/index.ts'
import { answerKeystore } from './core-keystore.ts'
import type { FromCore, KeystoreQuestion, Opening, ToCore } from './core-message.ts'

/** A core that ends sooner than this after its start will do so again. */
const SHORTEST_LIFE_MS = 10_000
/** Longer than the core takes to report what is due and close its database, shorter than a person waits. */
const CLOSE_LIMIT_MS = 10_000

const GONE: Reply = { ok: false, code: 'unexpected', params: { reference: 'core' } }

export interface CoreOptions {
  /** File of the core's process. */
  readonly entry: string
  readonly opening: Opening
  readonly onEvent: (event: CoreEvent) => void
  /** The operating system's, which only this process reaches; the core asks for it by message. */
  readonly keystore: HostKeystore
  /** It crashed and is being started again. */
  readonly onCrash: () => void
  /** It cannot be kept running. */
  readonly onLost: () => void
}

export interface CoreLink {
  readonly call: Transport
  /** Lets the core close its database and end; after a time limit ends it. */
  close(): Promise<void>
}

/** The core's process, and a new one should it crash. */
interface Runner {
  /** False when there is no process to send to. */
  send(message: ToCore): boolean
  /** Sends the last message and waits for the end of the process, but not for ever. */
  end(): Promise<void>
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

  const hear = (message: FromCore) => {
    if (message.kind === 'event') return options.onEvent(message.event)
    if (message.kind === 'keystore') return void answer(message.id, message.question)
    waiting.get(message.id)?.(message.reply)
    waiting.delete(message.id)
  }
  const crashed = () => {
    for (const answer of waiting.values()) answer(GONE)
    waiting.clear()
    options.onEvent({ kind: 'locked', because: 'crash' })
  }
  const answer = async (id: number, question: KeystoreQuestion) =>
    runner.send({ kind: 'keystore', id, answer: await answerKeystore(options.keystore, question) })
  const runner = keepRunning(options, hear, crashed)
  return {
    call: (name, input) =>
      new Promise((resolve) => {
        const id = ++calls
        if (runner.send({ kind: 'call', id, name, input })) waiting.set(id, resolve)
        else resolve(GONE)
      }),
    close: () => runner.end(),
  }
}

function keepRunning(options: CoreOptions, hear: (message: FromCore) => void, crashed: () => void): Runner {
  let core: UtilityProcess | null = null
  let ending = false

  const send = (message: ToCore): boolean => {
    core?.postMessage(message)
    return core !== null
  }
  const start = () => {
    const started = Date.now()
    core = utilityProcess.fork(options.entry, [], { serviceName: 'zugongtai core', stdio: 'inherit' })
    core.on('message', hear)
    core.once('exit', () => {
      core = null
      crashed()
      if (ending) return
      options.onCrash()
      if (Date.now() - started < SHORTEST_LIFE_MS) options.onLost()
      else start()
    })
    send({ kind: 'open', ...options.opening })
  }
  start()
  return {
    send: (message) => !ending && send(message),
    end: () => {
      ending = true
      return core === null ? Promise.resolve() : ended(core, () => send({ kind: 'close' }))
    },
  }
}

function ended(core: UtilityProcess, ask: () => void): Promise<void> {
  return new Promise((resolve) => {
    const impatience = setTimeout(() => core.kill(), CLOSE_LIMIT_MS)
    core.once('exit', () => {
      clearTimeout(impatience)
      resolve()
    })
    ask()
  })
}

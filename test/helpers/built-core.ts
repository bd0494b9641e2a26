import { fork } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { HostKeystore } from '../../core/keys/keystore.ts'
import { answerKeystore } from '../../electron/core-keystore.ts'
import type { FromCore, ToCore } from '../../electron/core-message.ts'
import type { CoreEvent, Reply, Transport } from '../../shared/contract/index.ts'

/** What `npm run build` makes of electron/. */
export const BUILT_SHELL = fileURLToPath(new URL('../../dist/electron', import.meta.url))

/** Gives the bundle Electron's parent port over Node's own channel; what it then runs on is Node, not Electron. */
const PARENT_PORT = `data:text/javascript,
process.parentPort = {
  on: (_, listener) => process.on('message', (data) => listener({ data })),
  postMessage: (message) => process.send(message),
}`

export interface BuiltCore {
  readonly call: Transport
  onEvent(listener: (event: CoreEvent) => void): () => void
  /** Lets it close its database and end; gives the exit code. */
  close(): Promise<number | null>
  /** Ends it without a word. */
  kill(): Promise<void>
}

/** The built core in a process of its own, as the shell's main process would run it. */
export function startBuiltCore(dir: string, keystore: HostKeystore, shell: string = BUILT_SHELL): BuiltCore {
  const child = fork(join(shell, 'core-process.js'), [], { execArgv: ['--import', PARENT_PORT] })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const waiting = new Map<number, (reply: Reply) => void>()
  const listeners = new Set<(event: CoreEvent) => void>()
  const send = (message: ToCore) => void child.send(message)
  let calls = 0
  child.on('message', (message: FromCore) => {
    if (message.kind === 'event') return listeners.forEach((listener) => listener(message.event))
    if (message.kind === 'reply') return waiting.get(message.id)?.(message.reply)
    const { id, question } = message
    void answerKeystore(keystore, question).then((answer) => send({ kind: 'keystore', id, answer }))
  })
  send({ kind: 'open', dir, version: '0.1.0', demo: false, demoCity: null })
  return {
    call: (name, input) => {
      const id = ++calls
      const reply = new Promise<Reply>((resolve, reject) => {
        waiting.set(id, resolve)
        void ended.then((code) => reject(new Error(`the core ended with ${code}`)))
      })
      send({ kind: 'call', id, name, input })
      return reply
    },
    onEvent: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: () => {
      send({ kind: 'close' })
      return ended
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

import type { HostKeystore } from '../core/keys/keystore.ts'
import type { Desk } from '../core/desk.ts'
import { Fault } from '../shared/errors.ts'
import type { Reply } from '../shared/contract/index.ts'
import { keystoreOver } from './core-keystore.ts'
import type { FromCore, Opening, ToCore } from './core-message.ts'

/** The part of Electron's parent port that is used here. */
interface Port {
  on(event: 'message', listener: (message: { data: unknown }) => void): unknown
  postMessage(message: FromCore): void
}

export type OpenDesk = (opening: Opening, keystore: HostKeystore) => Promise<Desk>

/**
 * Answers the main process from a desk, which is opened by its first message.
 *
 * A desk that cannot be opened (in use, unwritable) still answers: every call gets that fault, so the page can say it.
 */
export function serveCore(port: Port, open: OpenDesk, exit: () => void): void {
  let opening: Promise<Desk> = Promise.reject(new Error('called before it was opened'))
  opening.catch(() => undefined)
  const keystore = keystoreOver((message) => port.postMessage(message))

  const openNow = ({ dir, version, demo, demoCity }: Opening) => {
    opening = open({ dir, version, demo, demoCity }, keystore)
    opening.then(
      (desk) => desk.onEvent((event) => port.postMessage({ kind: 'event', event })),
      () => undefined,
    )
  }
  const answer = async (id: number, name: string, input: unknown) => {
    const reply = await opening.then((desk) => desk.call(name, input)).catch(replyFor)
    port.postMessage({ kind: 'reply', id, reply })
  }
  const close = () =>
    opening
      .then((desk) => desk.close())
      .catch(() => undefined)
      .finally(exit)

  port.on('message', ({ data }) => {
    const message = data as ToCore
    if (message.kind === 'open') openNow(message)
    else if (message.kind === 'call') void answer(message.id, message.name, message.input)
    else if (message.kind === 'keystore') keystore.hear(message.id, message.answer)
    else void close()
  })
}

function replyFor(cause: unknown): Reply {
  if (cause instanceof Fault) return { ok: false, code: cause.code, params: { ...cause.params } }
  const reference = cause instanceof Error ? cause.message : String(cause)
  return { ok: false, code: 'unexpected', params: { reference } }
}

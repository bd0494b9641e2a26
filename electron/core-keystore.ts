import type { HostKeystore } from '../core/keys/keystore.ts'
import type { KeystoreObstacle } from '../shared/contract/keystore.ts'
import type { FromCore, KeystoreQuestion, ToCore } from './core-message.ts'

type Answer = Extract<ToCore, { kind: 'keystore' }>['answer']

/** The core's end: the key store of the main process, asked over the port. */
export interface RemoteKeystore extends HostKeystore {
  hear(id: number, answer: Answer): void
}

/** Only messages here; `safeStorage` exists in the main process alone. */
export function keystoreOver(say: (message: FromCore) => void): RemoteKeystore {
  const waiting = new Map<number, (answer: Answer) => void>()
  let questions = 0
  const ask = (question: KeystoreQuestion): Promise<Answer> =>
    new Promise((resolve) => {
      const id = ++questions
      waiting.set(id, resolve)
      say({ kind: 'keystore', id, question })
    })
  return {
    obstacle: async () => (await ask({ ask: 'obstacle' })) as KeystoreObstacle | null,
    keep: async (officerId, secret) => (await ask({ ask: 'keep', officerId, secret })) === true,
    read: async (officerId) => {
      const secret = await ask({ ask: 'read', officerId })
      return typeof secret === 'string' ? secret : null
    },
    forget: async (officerId) => void (await ask({ ask: 'forget', officerId })),
    hear: (id, answer) => {
      waiting.get(id)?.(answer)
      waiting.delete(id)
    },
  }
}

/** The main process's end. A key store that throws is one that does not work: the core gets an answer in any case. */
export async function answerKeystore(keystore: HostKeystore, question: KeystoreQuestion): Promise<Answer> {
  try {
    if (question.ask === 'obstacle') return await keystore.obstacle()
    if (question.ask === 'keep') return await keystore.keep(question.officerId, question.secret)
    if (question.ask === 'read') return await keystore.read(question.officerId)
    await keystore.forget(question.officerId)
    return true
  } catch {
    return question.ask === 'obstacle' ? 'unavailable' : null
  }
}

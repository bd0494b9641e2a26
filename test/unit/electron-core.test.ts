import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Desk } from '../../core/desk.ts'
import { serveCore, type OpenDesk } from '../../electron/core-server.ts'
import type { FromCore, ToCore } from '../../electron/core-message.ts'
import type { CoreEvent } from '../../shared/contract/index.ts'
import { Fault } from '../../shared/errors.ts'
import { makeStandIn, type StandIn } from '../helpers/electron-stand-in.ts'

const OPEN = { kind: 'open', dir: '/data', version: '0.1.0', demo: false, demoCity: null } as const

describe('the core’s process', () => {
  test('opens the desk it is told to and answers calls over its port', async () => {
    const core = startCore()
    core.send(OPEN)
    core.send({ kind: 'call', id: 7, name: 'cadre.list', input: {} })
    expect(await core.next()).toEqual({ kind: 'reply', id: 7, reply: { ok: true, data: 'cadre.list' } })
    expect(core.open.mock.calls[0]?.[0]).toEqual({ dir: '/data', version: '0.1.0', demo: false, demoCity: null })
  })

  test('passes events on', async () => {
    const core = startCore()
    core.send(OPEN)
    await vi.waitFor(() => expect(core.listeners).toHaveLength(1))
    core.listeners[0]?.({ kind: 'changed', registers: ['talk'] })
    expect(await core.next()).toEqual({ kind: 'event', event: { kind: 'changed', registers: ['talk'] } })
  })

  test('that cannot open its folder still answers, with the reason', async () => {
    const core = startCore(() => Promise.reject(new Fault('profile-in-use')))
    core.send(OPEN)
    core.send({ kind: 'call', id: 1, name: 'desk.status', input: {} })
    expect(await core.next()).toMatchObject({ kind: 'reply', id: 1, reply: { ok: false, code: 'profile-in-use' } })
  })

  test('answers a call that comes before anything was opened', async () => {
    const core = startCore()
    core.send({ kind: 'call', id: 1, name: 'desk.status', input: {} })
    expect(await core.next()).toMatchObject({ kind: 'reply', id: 1, reply: { ok: false, code: 'unexpected' } })
  })

  test('closes the desk before it ends, and ends also when there is none', async () => {
    const core = startCore()
    core.send(OPEN)
    core.send({ kind: 'close' })
    await vi.waitFor(() => expect(core.exit).toHaveBeenCalledOnce())
    expect(core.desk.close).toHaveBeenCalledOnce()
    const unopened = startCore(() => Promise.reject(new Fault('profile-in-use')))
    unopened.send(OPEN)
    unopened.send({ kind: 'close' })
    await vi.waitFor(() => expect(unopened.exit).toHaveBeenCalledOnce())
  })
})

describe('the core’s way to the key store', () => {
  const OFFICER = '0198c0de-0000-7000-8000-000000000001'
  const opened = async () => {
    const core = startCore()
    core.send(OPEN)
    await vi.waitFor(() => expect(core.open).toHaveBeenCalled())
    const keystore = core.open.mock.calls[0]?.[1]
    if (keystore === undefined) throw new Error('opened without a key store')
    return { core, keystore }
  }

  test('is a message to the main process and its answer, however they cross', async () => {
    const { core, keystore } = await opened()
    const [obstacle, secret] = [keystore.obstacle(), keystore.read(OFFICER)]
    expect(core.said).toEqual([
      { kind: 'keystore', id: 1, question: { ask: 'obstacle' } },
      { kind: 'keystore', id: 2, question: { ask: 'read', officerId: OFFICER } },
    ])
    core.send({ kind: 'keystore', id: 2, answer: 'the secret' })
    core.send({ kind: 'keystore', id: 1, answer: 'no-keyring' })
    expect([await obstacle, await secret]).toEqual(['no-keyring', 'the secret'])
  })

  test('takes a secret for kept only when that is the answer, and for lost when none comes', async () => {
    const { core, keystore } = await opened()
    const [kept, failed, lost] = [
      keystore.keep(OFFICER, 'secret'),
      keystore.keep(OFFICER, 'secret'),
      keystore.read(OFFICER),
    ]
    for (const [id, answer] of [[1, true] as const, [2, null] as const, [3, null] as const])
      core.send({ kind: 'keystore', id, answer })
    expect(await Promise.all([kept, failed, lost])).toEqual([true, false, null])
  })
})

describe('the preload', () => {
  let standIn: StandIn
  let core: { call(name: string, input: unknown): unknown; onEvent(listener: (event: unknown) => void): () => void }

  beforeEach(async () => {
    standIn = makeStandIn()
    vi.doMock('electron', () => standIn.electron)
    vi.resetModules()
    await import('../../electron/preload.ts')
    core = standIn.exposed.get('core') as unknown as typeof core
  })

  test('gives the page two functions and nothing of Electron', () => {
    expect([...standIn.exposed.keys()]).toEqual(['core'])
    expect(Object.keys(core)).toEqual(['call', 'onEvent'])
  })

  test('calls on the one fixed channel, whatever it is asked', () => {
    void core.call('shell.openExternal', { url: 'https://evil.example/' })
    expect(standIn.ipcRenderer.invoke.mock.calls).toEqual([
      ['core', 'shell.openExternal', { url: 'https://evil.example/' }],
    ])
  })

  test('hands over the event and not Electron’s own object, until the page stops listening', () => {
    const heard: unknown[][] = []
    const stop = core.onEvent((...args: unknown[]) => heard.push(args))
    standIn.ipcRenderer.events.emit('core', { sender: 'ipcRenderer' }, { kind: 'sync' })
    stop()
    standIn.ipcRenderer.events.emit('core', { sender: 'ipcRenderer' }, { kind: 'locked' })
    expect(heard).toEqual([[{ kind: 'sync' }]])
  })
})

function startCore(opening?: OpenDesk) {
  const port = new EventEmitter()
  const said: FromCore[] = []
  const listeners: ((event: CoreEvent) => void)[] = []
  const desk = {
    call: (name: string) => Promise.resolve({ ok: true as const, data: name }),
    onEvent: (listener: (event: CoreEvent) => void) => {
      listeners.push(listener)
      return () => undefined
    },
    close: vi.fn(() => Promise.resolve()),
  }
  const open = vi.fn<OpenDesk>(opening ?? (() => Promise.resolve<Desk>(desk)))
  const exit = vi.fn()
  const postMessage = (message: FromCore) => void said.push(message)
  serveCore(Object.assign(port, { postMessage }), open, exit)
  const next = () => vi.waitFor(() => said[0] ?? Promise.reject(new Error('nothing was said')))
  return { send: (message: ToCore) => port.emit('message', { data: message }), next, said, open, exit, desk, listeners }
}

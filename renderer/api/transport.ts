import type { CoreEvent, Reply, Transport } from '../../shared/contract/index.ts'
import { eventsOver } from './event-stream.ts'

/** How this page reaches the core: calls one way, events the other. */
export interface Wire {
  readonly call: Transport
  /** Starts telling; the returned function stops it. */
  readonly listen: (tell: (event: CoreEvent) => void) => () => void
}

/** What Electron's preload puts on the window; see electron/preload.ts. */
interface CoreBridge {
  call(name: string, input: unknown): Promise<Reply>
  onEvent(tell: (event: CoreEvent) => void): (() => void) | void
}

declare global {
  interface Window {
    readonly core?: CoreBridge
  }
}

/** The program behind the page does not answer: it was closed, or its address has changed. Not a Fault of the core. */
export class HostGone extends Error {
  constructor(options?: ErrorOptions) {
    super('the host does not answer', options)
    this.name = 'HostGone'
  }
}

/** The page's pass is missing or no longer good; only opening the desk anew gives another. */
export class PassExpired extends Error {
  constructor() {
    super('this page has no valid pass')
    this.name = 'PassExpired'
  }
}

const TOKEN = 'zgt.token'
const LAUNCH = /^#launch=([\w-]+)$/

/** Settles once, before the first page, which wire there is. Null when the page was opened without a pass. */
export async function connect(): Promise<Wire | null> {
  if (window.core) return overBridge(window.core)
  const token = (await tokenOfLaunch()) ?? sessionStorage.getItem(TOKEN)
  return token === null ? null : overLoopback(token)
}

const overBridge = (core: CoreBridge): Wire => ({
  call: (name, input) => core.call(name, input),
  listen: (tell) => core.onEvent(tell) ?? (() => undefined),
})

/**
 * Exchanges the single-use code of the address for a token.
 *
 * The code leaves the address bar before anything is awaited, so that neither history nor a shared screen shows it.
 */
async function tokenOfLaunch(): Promise<string | null> {
  const code = LAUNCH.exec(window.location.hash)?.[1]
  if (code === undefined) return null
  window.history.replaceState(null, '', window.location.pathname)
  const response = await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  }).catch(() => null)
  if (response === null || !response.ok) return null
  const answer: unknown = await response.json().catch(() => null)
  const token = (answer as { token?: unknown } | null)?.token
  if (typeof token !== 'string') return null
  sessionStorage.setItem(TOKEN, token)
  return token
}

const overLoopback = (token: string): Wire => ({
  call: async (name, input) => {
    const response = await fetch(`/api/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'authorization': `Bearer ${token}` },
      body: JSON.stringify(input ?? null),
    }).catch((cause: unknown) => {
      throw new HostGone({ cause })
    })
    const reply: unknown = await response.json().catch(() => null)
    if (isReply(reply)) return reply
    if (response.status === 401 || response.status === 403) throw new PassExpired()
    throw new HostGone()
  },
  listen: (tell) => eventsOver('/events', token, tell),
})

const isReply = (value: unknown): value is Reply =>
  typeof value === 'object' && value !== null && typeof (value as { ok?: unknown }).ok === 'boolean'

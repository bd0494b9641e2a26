import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as z from 'zod'
import type { CoreEvent, Reply, Transport } from '../../shared/contract/index.ts'
import { Fault, FAULTS, isFaultCode } from '../../shared/errors.ts'
import { isJson, readJson } from './body.ts'
import { answerLaunch, LaunchRequest } from './control.ts'
import { createEventStreams, createStreams, type EventStreams, type Streams } from './events.ts'
import { pathOf, refusalOf } from './guard.ts'
import { createSessions, launchUrl, type Sessions } from './session.ts'
import { SAFE_HEADERS, servePage } from './static.ts'

const BODY_MB = 2
/** Rosters and forms travel whole and in Base64; talks of a table or a sitting, and their draft, are one call however much was said. */
const LARGE_BODY_MB = 64
const LARGE: ReadonlySet<string> = new Set(['roster.open', 'lrmx.open', 'talk.save', 'talk.saveMany', 'draft.save'])
const CLOSE_LIMIT_MS = 2_000

/** What this host needs of a desk. */
export interface Served {
  readonly call: Transport
  onEvent(listener: (event: CoreEvent) => void): () => void
}

export interface LoopbackOptions {
  readonly desk: Served
  /** Folder of the built page. */
  readonly pages: string
  /** 0 takes any free port. */
  readonly port: number
  /** Shared with later starts through a file only this user can read. */
  readonly controlSecret: string
  /** Told what was thrown where nothing should be. */
  readonly report: (cause: unknown) => void
  readonly now?: () => Date
}

export interface Loopback {
  readonly port: number
  /** Where to send a browser: the page with a fresh launch code. */
  launchUrl(): string
  /** Ends the streams, lets running calls finish for a moment, closes the port. */
  close(): Promise<void>
}

interface Host extends LoopbackOptions {
  readonly sessions: Sessions
  readonly events: EventStreams
  /** Later starts that stay as long as this host does. */
  readonly helpers: Streams
  readonly port: number
}

/**
 * Serves a desk and its page on 127.0.0.1.
 *
 * | request | needs | answers |
 * | --- | --- | --- |
 * | `GET /…` | nothing | a file of the page |
 * | `POST /session {code}` | a launch code | `{token}` |
 * | `POST /api/<name>` | the bearer | the Reply |
 * | `GET /events` | the bearer | core events as they happen |
 * | `POST /launch` | the control secret | a new launch code, then a stream that ends with this host |
 *
 * A refusal by this host is a Reply with `not-allowed`, except for a bearer that is not good: those 401s are no Reply,
 * so that a page can tell "open the desk again" from "you may not do that", which only the core says.
 */
export async function startLoopback(options: LoopbackOptions): Promise<Loopback> {
  const sessions = createSessions(options.now ?? (() => new Date()))
  const events = createEventStreams((listener) => options.desk.onEvent(listener))
  const helpers = createStreams('\n')
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 60_000 })
  const port = await listen(server, options.port)
  const host: Host = { ...options, sessions, events, helpers, port }
  server.on('request', (request, response) => {
    route(host, request, response).catch((cause: unknown) => fail(host, response, cause))
  })
  return {
    port,
    launchUrl: () => launchUrl(port, sessions.newCode()),
    close: () => closeServer(server, [events, helpers]),
  }
}

async function route(host: Host, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refusal = refusalOf(request, host.port)
  if (refusal !== null) return send(response, 403, denied(refusal))
  const path = pathOf(request.url)
  if (path === '/session') return post(request, response, () => openSession(host, request, response))
  if (path === '/launch') return post(request, response, () => launchAgain(host, request, response))
  if (path.startsWith('/api/')) return post(request, response, () => callApi(host, request, response))
  if (request.method !== 'GET' && request.method !== 'HEAD') return notThisMethod(response, 'GET, HEAD')
  if (path !== '/events') return servePage(host.pages, request, response)
  if (!host.sessions.accepts(request.headers.authorization)) return notSignedIn(response)
  host.events.open(response)
}

/** Only a POST of JSON gets as far as `answer`. */
async function post(request: IncomingMessage, response: ServerResponse, answer: () => Promise<void>): Promise<void> {
  if (request.method !== 'POST') return notThisMethod(response, 'POST')
  if (!isJson(request)) return send(response, 415, { ok: false, code: 'invalid-input', params: {} })
  return answer()
}

async function openSession(host: Host, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { data } = z.object({ code: z.string() }).safeParse(await readJson(request, BODY_MB))
  const token = data === undefined ? null : host.sessions.exchange(data.code)
  if (token === null) send(response, 403, denied('launch'))
  else send(response, 200, { token })
}

async function launchAgain(host: Host, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { data } = LaunchRequest.safeParse(await readJson(request, BODY_MB))
  const answer = data === undefined ? null : answerLaunch(host.controlSecret, data, () => host.sessions.newCode())
  if (answer === null) send(response, 403, denied('control'))
  else host.helpers.open(response, 'application/x-ndjson', `${JSON.stringify(answer)}\n`)
}

async function callApi(host: Host, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!host.sessions.accepts(request.headers.authorization)) return notSignedIn(response)
  const name = pathOf(request.url).slice('/api/'.length)
  const input = await readJson(request, LARGE.has(name) ? LARGE_BODY_MB : BODY_MB)
  // The bearer may have been withdrawn while a long body was on its way.
  if (!host.sessions.accepts(request.headers.authorization)) return notSignedIn(response)
  const reply = await host.desk.call(name, input)
  send(response, statusOf(reply), reply)
}

function fail(host: Host, response: ServerResponse, cause: unknown): void {
  const fault = cause instanceof Fault ? cause : new Fault('unexpected')
  if (fault !== cause && !response.destroyed) host.report(cause)
  if (response.headersSent) response.destroy()
  else send(response, FAULTS[fault.code].http, { ok: false, code: fault.code, params: { ...fault.params } })
}

const statusOf = (reply: Reply): number => {
  if (reply.ok) return 200
  return isFaultCode(reply.code) ? FAULTS[reply.code].http : 500
}

const denied = (reason: string): Reply => ({ ok: false, code: 'not-allowed', params: { reason } })

function notSignedIn(response: ServerResponse): void {
  response.setHeader('www-authenticate', 'Bearer')
  send(response, 401, { refused: 'session' })
}

function notThisMethod(response: ServerResponse, allow: string): void {
  response.setHeader('allow', allow)
  send(response, 405, denied('method'))
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const type = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }
  response.writeHead(status, { ...SAFE_HEADERS, ...type }).end(JSON.stringify(body))
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

async function closeServer(server: Server, streams: readonly { close(): void }[]): Promise<void> {
  for (const kind of streams) kind.close()
  const impatience = setTimeout(() => server.closeAllConnections(), CLOSE_LIMIT_MS)
  await new Promise((resolve) => server.close(resolve))
  clearTimeout(impatience)
}

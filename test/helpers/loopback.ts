import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { startLoopback, type Loopback, type LoopbackOptions } from '../../server/http/loopback.ts'
import type { CoreEvent, Reply } from '../../shared/contract/index.ts'

/** A host on a real port over a desk that repeats what it is asked, so that only the host is under test. */
export interface TestHost {
  readonly host: Loopback
  readonly url: string
  readonly pages: string
  readonly controlSecret: string
  /** What reached the desk, in order. */
  readonly asked: { name: string; input: unknown }[]
  /** What the desk answers next; an Error is thrown, as a bug in the core would. */
  answer: Reply | Error
  tell(event: CoreEvent): void
  /** What was thrown where nothing should be. */
  readonly reported: unknown[]
  /** Moves the host's clock. */
  wait(milliseconds: number): void
}

const PAGE =
  '<!doctype html><meta property="csp-nonce" content="" /><script type="module" src="./assets/a-1.js"></script>'
const CONTROL_SECRET = 'control-secret-of-the-test-host-0123456789'

export async function startTestHost(options: Partial<LoopbackOptions> = {}): Promise<TestHost> {
  const pages = pageFolder()
  const listeners = new Set<(event: CoreEvent) => void>()
  let clock = Date.parse('2026-11-20T08:00:00+08:00')
  const started = {
    pages,
    controlSecret: CONTROL_SECRET,
    asked: [] as TestHost['asked'],
    answer: { ok: true, data: {} } as Reply | Error,
    reported: [] as unknown[],
    tell: (event: CoreEvent) => listeners.forEach((listener) => listener(event)),
    wait: (milliseconds: number) => void (clock += milliseconds),
  }
  const host = await startLoopback({
    desk: {
      call: (name, input) => {
        started.asked.push({ name, input })
        return started.answer instanceof Error ? Promise.reject(started.answer) : Promise.resolve(started.answer)
      },
      onEvent: (listener) => {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    },
    pages,
    port: 0,
    controlSecret: CONTROL_SECRET,
    report: (cause) => started.reported.push(cause),
    now: () => new Date(clock),
    ...options,
  })
  onTestFinished(() => host.close())
  return Object.assign(started, { host, url: `http://127.0.0.1:${host.port}` })
}

function pageFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'zgt-pages-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const pages = join(folder, 'renderer')
  mkdirSync(join(pages, 'assets'), { recursive: true })
  writeFileSync(join(pages, 'index.html'), PAGE)
  writeFileSync(join(pages, 'assets/a-1.js'), 'export {}')
  writeFileSync(join(pages, 'notes.txt'), 'not a part of the page')
  writeFileSync(join(folder, 'secret.html'), 'outside of the page')
  return pages
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

interface Asked {
  readonly method?: string
  readonly headers?: OutgoingHttpHeaders
  readonly body?: string | Buffer
}

/** A request exactly as written: unlike fetch, it may name any Host and any path. */
export function ask(url: string, path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(url)
    const request = httpRequest({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      )
    })
    request.on('error', reject)
    request.end(body)
  })
}

/** A POST of JSON; `headers` may take away or change what a page would send. */
export const post = (url: string, path: string, body: unknown, headers: OutgoingHttpHeaders = {}): Promise<Answer> =>
  ask(url, path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

export const codeOf = (launchUrl: string): string => new URL(launchUrl).hash.slice('#launch='.length)

/** The header of a page that has exchanged a fresh launch code. */
export async function signIn({ host, url }: Pick<TestHost, 'host' | 'url'>): Promise<{ authorization: string }> {
  const answer = await post(url, '/session', { code: codeOf(host.launchUrl()) })
  return { authorization: `Bearer ${(JSON.parse(answer.text) as { token: string }).token}` }
}

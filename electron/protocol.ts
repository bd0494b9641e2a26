import { randomBytes } from 'node:crypto'
import { readFile, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { protocol, type Session } from 'electron'
import { contentSecurityPolicy, withNonce } from '../shared/csp.ts'
import { pageFile } from '../shared/page-file.ts'
import { isOurs, SCHEME } from './ours.ts'

/** Makes `app:` a scheme with an origin, like https. Only possible before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Serves the built page under `root` as app://bundle, and refuses `file:`, which knows no policy and no walls. */
export function servePages(session: Session, root: string): void {
  session.protocol.handle(SCHEME, (request) => pageResponse(root, request))
  session.protocol.handle('file', () => new Response(null, { status: 403 }))
}

async function pageResponse(root: string, { method, url }: Request): Promise<Response> {
  const nonce = randomBytes(16).toString('base64')
  const headers = { 'content-security-policy': contentSecurityPolicy(nonce), 'x-content-type-options': 'nosniff' }
  const file = method === 'GET' && isOurs(url) ? pageFile(new URL(url).pathname) : null
  const content = file === null ? null : await contained(root, file.path)
  if (file === null || content === null) return new Response(null, { status: 404, headers })
  // No `cache-control`: Chromium keeps nothing of a scheme of one's own.
  const body = file.path.endsWith('.html') ? withNonce(content.toString('utf8'), nonce) : new Uint8Array(content)
  return new Response(body, { headers: { ...headers, 'content-type': file.type } })
}

/** The file's bytes, or null when it is not there or a link leads out of the folder. */
async function contained(root: string, path: string): Promise<Buffer | null> {
  try {
    const file = await realpath(join(root, path))
    return file.startsWith((await realpath(root)) + sep) ? await readFile(file) : null
  } catch {
    return null
  }
}

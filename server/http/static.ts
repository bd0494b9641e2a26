import { randomBytes } from 'node:crypto'
import { readFile, realpath } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join, sep } from 'node:path'
import { contentSecurityPolicy, withNonce } from '../../shared/csp.ts'
import { pageFile } from '../../shared/page-file.ts'
import { pathOf } from './guard.ts'

/** On every answer of the host, whatever it is. */
export const SAFE_HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
} as const

const KEEP_FOR_EVER = 'public, max-age=31536000, immutable'

/** Answers with a file of the built page under `root`; each answer has a policy and a nonce of its own. */
export async function servePage(root: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const file = pageFile(pathOf(request.url))
  const content = file === null ? null : await contained(root, file.path)
  const nonce = randomBytes(16).toString('base64')
  const headers = { ...SAFE_HEADERS, 'content-security-policy': contentSecurityPolicy(nonce) }
  if (file === null || content === null) {
    response.writeHead(404, { ...headers, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
    response.end(request.method === 'HEAD' ? undefined : 'Not found\n')
    return
  }
  const body = file.path.endsWith('.html') ? withNonce(content.toString('utf8'), nonce) : content
  response.writeHead(200, {
    ...headers,
    'content-type': file.type,
    'content-length': Buffer.byteLength(body),
    'cache-control': file.immutable ? KEEP_FOR_EVER : 'no-store',
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

/** The file's bytes, or null when it is not there or a link leads out of the folder. */
async function contained(root: string, path: string): Promise<Buffer | null> {
  try {
    const file = await realpath(join(root, path))
    return file.startsWith((await realpath(root)) + sep) ? await readFile(file) : null
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes((cause as NodeJS.ErrnoException).code ?? '')) return null
    throw cause
  }
}

import { randomBytes } from 'node:crypto'
import { readFile, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { contentSecurityPolicy, withNonce } from '../../shared/csp.ts'
import { pageFile } from '../../shared/page-file.ts'
import { Refused } from './problem.ts'

const KEEP_FOR_EVER = 'public, max-age=31536000, immutable'

/** The console's page and files under /console/, each answer with a policy of its own. `pages` is the built folder. */
export function pageRoutes(app: FastifyInstance, pages: string): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('content-security-policy', contentSecurityPolicy(nonce()))
    done()
  })
  for (const path of ['/', '/console']) {
    app.get(path, { schema: { hide: true } }, (_request, reply) => reply.redirect('/console/'))
  }
  app.get('/console/*', { schema: { hide: true } }, (request, reply) => {
    const path = (request.url.split('?', 1)[0] ?? '').slice('/console'.length)
    return sendFile(reply, pages, path === '/' ? '/console.html' : path)
  })
}

const nonce = (): string => randomBytes(16).toString('base64')

async function sendFile(reply: FastifyReply, pages: string, path: string): Promise<FastifyReply> {
  const file = pageFile(path)
  const content = file === null ? null : await contained(pages, file.path)
  if (file === null || content === null) throw new Refused('not-found')
  reply.type(file.type).header('cache-control', file.immutable ? KEEP_FOR_EVER : 'no-store')
  if (!file.path.endsWith('.html')) return reply.send(content)
  const own = nonce()
  return reply
    .header('content-security-policy', contentSecurityPolicy(own))
    .send(withNonce(content.toString('utf8'), own))
}

/** The file's bytes, or null when it is not there or a link leads out of the folder. */
async function contained(pages: string, path: string): Promise<Buffer | null> {
  try {
    const file = await realpath(join(pages, path))
    return file.startsWith((await realpath(pages)) + sep) ? await readFile(file) : null
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes((cause as NodeJS.ErrnoException).code ?? '')) return null
    throw cause
  }
}

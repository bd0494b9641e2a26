import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { withoutWords } from './log.ts'
import { refusalProblem, Refused, type RefusalCode } from './problem.ts'

const PROBLEM = 'application/problem+json; charset=utf-8'
const DATABASE_RETRY_SECONDS = 30
/** No request but a push is longer. */
const JSON_BYTES = 64_000
const unzip = promisify(gunzip)

/** Reads JSON bodies, packed or not; a desk packs whatever it sends. */
export function acceptJson(app: FastifyInstance): void {
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: JSON_BYTES },
    async (request: FastifyRequest, body: Buffer) => {
      try {
        const packed = request.headers['content-encoding'] === 'gzip'
        const bytes = packed ? await unzip(body, { maxOutputLength: JSON_BYTES }) : body
        return JSON.parse(bytes.toString('utf8')) as unknown
      } catch (cause) {
        throw new Refused('malformed', { reason: 'json' }, { cause })
      }
    },
  )
}

/** Every failure becomes a problem (RFC 9457); what nobody expected is logged once and says only its number. */
export function answerWithProblems(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, new Refused('not-found')))
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refused = asRefused(error)
    if (refused.code === 'unexpected')
      request.log.error({ error: withoutWords(error), route: routeOf(request) }, 'unexpected')
    if (refused.code === 'busy') request.log.warn({ cause: withoutWords(refused.cause ?? refused).code }, 'busy')
    return sendProblem(request, reply, refused)
  })
}

function sendProblem(request: FastifyRequest, reply: FastifyReply, { code, members, retryAfter }: Refused) {
  const problem = refusalProblem(code, members, request.id)
  if (retryAfter !== null) reply.header('retry-after', String(retryAfter))
  // Through JSON here: the route's own response schema is about its successes.
  return reply.code(problem.status).type(PROBLEM).serializer(String).send(JSON.stringify(problem))
}

export const routeOf = (request: FastifyRequest): string => request.routeOptions.url ?? 'none'

function asRefused(error: FastifyError): Refused {
  if (error instanceof Refused) return error
  if (isDatabaseAway(error)) return new Refused('busy', {}, { cause: error, retryAfter: DATABASE_RETRY_SECONDS })
  return new Refused(codeOfStatus(error), {}, { cause: error })
}

function codeOfStatus({ statusCode = 500 }: FastifyError): RefusalCode {
  if (statusCode === 413) return 'too-large'
  if (statusCode === 429) return 'too-many-attempts'
  return statusCode >= 400 && statusCode < 500 ? 'malformed' : 'unexpected'
}

/** Codes of PostgreSQL and of the socket that mean: not now. 55P03 lock timeout, 40… retry, 53… resources, 57P… shutdown. */
const AWAY = /^(55P03|40001|40P01|53\d\d\d|57P0\d|08\w{3}|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT)$/
const AWAY_WORDS = [
  'timeout exceeded when trying to connect',
  'Connection terminated unexpectedly',
  'Connection terminated',
]

function isDatabaseAway(error: FastifyError): boolean {
  if (typeof error.code === 'string' && AWAY.test(error.code)) return true
  return AWAY_WORDS.some((words) => error.message.startsWith(words))
}

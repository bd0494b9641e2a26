import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { EnrolReply, EnrolRequest, MAX_BATCH_BYTES, NDJSON, Problem } from '../../shared/sync/protocol.ts'
import type { CityIdentity } from './city-key.ts'
import { enrol } from './enrol.ts'
import { push, type Answered, type PushDeps } from './push.ts'
import { createTurns } from './turns.ts'

/** Pushes of one township that may wait for each other, and of all together. */
const WAITING = { perScope: 16, altogether: 400 }
const ENROL_PER_MINUTE = 60

export interface SyncDeps extends PushDeps {
  readonly identity: CityIdentity
  /** Called after the commit and before the reply; tests cut the connection here. */
  readonly afterCommit?: (answered: Answered) => void | Promise<void>
}

/** POST /v1/enrol and POST /v1/sync/push. */
export function syncRoutes(app: FastifyInstance, deps: SyncDeps): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    '/v1/enrol',
    {
      config: { rateLimit: { max: ENROL_PER_MINUTE, timeWindow: '1 minute' } },
      schema: {
        summary: '设备登记 (one-time code)',
        body: EnrolRequest,
        response: { 200: EnrolReply, '4xx': Problem.describe('RFC 9457 problem') },
      },
    },
    (request) => enrol(deps.db, deps.identity, request.body, deps.now()),
  )
  app.register(async (scoped) => pushRoute(scoped, deps))
}

function pushRoute(app: FastifyInstance, deps: SyncDeps): void {
  const inTurn = createTurns(WAITING.perScope, WAITING.altogether)
  // The bytes as they came: the signature is over them, whatever the sender calls their type.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BATCH_BYTES }, (_request, body, done) =>
    done(null, body),
  )
  app.withTypeProvider<ZodTypeProvider>().post(
    '/v1/sync/push',
    {
      validatorCompiler: () => (value: unknown) => ({ value }),
      serializerCompiler: () => String,
      schema: {
        summary: '报送 (NDJSON: PushHeader, OpLine…, SignatureLine)',
        description: 'Content-Encoding: gzip is welcome. At most 500 ops and 2 MB unpacked; 256 KB for one op.',
        consumes: [NDJSON],
        body: z.string(),
        response: {
          200: { description: 'ReplyHeader, Verdict…, SignatureLine', content: { [NDJSON]: { schema: z.string() } } },
          '4xx': { description: 'Refusal', content: { 'application/problem+json': { schema: Problem } } },
          503: { description: 'Busy, see Retry-After', content: { 'application/problem+json': { schema: Problem } } },
        },
      },
    },
    async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const answered = await push({ ...deps, inTurn }, body, request.headers['content-encoding'])
      await deps.afterCommit?.(answered)
      request.log.info({ scope: answered.scope, device: answered.device, ops: answered.ops }, 'push')
      return reply.type(NDJSON).send(answered.reply as never)
    },
  )
}

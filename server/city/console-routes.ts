import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { CONSOLE_PATHS, ConsoleAccount, SignInRequest, Townships, TownshipsQuery } from '../../shared/contract/city.ts'
import { Problem } from '../../shared/sync/protocol.ts'
import { guardConsole } from './console-access.ts'
import { createFigures } from './figures.ts'
import { Refused } from './problem.ts'
import type { Db } from './schema.ts'
import { createSessions, SESSION_SECONDS } from './session.ts'
import { townshipsBelow } from './townships.ts'

const COOKIE = 'zgt_session'
const SIGN_INS_PER_MINUTE = 30

export interface ConsoleDeps {
  readonly db: Db
  readonly now: () => Date
  /** True behind TLS: the cookie then never travels in the clear. */
  readonly secure: boolean
}

/** The console's own API: an account sees the subtree of its node, of that what its role needs, and nothing else. */
export function consoleRoutes(app: FastifyInstance, { db, now, secure }: ConsoleDeps): void {
  const sessions = createSessions(db, now)
  const figures = createFigures(db)
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const refusals = { '4xx': Problem.describe('RFC 9457 problem') }
  app.addHook('onRequest', refuseForeign)
  app.addHook('onRequest', keepNothing)
  const asking = guardConsole(app, (request) => sessions.accountOf(tokenOf(request)))

  routes.post(
    CONSOLE_PATHS.signIn,
    {
      config: { rateLimit: { max: SIGN_INS_PER_MINUTE, timeWindow: '1 minute' } },
      schema: { summary: '登录', body: SignInRequest, response: { 200: ConsoleAccount, ...refusals } },
    },
    async (request, reply) => {
      const { token, account } = await sessions.signIn(request.body)
      setCookie(reply, token, SESSION_SECONDS, secure)
      return account
    },
  )
  routes.post(
    CONSOLE_PATHS.signOut,
    { schema: { summary: '退出', response: { 204: z.undefined(), ...refusals } } },
    async (request, reply) => {
      await sessions.signOut(tokenOf(request))
      setCookie(reply, '', 0, secure)
      return reply.code(204).send()
    },
  )
  routes.get(
    CONSOLE_PATHS.me,
    { schema: { summary: '当前账号', response: { 200: ConsoleAccount, ...refusals } } },
    async (request) => asking(request),
  )
  routes.get(
    CONSOLE_PATHS.townships,
    { schema: { summary: '所辖镇街', querystring: TownshipsQuery, response: { 200: Townships, ...refusals } } },
    async (request) => {
      const { node, sees } = asking(request)
      return townshipsBelow(db, figures, { node: node.code, sees, now: now(), year: request.query.year })
    },
  )
}

/** A page of another site may send requests with our cookie; its browser says where it is from. */
function refuseForeign(request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void {
  const { origin } = request.headers
  const foreign = request.method !== 'GET' && origin !== undefined && !isOwn(origin, request.host)
  done(foreign ? new Refused('foreign-origin') : undefined)
}

const isOwn = (origin: string, host: string): boolean => URL.canParse(origin) && new URL(origin).host === host

/** Offices share PCs: what one account saw must not lie in the browser for the next. */
function keepNothing(_request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  reply.header('cache-control', 'no-store')
  done()
}

function setCookie(reply: FastifyReply, token: string, seconds: number, secure: boolean): void {
  const parts = [`${COOKIE}=${token}`, 'Path=/v1/console', 'HttpOnly', 'SameSite=Strict', `Max-Age=${seconds}`]
  reply.header('set-cookie', [...parts, ...(secure ? ['Secure'] : [])].join('; '))
}

function tokenOf(request: FastifyRequest): string | null {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim())
  const found = pairs.find((pair) => pair.startsWith(`${COOKIE}=`))
  return found === undefined ? null : found.slice(COOKIE.length + 1)
}

import { mkdirSync, readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import { fastify, LogController, type FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { Register } from '../../shared/domain/register.ts'
import { registerNamed } from '../../shared/domain/registers.ts'
import { cityIdentity } from './city-key.ts'
import { consoleRoutes } from './console-routes.ts'
import { acceptJson, answerWithProblems, routeOf } from './http.ts'
import { createLog, withoutWords, type Logger } from './log.ts'
import { openDatabase, type Database } from './open.ts'
import { describeApi } from './openapi.ts'
import { pageRoutes } from './page-routes.ts'
import type { Answered } from './push.ts'
import { syncRoutes } from './sync-routes.ts'

export interface CityOptions {
  /** Holds the city's key. The caller owns it (see data-lock). */
  readonly dataDir: string
  readonly databaseUrl: string
  /** Default 127.0.0.1 and any free port. */
  readonly host?: string
  readonly port?: number
  readonly tls?: { readonly cert: string; readonly key: string }
  /** A proxy in front ends TLS and tells the caller's address. */
  readonly behindProxy?: boolean
  /** Folder of the built pages; default: that of this installation. */
  readonly pages?: string
  readonly now?: () => Date
  readonly log?: Logger
  readonly registerNamed?: (name: string) => Register | undefined
  readonly afterCommit?: (answered: Answered) => void | Promise<void>
}

export interface City {
  readonly app: FastifyInstance
  readonly url: string
  readonly database: Database
  close(): Promise<void>
}

/** Opens the database, brings it up to date, and listens. Closing lets running answers out first. */
export async function createCity(options: CityOptions): Promise<City> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 })
  const log = options.log ?? createLog('warn')
  const database = await openDatabase(options.databaseUrl, (cause) =>
    log.warn({ error: withoutWords(cause) }, 'connection lost'),
  )
  try {
    const app = await buildApp(options, log, database)
    await app.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 })
    const close = async () => {
      await app.close()
      await database.close()
    }
    return { app, url: urlOf(app, options), database, close }
  } catch (cause) {
    await database.close()
    throw cause
  }
}

function urlOf(app: FastifyInstance, options: CityOptions): string {
  const { address, family, port } = app.server.address() as AddressInfo
  const host = family === 'IPv6' ? `[${address}]` : address
  return `${options.tls ? 'https' : 'http'}://${host}:${port}`
}

async function buildApp(options: CityOptions, log: Logger, database: Database): Promise<FastifyInstance> {
  const identity = await cityIdentity(database.db, options.dataDir)
  const secure = options.tls !== undefined || options.behindProxy === true
  const deps = {
    db: database.db,
    identity,
    key: identity.privateKey,
    now: options.now ?? (() => new Date()),
    registerNamed: options.registerNamed ?? registerNamed,
    secure,
    ...(options.afterCommit ? { afterCommit: options.afterCommit } : {}),
  }
  const app = fastify({
    loggerInstance: log as never,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: options.behindProxy ?? false,
    ...(options.tls ? { https: options.tls } : {}),
  }) as unknown as FastifyInstance
  acceptJson(app)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  answerWithProblems(app)
  logAnswers(app)
  // The policy is ours, with a nonce for each answer; HSTS only where there is TLS.
  await app.register(helmet, { contentSecurityPolicy: false, frameguard: { action: 'deny' }, hsts: secure })
  await app.register(rateLimit, { global: false })
  await describeApi(app, productVersion())
  pageRoutes(app, options.pages ?? BUILT_PAGES)
  syncRoutes(app, deps)
  app.register(async (scoped) => consoleRoutes(scoped, deps))
  await app.ready()
  return app
}

const BUILT_PAGES = fileURLToPath(new URL('../../dist/renderer', import.meta.url))

/** The product's version, as package.json has it. */
function productVersion(): string {
  const file = new URL('../../package.json', import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}

/** One line an answer, by route: an address in the path may name a person one day. */
function logAnswers(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    const took = Math.round(reply.elapsedTime)
    request.log.info(
      { method: request.method, route: routeOf(request), status: reply.statusCode, ms: took },
      'answered',
    )
    done()
  })
}

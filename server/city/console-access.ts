import type { FastifyInstance, FastifyRequest } from 'fastify'
import { CONSOLE_PATHS, type ConsoleAccount, type ConsolePart } from '../../shared/contract/city.ts'
import type { Role } from '../../shared/permissions.ts'
import { Refused } from './problem.ts'

/**
 * What each role is given of the townships at or below its node: no more than its work asks for.
 *
 * 领导查阅 reads figures, and how fresh they are. The 系统管理员 looks after machines and reads no figure about people. The
 * 组织委员 also holds the machines, as on the desk, because small offices have no 系统管理员. For the 安全管理员 and the
 * 安全审计员 the console has nothing yet: their registers (roles, audit) are kept on the city's own machine.
 */
export const SEES: Readonly<Record<Role, readonly ConsolePart[]>> = {
  operator: ['contact', 'work', 'coverage'],
  orgCommissioner: ['contact', 'work', 'device', 'coverage'],
  viewer: ['contact', 'coverage'],
  sysAdmin: ['contact', 'device'],
  secAdmin: [],
  secAuditor: [],
}

type Endpoint = keyof typeof CONSOLE_PATHS

/** Who may ask: anyone, whoever is signed in, or whoever sees at least one of the parts. A missing line does not compile. */
export const ASKS: Readonly<Record<Endpoint, 'anyone' | 'signed-in' | readonly ConsolePart[]>> = {
  signIn: 'anyone',
  signOut: 'anyone',
  me: 'signed-in',
  townships: ['contact', 'work', 'device', 'coverage'],
}

const ENDPOINTS = new Map(Object.entries(CONSOLE_PATHS).map(([name, path]) => [path as string, name as Endpoint]))

/**
 * Asks {@link ASKS} before any route of `app` looks at its request, and tells a route who is asking.
 *
 * A route whose path is not in the table cannot be registered: forgetting the line must not open the door.
 */
export function guardConsole(
  app: FastifyInstance,
  accountOf: (request: FastifyRequest) => Promise<ConsoleAccount>,
): (request: FastifyRequest) => ConsoleAccount {
  const accounts = new WeakMap<FastifyRequest, ConsoleAccount>()
  app.addHook('onRoute', ({ url }) => {
    if (!ENDPOINTS.has(url)) throw new Error(`${url} has no line in ASKS`)
  })
  app.addHook('onRequest', async (request) => {
    const endpoint = ENDPOINTS.get(request.routeOptions.url ?? '')
    if (endpoint === undefined) throw new Refused('not-found')
    const who = ASKS[endpoint]
    if (who === 'anyone') return
    const account = await accountOf(request)
    if (who !== 'signed-in' && !who.some((part) => account.sees.includes(part))) throw new Refused('not-allowed')
    accounts.set(request, account)
  })
  return (request) => {
    const account = accounts.get(request)
    if (account === undefined) throw new Refused('not-signed-in')
    return account
  }
}

import type * as z from 'zod'
import { CONSOLE_PATHS, ConsoleAccount, Townships, type SignInRequest } from '../../shared/contract/city.ts'
import { Problem, problemCode } from '../../shared/sync/protocol.ts'

/** What the city refused, by the last part of its problem type. `unreachable` when nobody answered. */
export class CityProblem extends Error {
  readonly code: string
  constructor(code: string, options?: ErrorOptions) {
    super(code, options)
    this.name = 'CityProblem'
    this.code = code
  }
}

const JSON_TYPE = { 'content-type': 'application/json' } as const

/** The session is a cookie of the city's own; nothing of it is known or kept here. */
async function ask(path: string, init: RequestInit = {}): Promise<unknown> {
  const response = await fetch(path, { ...init, credentials: 'same-origin' }).catch((cause: unknown) => {
    throw new CityProblem('unreachable', { cause })
  })
  if (response.status === 204) return null
  const body: unknown = await response.json().catch(() => null)
  if (response.ok) return body
  const problem = Problem.safeParse(body)
  throw new CityProblem(problem.success ? problemCode(problem.data.type) : 'other')
}

const answer = async <S extends z.ZodType>(schema: S, asked: Promise<unknown>): Promise<z.output<S>> =>
  schema.parse(await asked)

export const signIn = (request: SignInRequest): Promise<ConsoleAccount> =>
  answer(
    ConsoleAccount,
    ask(CONSOLE_PATHS.signIn, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(request) }),
  )

export const signOut = (): Promise<unknown> => ask(CONSOLE_PATHS.signOut, { method: 'POST' })

export const me = (): Promise<ConsoleAccount> => answer(ConsoleAccount, ask(CONSOLE_PATHS.me))

export const townshipsOf = (year: number | null): Promise<Townships> =>
  answer(Townships, ask(year === null ? CONSOLE_PATHS.townships : `${CONSOLE_PATHS.townships}?year=${year}`))

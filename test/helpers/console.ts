import { CONSOLE_PATHS, ConsoleAccount, Townships } from '../../shared/contract/city.ts'
import type { Role } from '../../shared/permissions.ts'
import { addUser } from '../../server/city/admin.ts'
import type { TestCity } from './city.ts'
import { heard, type Heard } from './device.ts'

export const PASSWORD = 'correct horse battery'

/** A browser reduced to its cookie. */
export interface TestConsole {
  get(path: string): Promise<Heard>
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Heard>
  me(): Promise<ConsoleAccount>
  townships(query?: string): Promise<Townships>
}

export function openConsole(city: { url: string }): TestConsole {
  let cookie = ''
  const ask = async (path: string, init: RequestInit) => {
    const response = await fetch(`${city.url}${path}`, {
      ...init,
      headers: { ...(init.headers as Record<string, string>), cookie },
    })
    const set = response.headers.get('set-cookie')
    if (set !== null) cookie = set.split(';', 1)[0] ?? ''
    return heard(response)
  }
  const get = (path: string) => ask(path, {})
  return {
    get,
    post: (path, body, headers = {}) => {
      const json: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
      return ask(path, {
        method: 'POST',
        headers: { ...json, ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
    },
    me: async () => ConsoleAccount.parse(JSON.parse((await get(CONSOLE_PATHS.me)).body)),
    townships: async (query = '') =>
      Townships.parse(JSON.parse((await get(`${CONSOLE_PATHS.townships}${query}`)).body)),
  }
}

/** Opens an account bound to a node and signs it in; without a role, one that sees every part. */
export async function signIn(
  city: TestCity,
  node: string,
  name = `at-${node}`,
  role: Role = 'orgCommissioner',
): Promise<TestConsole> {
  await addUser(city.db, { name, role, node, password: PASSWORD }, new Date())
  const browser = openConsole(city)
  const answer = await browser.post(CONSOLE_PATHS.signIn, { name, password: PASSWORD })
  if (answer.status !== 200) throw new Error(answer.body)
  return browser
}

import { fastify } from 'fastify'
import { beforeAll, describe, expect, test } from 'vitest'
import { ASKS, guardConsole } from '../../server/city/console-access.ts'
import { addUser } from '../../server/city/admin.ts'
import { CONSOLE_PATHS, type ConsoleAccount } from '../../shared/contract/city.ts'
import { ROLES, type Role } from '../../shared/permissions.ts'
import { startCity, type TestCity } from '../helpers/city.ts'
import { openConsole, PASSWORD, signIn, type TestConsole } from '../helpers/console.ts'
import { push, startDevice } from '../helpers/device.ts'

/** Written out again on purpose: the product's own table must not be what it is tested by. */
const ROW = ['code', 'name', 'parent']
const CONTACT = ['lastContact', 'reported']
const WORK = ['attention', 'ops']
const EXPECTED: Readonly<Record<Role, readonly string[] | 'not-allowed'>> = {
  operator: [...ROW, ...CONTACT, ...WORK, 'coverage'],
  orgCommissioner: [...ROW, ...CONTACT, ...WORK, 'device', 'coverage'],
  viewer: [...ROW, ...CONTACT, 'coverage'],
  sysAdmin: [...ROW, ...CONTACT, 'device'],
  secAdmin: 'not-allowed',
  secAuditor: 'not-allowed',
}
const NODES: Readonly<Record<string, readonly string[]>> = {
  371000: ['371002101', '371002102', '371082101'],
  371002: ['371002101', '371002102'],
  371082: ['371082101'],
  371002102: ['371002102'],
}
const UNITS = { '371000': '威海市', '371002': '环翠区', '371082': '荣成市' }
const TOWNSHIPS = { '371002101': '甲街道', '371002102': '乙镇', '371082101': '丙镇' }

let city: TestCity
const devices: Record<string, string> = {}

beforeAll(async () => {
  city = await startCity()
  for (const [code, name] of Object.entries({ ...UNITS, ...TOWNSHIPS })) await city.addUnit(code, name)
  for (const code of Object.keys(TOWNSHIPS)) {
    const device = await startDevice(city, code)
    await push(device, city, {
      from: 3,
      to: 2,
      stats: { pending: 7, oldest: '2026-11-02', attention: 3 },
      app: '1.8.2',
    })
    devices[code] = device.dev
  }
}, 60_000)

const combinations = ROLES.flatMap((role) => Object.keys(NODES).map((node) => [role, node] as const))

describe.each(combinations)('%s at %s', (role, node) => {
  const allowed = EXPECTED[role]
  let asking: TestConsole
  // Once each: the server takes thirty sign-ins a minute from one address.
  beforeAll(async () => {
    asking = await signIn(city, node, `${role}-${node}`, role)
  })

  test('townships: its subtree and the parts of its role, nothing else', async () => {
    const answer = await asking.get(CONSOLE_PATHS.townships)
    if (allowed === 'not-allowed') {
      expect([answer.status, answer.code]).toEqual([403, 'not-allowed'])
    } else {
      const { townships } = JSON.parse(answer.body) as { townships: Record<string, unknown>[] }
      expect(townships.map(({ code }) => code)).toEqual(NODES[node])
      for (const row of townships) expect(Object.keys(row).toSorted()).toEqual([...allowed].toSorted())
    }
    for (const [code, device] of Object.entries(devices)) {
      const mayBe = allowed !== 'not-allowed' && allowed.includes('device') && NODES[node]?.includes(code) === true
      expect(answer.body.includes(device)).toBe(mayBe)
    }
  })

  test('townships: no question widens it', async () => {
    const plain = await asking.get(CONSOLE_PATHS.townships)
    for (const query of ['?node=371000', '?role=orgCommissioner', '?sees=device&sees=work', '?scope=371082101']) {
      const answer = await asking.get(`${CONSOLE_PATHS.townships}${query}`)
      expect([answer.status, JSON.parse(answer.body).townships]).toEqual([
        plain.status,
        JSON.parse(plain.body).townships,
      ])
    }
  })

  test('me: its own name, role, node and parts; then signed out, nothing', async () => {
    const account = await asking.me()
    expect(account).toMatchObject({ name: `${role}-${node}`, role, node: { code: node } })
    const parts = { contact: 'lastContact', work: 'ops', device: 'device', coverage: 'coverage' }
    expect(account.sees.map((part) => parts[part])).toEqual(
      Object.values(parts).filter((field) => allowed !== 'not-allowed' && allowed.includes(field)),
    )
    expect((await asking.post(CONSOLE_PATHS.signOut)).status).toBe(204)
    for (const path of [CONSOLE_PATHS.me, CONSOLE_PATHS.townships]) {
      const answer = await asking.get(path)
      expect([answer.status, answer.code]).toEqual([401, 'not-signed-in'])
    }
  })
})

test('nobody signed in gets nothing but the way to sign in and out', async () => {
  const nobody = openConsole(city)
  for (const path of [CONSOLE_PATHS.me, CONSOLE_PATHS.townships, `${CONSOLE_PATHS.townships}?year=nonsense`])
    expect((await nobody.get(path)).code).toBe('not-signed-in')
  expect((await nobody.post(CONSOLE_PATHS.signIn, { name: 'nobody', password: PASSWORD })).code).toBe('wrong-sign-in')
  expect((await nobody.post(CONSOLE_PATHS.signOut)).status).toBe(204)
})

test('every endpoint of the console has its line, and every line its endpoint', async () => {
  expect(Object.keys(ASKS).toSorted()).toEqual(Object.keys(CONSOLE_PATHS).toSorted())
})

test('a role taken away counts from the next request on, in a session that goes on', async () => {
  const asking = await signIn(city, '371002', 'moving', 'orgCommissioner')
  await city.db.updateTable('account').set({ role: 'viewer' }).where('name', '=', 'moving').execute()
  expect(Object.keys((await asking.townships()).townships[0]!)).not.toContain('device')
  await city.db
    .updateTable('account')
    .set({ role: 'secAuditor', node: '371082' })
    .where('name', '=', 'moving')
    .execute()
  expect((await asking.get(CONSOLE_PATHS.townships)).code).toBe('not-allowed')
})

test('a role nobody knows any more is not signed in', async () => {
  await addUser(city.db, { name: 'old', role: 'king' as Role, node: '371000', password: PASSWORD }, new Date())
  const answer = await openConsole(city).post(CONSOLE_PATHS.signIn, { name: 'old', password: PASSWORD })
  expect(answer.code).toBe('not-signed-in')
})

test('a route without a line cannot be registered, and one asked by an account reaches it as that account', async () => {
  const app = fastify()
  const account = { name: 'x', sees: ['contact'] } as unknown as ConsoleAccount
  const asking = guardConsole(app, () => Promise.resolve(account))
  expect(() => app.get('/v1/console/cadres', () => 'names')).toThrow(/no line in ASKS/)
  app.get(CONSOLE_PATHS.townships, (request) => asking(request).name)
  expect((await app.inject(CONSOLE_PATHS.townships)).body).toBe('x')
  await app.close()
})

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CONSOLE_PATHS } from '../../shared/contract/city.ts'
import { addUser } from '../../server/city/admin.ts'
import { startCity, temporaryFolder, type TestCity } from '../helpers/city.ts'
import { openConsole, PASSWORD, signIn } from '../helpers/console.ts'
import { push, pushFrom, startDevice, write, type TestDevice } from '../helpers/device.ts'

const NOW = new Date('2026-11-20T01:00:00Z')

/** 威海 with two 区市 of one and two townships. */
async function aTree(): Promise<TestCity> {
  const city = await startCity({ now: () => NOW })
  await city.addUnit('371000', '威海市')
  for (const [code, name] of [
    ['371002', '环翠区'],
    ['371082', '荣成市'],
  ] as const)
    await city.addUnit(code, name)
  for (const [code, name] of [
    ['371002101', '甲街道'],
    ['371002102', '乙镇'],
    ['371082101', '丙镇'],
  ] as const)
    await city.addUnit(code, name)
  return city
}

const cadre = (device: TestDevice, parts: object = {}) =>
  write(device, { ent: 'cadre', set: { name: '王某', rollGroup: 'in-post', joinedOn: null, leftOn: null, ...parts } })
    .id
const talk = (device: TestDevice, cadreId: string, parts: object = {}) =>
  write(device, {
    ent: 'talk',
    set: { cadreId, talkType: 'heart-to-heart', format: 'individual', heldOn: '2026-05-04', ...parts },
  })

test('an account sees the townships of its own subtree and no other', async () => {
  const city = await aTree()
  for (const scope of ['371002101', '371082101']) await startDevice(city, scope)
  const seen = async (node: string) => (await (await signIn(city, node)).townships()).townships.map(({ code }) => code)
  expect(await seen('371000')).toEqual(['371002101', '371002102', '371082101'])
  expect(await seen('371002')).toEqual(['371002101', '371002102'])
  expect(await seen('371082')).toEqual(['371082101'])
  expect(await seen('371002102')).toEqual(['371002102'])
})

test('nothing of a township outside the subtree reaches the browser, whatever is asked', async () => {
  const city = await aTree()
  const other = await startDevice(city, '371082101')
  cadre(other)
  await pushFrom(other, city, 3)
  const browser = await signIn(city, '371002')
  for (const query of ['', '?year=2026', '?node=371000', '?node=371082&code=371082101', '?scope=371082101']) {
    const answer = await browser.get(`${CONSOLE_PATHS.townships}${query}`)
    expect(answer.body).not.toMatch(/371082|荣成|丙镇/)
    expect(answer.body).not.toContain(other.dev)
  }
})

test('a township shows its device, its last contact, what the desk reported, and its changes by verdict', async () => {
  const city = await aTree()
  const device = await startDevice(city, '371002101')
  cadre(device)
  const bad = write(device, { ent: 'cadre', set: { birthMonth: 'once' } })
  write(device, { ent: 'talk', set: { cadreId: device.by } })
  await push(device, city, { from: 3, stats: { pending: 7, oldest: '2026-11-02', attention: 1 }, app: '1.8.2' })
  const browser = await signIn(city, '371002')
  const [first, second] = (await browser.townships()).townships
  expect(first).toMatchObject({
    code: '371002101',
    name: '甲街道',
    parent: { code: '371002', name: '环翠区' },
    lastContact: '2026-11-20T09:00:00+08:00',
    device: { id: device.dev, state: 'active', appVersion: '1.8.2' },
    reported: { pending: 7, oldest: '2026-11-02' },
    attention: 1,
    ops: { applied: 3, merged: 0, conflict: 0, held: 1, rejected: 1 },
  })
  expect(second).toMatchObject({
    code: '371002102',
    lastContact: null,
    device: null,
    reported: null,
    ops: { applied: 0 },
  })
  write(device, { ent: 'cadre', id: bad.id, k: 'supersede', of: bad.seq, set: { name: '王某' } })
  await pushFrom(device, city, device.lines.length)
  expect((await browser.townships()).townships[0]?.ops).toMatchObject({ applied: 4, rejected: 0 })
})

test('W18-1 coverage is counted from the records by the township’s own dated settings', async () => {
  const city = await aTree()
  const device = await startDevice(city, '371002101')
  const [talked, missed, left, village, gone] = [
    cadre(device),
    cadre(device),
    cadre(device, { leftOn: '2026-03-01' }),
    cadre(device, { rollGroup: 'village' }),
    cadre(device),
  ]
  write(device, { ent: 'cadre', k: 'void', id: gone, after: device.lines.length, why: '重复' })
  talk(device, talked)
  talk(device, missed, { heldOn: '2025-12-31' })
  talk(device, missed, { talkType: 'reminder' })
  talk(device, left)
  talk(device, village)
  await pushFrom(device, city, 3)
  const browser = await signIn(city, '371002')
  const coverage = async (query = '') => (await browser.townships(query)).townships[0]?.coverage
  expect(await coverage()).toEqual({
    year: 2026,
    asOf: '2026-11-20',
    onRoll: 2,
    talked: 1,
    rate: 0.5,
    basis: {
      rollGroups: { value: ['in-post', 'staffed-away'], since: null, basis: null },
      talkTypes: { value: ['heart-to-heart'], since: null, basis: null },
      talkFormats: { value: ['individual'], since: null, basis: null },
    },
  })
  expect(await coverage('?year=2025')).toMatchObject({ year: 2025, asOf: '2025-12-31', onRoll: 3, talked: 1 })
  const set = {
    key: 'countable-roll-groups',
    value: ['in-post', 'village'],
    since: '2026-06-01',
    basis: '某办〔2026〕1号',
  }
  write(device, { ent: 'setting', set })
  await pushFrom(device, city, device.lines.length)
  expect(await coverage()).toMatchObject({
    onRoll: 3,
    talked: 2,
    basis: { rollGroups: { value: set.value, since: set.since, basis: set.basis } },
  })
  expect(await coverage('?year=2025')).toMatchObject({ onRoll: 3, talked: 1, basis: { rollGroups: { since: null } } })
})

test('a township without anybody on the roll has no rate', async () => {
  const city = await aTree()
  const { townships } = await (await signIn(city, '371082')).townships()
  expect(townships[0]?.coverage).toMatchObject({ onRoll: 0, talked: 0, rate: null })
})

test('the session is a cookie no script can read; without it, or after sign-out, nobody is signed in', async () => {
  const city = await aTree()
  await addUser(city.db, { name: 'boss', role: 'viewer', node: '371000', password: PASSWORD }, NOW)
  const browser = openConsole(city)
  expect((await browser.get(CONSOLE_PATHS.me)).code).toBe('not-signed-in')
  const answer = await browser.post(CONSOLE_PATHS.signIn, { name: 'boss', password: PASSWORD })
  expect(answer.headers.get('set-cookie')).toMatch(
    /^zgt_session=\S{43}; Path=\/v1\/console; HttpOnly; SameSite=Strict; Max-Age=43200$/,
  )
  expect(await browser.me()).toEqual({
    name: 'boss',
    role: 'viewer',
    sees: ['contact', 'coverage'],
    node: { code: '371000', name: '威海市', kind: 'city' },
  })
  expect((await browser.post(CONSOLE_PATHS.signOut)).status).toBe(204)
  expect((await browser.get(CONSOLE_PATHS.townships)).code).toBe('not-signed-in')
  expect(await city.db.selectFrom('session').selectAll().execute()).toEqual([])
})

test('no answer stays in the browser for the next person at that PC', async () => {
  const city = await aTree()
  const browser = await signIn(city, '371000')
  for (const path of [CONSOLE_PATHS.me, CONSOLE_PATHS.townships, `${CONSOLE_PATHS.townships}?year=1`])
    expect((await browser.get(path)).headers.get('cache-control')).toBe('no-store')
  expect((await openConsole(city).get(CONSOLE_PATHS.townships)).headers.get('cache-control')).toBe('no-store')
  expect((await browser.post(CONSOLE_PATHS.signOut)).headers.get('cache-control')).toBe('no-store')
})

test('a stolen look at the database opens no session', async () => {
  const city = await aTree()
  await signIn(city, '371000')
  const [session] = await city.db.selectFrom('session').selectAll().execute()
  const answer = await fetch(`${city.url}${CONSOLE_PATHS.me}`, {
    headers: { cookie: `zgt_session=${session?.token_hash}` },
  })
  expect(answer.status).toBe(401)
})

test('a session ends after twelve hours', async () => {
  let now = NOW
  const city = await startCity({ now: () => now })
  await city.addUnit('371000', '威海市')
  const browser = await signIn(city, '371000')
  now = new Date(NOW.getTime() + 12 * 3_600_000 + 1)
  expect((await browser.get(CONSOLE_PATHS.me)).code).toBe('not-signed-in')
})

test('five wrong passwords in a row close the account for ten minutes, many at once included', async () => {
  let now = NOW
  const city = await startCity({ now: () => now })
  await city.addUnit('371000', '威海市')
  await addUser(city.db, { name: 'boss', role: 'viewer', node: '371000', password: PASSWORD }, NOW)
  const attempt = (password: string, name = 'boss') => openConsole(city).post(CONSOLE_PATHS.signIn, { name, password })
  const wrong = await Promise.all(Array.from({ length: 8 }, () => attempt('wrong')))
  expect(wrong.map(({ code }) => code ?? '').toSorted()).toEqual([
    ...Array(3).fill('too-many-attempts'),
    ...Array(5).fill('wrong-sign-in'),
  ])
  const refused = await attempt(PASSWORD)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '600'])
  expect((await attempt(PASSWORD, 'nobody')).code).toBe('wrong-sign-in')
  now = new Date(NOW.getTime() + 600_000)
  expect((await attempt(PASSWORD)).status).toBe(200)
})

test('a request another site makes with the cookie is refused', async () => {
  const city = await aTree()
  const browser = await signIn(city, '371000')
  const foreign = await browser.post(CONSOLE_PATHS.signOut, undefined, { origin: 'https://example.invalid' })
  expect([foreign.status, foreign.code]).toEqual([403, 'foreign-origin'])
  expect((await browser.post(CONSOLE_PATHS.signOut, undefined, { origin: city.url })).status).toBe(204)
})

test('a new password ends the sessions of the old one', async () => {
  const city = await aTree()
  const browser = await signIn(city, '371000', 'boss')
  await addUser(city.db, { name: 'boss', role: 'viewer', node: '371002', password: 'another password' }, NOW)
  expect((await browser.get(CONSOLE_PATHS.me)).code).toBe('not-signed-in')
})

test('the page comes with a nonce of its own, everything under one strict policy', async () => {
  const pages = temporaryFolder()
  mkdirSync(join(pages, 'assets'))
  writeFileSync(
    join(pages, 'console.html'),
    '<meta property="csp-nonce" content=""><script type="module" src="./assets/console-1.js"></script>',
  )
  writeFileSync(join(pages, 'assets/console-1.js'), 'export {}')
  const city = await startCity({ pages })
  const home = await fetch(city.url, { redirect: 'manual' })
  expect([home.status, home.headers.get('location')]).toEqual([302, '/console/'])
  const nonces = await Promise.all(
    [1, 2].map(async () => {
      const page = await fetch(`${city.url}/console/`)
      const nonce = /content="([^"]+)"/.exec(await page.text())?.[1] ?? ''
      expect(page.headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonce}'`)
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'")
      return nonce
    }),
  )
  expect(nonces[0]).not.toBe(nonces[1])
  const script = await fetch(`${city.url}/console/assets/console-1.js`)
  expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8'])
  for (const path of [
    '/console/../package.json',
    '/console/%2e%2e/package.json',
    '/console/assets/none.js',
    '/nowhere',
  ]) {
    const none = await fetch(`${city.url}${path}`)
    expect([none.status, none.headers.get('content-security-policy')?.startsWith("default-src 'none'")]).toEqual([
      404,
      true,
    ])
  }
})

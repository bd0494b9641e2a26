import { afterAll, beforeAll, expect, test } from 'vitest'
import { startHostProcess, temporaryFolder, type RunningHost } from '../helpers/command-line.ts'
import { codeOf, post } from '../helpers/loopback.ts'

const folder = temporaryFolder()
let host: RunningHost
let call: Awaited<ReturnType<typeof signedIn>>

beforeAll(async () => {
  host = await startHostProcess(['--data', folder.dir, '--demo'])
  call = await signedIn(host.url)
})
afterAll(async () => {
  await stop()
  folder.remove()
})

test('--demo opens signed in to the made-up township, enrolled at a city of its own', async () => {
  expect(await call('session.get')).toMatchObject({ ok: true, data: { demo: true, enrolled: true } })
  const { data } = (await call('cadre.list')) as { data: { total: number } }
  expect(data.total).toBeGreaterThan(0)
})

test('reporting can be tried at once, and everything is stored at that city', async () => {
  expect(await call('sync.run')).toMatchObject({ ok: true, data: { pending: 0, attention: 0 } })
})

test('the next start finds township and city where they were', async () => {
  const before = (await call('sync.status')) as { data: { cityUrl: string; answered: number } }
  expect(await stop()).toEqual({ code: 0, signal: null })
  host = await startHostProcess(['--data', folder.dir, '--demo'])
  call = await signedIn(host.url)
  const { cityUrl, answered } = before.data
  expect(await call('sync.run')).toMatchObject({ ok: true, data: { pending: 0, cityUrl, answered } })
})

async function stop() {
  host.child.kill('SIGTERM')
  return host.ended
}

async function signedIn(url: string): Promise<(name: string) => Promise<unknown>> {
  const { origin } = new URL(url)
  const { token } = JSON.parse((await post(origin, '/session', { code: codeOf(url) })).text) as { token: string }
  const headers = { authorization: `Bearer ${token}` }
  return async (name) => JSON.parse((await post(origin, `/api/${name}`, {}, headers)).text) as unknown
}

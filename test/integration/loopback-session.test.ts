import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { askForLaunch, readControl, writeControl } from '../../server/http/control.ts'
import { ask, codeOf, post, signIn, startTestHost, type TestHost } from '../helpers/loopback.ts'

const denied = (reason: string) => ({ ok: false, code: 'not-allowed', params: { reason } })
const exchange = ({ url }: TestHost, code: unknown) => post(url, '/session', { code })
const callWith = ({ url }: TestHost, headers: { authorization?: string }) => post(url, '/api/desk.status', {}, headers)

describe('the launch code', () => {
  test('is in the fragment of the address, so no request and no log line holds it', async () => {
    const { host, url } = await startTestHost()
    const address = new URL(host.launchUrl())
    expect(address.hash).toMatch(/^#launch=[\w-]{43}$/)
    expect(address.href.replace(address.hash, '')).toBe(`${url}/`)
  })

  test('is exchanged for a bearer of 256 bits', async () => {
    const desk = await startTestHost()
    const answer = await exchange(desk, codeOf(desk.host.launchUrl()))
    expect(answer.status).toBe(200)
    const { token } = JSON.parse(answer.text) as { token: string }
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    expect((await callWith(desk, { authorization: `Bearer ${token}` })).status).toBe(200)
  })

  test.each([
    ['a wrong code', 'x'.repeat(43)],
    ['an empty one', ''],
    ['none', undefined],
    ['a number', 7],
  ])('%s is refused', async (_, code) => {
    const desk = await startTestHost()
    desk.host.launchUrl()
    const answer = await exchange(desk, code)
    expect([answer.status, JSON.parse(answer.text)]).toEqual([403, denied('launch')])
  })

  test('is good for 60 seconds and not for one more', async () => {
    const desk = await startTestHost()
    const [early, late] = [codeOf(desk.host.launchUrl()), codeOf(desk.host.launchUrl())]
    desk.wait(59_000)
    expect((await exchange(desk, early)).status).toBe(200)
    desk.wait(1_000)
    expect((await exchange(desk, late)).status).toBe(403)
  })

  test('is good once; coming back with it also ends the session it gave, since one of the two is a thief', async () => {
    const desk = await startTestHost()
    const other = await signIn(desk)
    const code = codeOf(desk.host.launchUrl())
    const { token } = JSON.parse((await exchange(desk, code)).text) as { token: string }
    expect((await exchange(desk, code)).status).toBe(403)
    expect((await callWith(desk, { authorization: `Bearer ${token}` })).status).toBe(401)
    expect((await callWith(desk, other)).status).toBe(200)
  })

  test('five wrong tries end every code that is out, and a new start gives a good one', async () => {
    const desk = await startTestHost()
    const code = codeOf(desk.host.launchUrl())
    for (let tries = 0; tries < 5; tries++) await exchange(desk, `wrong-${tries}`)
    expect((await exchange(desk, code)).status).toBe(403)
    expect((await exchange(desk, codeOf(desk.host.launchUrl()))).status).toBe(200)
  })
})

describe('the bearer', () => {
  test.each([
    ['nothing', undefined],
    ['no token', 'Bearer '],
    ['a wrong token', `Bearer ${'x'.repeat(43)}`],
    ['another scheme', 'Basic eDp5'],
  ])('with %s no call, no event and no roster gets through', async (_, authorization) => {
    const desk = await startTestHost()
    const headers = authorization === undefined ? {} : { authorization }
    const answers = [
      await callWith(desk, headers),
      await post(desk.url, '/api/roster.open', { fileName: 'a.xlsx', content: 'x'.repeat(3_000_000) }, headers),
      await ask(desk.url, '/events', { headers }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401])
    expect(answers.map(({ text }) => JSON.parse(text) as unknown)).toEqual(answers.map(() => ({ refused: 'session' })))
    expect(desk.asked).toEqual([])
  })

  test('a launch code is no bearer', async () => {
    const desk = await startTestHost()
    const answer = await callWith(desk, { authorization: `Bearer ${codeOf(desk.host.launchUrl())}` })
    expect(answer.status).toBe(401)
  })

  test('of another host on the same PC is worth nothing here', async () => {
    const [one, other] = [await startTestHost(), await startTestHost()]
    expect((await callWith(one, await signIn(other))).status).toBe(401)
  })
})

describe('a second start', () => {
  test('finds the running host by a file for this user only and gets a fresh code', async () => {
    const desk = await startTestHost()
    const dir = temporaryFolder()
    writeControl(dir, { port: desk.host.port, secret: desk.controlSecret })
    if (process.platform !== 'win32') expect(statSync(join(dir, 'loopback.json')).mode & 0o777).toBe(0o600)
    const control = readControl(dir)
    const launch = control === null ? null : await askForLaunch(control)
    expect(launch?.url).toMatch(new RegExp(`^${desk.url}/#launch=`))
    expect((await exchange(desk, codeOf(launch?.url ?? ''))).status).toBe(200)
  })

  test('stays until that host has ended', async () => {
    const desk = await startTestHost()
    const launch = await askForLaunch({ port: desk.host.port, secret: desk.controlSecret })
    let ended = false
    void launch?.ended.then(() => (ended = true))
    await callWith(desk, {})
    expect(ended).toBe(false)
    await desk.host.close()
    await launch?.ended
    expect(ended).toBe(true)
  })

  test('without the secret gets nothing', async () => {
    const desk = await startTestHost()
    expect(await askForLaunch({ port: desk.host.port, secret: 'guessed'.repeat(8) })).toBeNull()
    const answer = await post(desk.url, '/launch', { nonce: 'n'.repeat(43), proof: 'x'.repeat(43) })
    expect([answer.status, JSON.parse(answer.text)]).toEqual([403, denied('control')])
  })

  test('does not send the user to a program that has taken the port, and does not tell it the secret', async () => {
    const bodies: string[] = []
    const impostor = createServer((request, response) => {
      request.on('data', (chunk) => bodies.push(String(chunk)))
      request.on('end', () => response.end(`${JSON.stringify({ code: 'c'.repeat(43), proof: 'p'.repeat(43) })}\n`))
    })
    await new Promise<void>((resolve) => impostor.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void impostor.close())
    const secret = 'the-secret-of-the-host-that-died-0123456789'
    expect(await askForLaunch({ port: (impostor.address() as AddressInfo).port, secret })).toBeNull()
    expect(bodies.join('')).not.toContain(secret)
  })

  test('takes a file that is absent, damaged or left by a host that ended for nobody running', async () => {
    const dir = temporaryFolder()
    expect(readControl(dir)).toBeNull()
    writeControl(dir, { port: 4711 })
    expect(await askForLaunch(readControl(dir) ?? { port: 1 })).toBeNull()
    writeFileSync(join(dir, 'loopback.json'), '{"port":')
    expect(readControl(dir)).toBeNull()
  })

  test('leaves no draft of the file behind and follows no link somebody put in its place', () => {
    const dir = temporaryFolder()
    writeControl(dir, { port: 4711, secret: 's'.repeat(43) })
    writeControl(dir, { port: 4712, secret: 's'.repeat(43) })
    expect(JSON.parse(readFileSync(join(dir, 'loopback.json'), 'utf8'))).toMatchObject({ port: 4712 })
  })
})

function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'zgt-control-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { describe, expect, test } from 'vitest'
import { ask, codeOf, post, signIn, startTestHost } from '../helpers/loopback.ts'

const denied = (reason: string) => ({ ok: false, code: 'not-allowed', params: { reason } })

describe('Host', () => {
  test.each([
    ['the name of another site that resolves to 127.0.0.1', () => 'evil.example'],
    ['such a name with our port', (port: number) => `evil.example:${port}`],
    ['a name made for rebinding', (port: number) => `127.0.0.1.nip.io:${port}`],
    ['localhost', (port: number) => `localhost:${port}`],
    ['our address without the port', () => '127.0.0.1'],
    ['another port of ours', (port: number) => `127.0.0.1:${port + 1}`],
    ['the IPv6 loopback', (port: number) => `[::1]:${port}`],
    ['another spelling of the address', (port: number) => `127.1:${port}`],
    ['our address as a user name', (port: number) => `127.0.0.1:${port}@evil.example`],
    ['our address and more', (port: number) => `127.0.0.1:${port}.evil.example`],
  ])('%s is refused everywhere, even with a good bearer', async (_, hostOf) => {
    const desk = await startTestHost()
    const headers = { ...(await signIn(desk)), host: hostOf(desk.host.port) }
    for (const path of ['/', '/assets/a-1.js', '/events']) {
      expect(await ask(desk.url, path, { headers })).toMatchObject({ status: 403 })
    }
    expect((await post(desk.url, '/api/desk.status', {}, headers)).status).toBe(403)
    expect((await post(desk.url, '/session', { code: codeOf(desk.host.launchUrl()) }, headers)).status).toBe(403)
    expect(desk.asked).toEqual([])
  })

  test('a launch code that came with a wrong Host is not used up', async () => {
    const desk = await startTestHost()
    const code = codeOf(desk.host.launchUrl())
    const refused = await post(desk.url, '/session', { code }, { host: `evil.example:${desk.host.port}` })
    expect(JSON.parse(refused.text)).toEqual(denied('host'))
    expect((await post(desk.url, '/session', { code })).status).toBe(200)
  })

  test('a request that names its target as a proxy would is refused', async () => {
    const desk = await startTestHost()
    const answer = await ask(desk.url, `http://evil.example/`, { headers: { host: `127.0.0.1:${desk.host.port}` } })
    expect([answer.status, JSON.parse(answer.text)]).toEqual([403, denied('target')])
  })

  test('a request that names no Host is refused', async () => {
    const desk = await startTestHost()
    for (const version of ['1.0', '1.1']) {
      expect(await raw(desk.host.port, `GET / HTTP/${version}\r\nConnection: close\r\n\r\n`)).toMatch(
        /^HTTP\/1\.1 40[03] /,
      )
    }
  })

  test('two Host headers are refused, whichever of them is ours', async () => {
    const desk = await startTestHost()
    const ours = `Host: 127.0.0.1:${desk.host.port}`
    for (const lines of [`${ours}\r\nHost: evil.example`, `Host: evil.example\r\n${ours}`]) {
      const answer = await raw(desk.host.port, `GET / HTTP/1.1\r\n${lines}\r\nConnection: close\r\n\r\n`)
      expect(answer).toMatch(/^HTTP\/1\.1 40[03] /)
    }
  })

  test('no other address of this PC answers', async () => {
    const desk = await startTestHost()
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
      .map(({ address }) => address)
    if (process.platform === 'linux') others.push('127.0.0.2')
    for (const address of others) {
      await expect(raw(desk.host.port, 'GET / HTTP/1.1\r\n\r\n', address)).rejects.toThrow(/ECONNREFUSED/)
    }
  })
})

describe('Origin and fetch metadata', () => {
  test.each([
    ['another site', () => 'https://evil.example'],
    ['a sandboxed frame or a file', () => 'null'],
    ['another port', (port: number) => `http://127.0.0.1:${port + 1}`],
    ['localhost', (port: number) => `http://localhost:${port}`],
    ['another scheme', (port: number) => `https://127.0.0.1:${port}`],
    ['our origin and more', (port: number) => `http://127.0.0.1:${port}.evil.example`],
  ])('a call by %s is refused, even with a good bearer', async (_, originOf) => {
    const desk = await startTestHost()
    const headers = { ...(await signIn(desk)), origin: originOf(desk.host.port) }
    const answer = await post(desk.url, '/api/desk.status', {}, headers)
    expect([answer.status, JSON.parse(answer.text)]).toEqual([403, denied('origin')])
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    expect(desk.asked).toEqual([])
  })

  test('our own page may call', async () => {
    const desk = await startTestHost()
    const headers = { ...(await signIn(desk)), 'origin': desk.url, 'sec-fetch-site': 'same-origin' }
    expect((await post(desk.url, '/api/desk.status', {}, headers)).status).toBe(200)
  })

  test.each(['cross-site', 'same-site', 'none', 'nonsense'])('a %s call is refused', async (site) => {
    const desk = await startTestHost()
    const headers = { ...(await signIn(desk)), 'sec-fetch-site': site }
    expect((await post(desk.url, '/api/desk.status', {}, headers)).status).toBe(403)
    expect((await ask(desk.url, '/events', { headers })).status).toBe(403)
    expect((await post(desk.url, '/session', { code: codeOf(desk.host.launchUrl()) }, headers)).status).toBe(403)
  })

  test('the page opens from the address bar and not from a link, an image or a frame of another site', async () => {
    const desk = await startTestHost()
    const open = (site: string) => ask(desk.url, '/', { headers: { 'sec-fetch-site': site } })
    expect((await open('none')).status).toBe(200)
    expect((await open('same-origin')).status).toBe(200)
    expect((await open('cross-site')).status).toBe(403)
    expect((await open('same-site')).status).toBe(403)
  })

  test('a preflight is refused, so no other origin gets to send a bearer', async () => {
    const desk = await startTestHost()
    const asking = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' }
    for (const origin of [{}, { origin: desk.url }, { origin: 'https://evil.example' }]) {
      const answer = await ask(desk.url, '/api/desk.status', { method: 'OPTIONS', headers: { ...asking, ...origin } })
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })
})

/** Bytes on a socket, for what no client library would send. */
function raw(port: number, text: string, address = '127.0.0.1'): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, address, () => socket.write(text))
    let answer = ''
    socket.on('data', (chunk) => (answer += String(chunk)))
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}

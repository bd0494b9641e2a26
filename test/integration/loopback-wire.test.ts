import { request as httpRequest } from 'node:http'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { contentSecurityPolicy } from '../../shared/csp.ts'
import { FAULTS } from '../../shared/errors.ts'
import { ask, post, signIn, startTestHost } from '../helpers/loopback.ts'

describe('calls', () => {
  test('hand name and input to the desk and give back its reply', async () => {
    const desk = await startTestHost()
    desk.answer = { ok: true, data: { total: 0, rows: [] } }
    const answer = await post(desk.url, '/api/cadre.list', { text: '王' }, await signIn(desk))
    expect(JSON.parse(answer.text)).toEqual(desk.answer)
    expect(desk.asked).toEqual([{ name: 'cadre.list', input: { text: '王' } }])
  })

  test.each(Object.entries(FAULTS))('the fault %s keeps its code and has its own status', async (code, { http }) => {
    const desk = await startTestHost()
    desk.answer = { ok: false, code, params: { id: 'x' } }
    const answer = await post(desk.url, '/api/cadre.get', {}, await signIn(desk))
    expect([answer.status, JSON.parse(answer.text)]).toEqual([http, desk.answer])
  })

  test('a bug below is reported here and reaches the page as unexpected, without its text', async () => {
    const desk = await startTestHost()
    desk.answer = new Error('select * from talk where summary = …')
    const answer = await post(desk.url, '/api/talk.list', {}, await signIn(desk))
    expect([answer.status, JSON.parse(answer.text)]).toEqual([500, { ok: false, code: 'unexpected', params: {} }])
    expect(desk.reported).toEqual([desk.answer])
  })

  test.each(['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH'])('%s is not a way to call', async (method) => {
    const desk = await startTestHost()
    const headers = await signIn(desk)
    for (const path of ['/api/desk.status', '/session', '/launch']) {
      const answer = await ask(desk.url, path, { method, headers })
      expect([answer.status, answer.headers.allow]).toEqual([405, 'POST'])
    }
    expect(desk.asked).toEqual([])
  })

  test('POST is not a way to get a page', async () => {
    const desk = await startTestHost()
    const answer = await post(desk.url, '/', {})
    expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD'])
  })

  test.each([
    undefined,
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'text/json',
    'application/jsonp',
  ])('a body of type %s, which a form or image could send across sites, is refused', async (type) => {
    const desk = await startTestHost()
    const headers = { ...(await signIn(desk)), ...(type === undefined ? {} : { 'content-type': type }) }
    const answer = await ask(desk.url, '/api/desk.lock', { method: 'POST', headers, body: '{}' })
    expect(answer.status).toBe(415)
    expect(desk.asked).toEqual([])
  })

  test('a body that is not JSON or not UTF-8 is refused', async () => {
    const desk = await startTestHost()
    const headers = { ...(await signIn(desk)), 'content-type': 'application/json' }
    for (const body of ['', '{"a":', '{} {}', Buffer.from([0x22, 0xc3, 0x28, 0x22])]) {
      const answer = await ask(desk.url, '/api/cadre.list', { method: 'POST', headers, body })
      expect([answer.status, JSON.parse(answer.text)]).toEqual([400, { ok: false, code: 'invalid-input', params: {} }])
    }
    expect(desk.asked).toEqual([])
  })

  test('2 MB is enough for any call and 64 MB for a roster, forms or talks; more is refused, with or without its length said', async () => {
    const desk = await startTestHost()
    const headers = await signIn(desk)
    const large = { content: 'x'.repeat(2_000_000) }
    const refused = await post(desk.url, '/api/cadre.save', large, headers)
    expect([refused.status, JSON.parse(refused.text)]).toMatchObject([
      413,
      { code: 'file-too-large', params: { limitMb: 2 } },
    ])
    const unannounced = await post(desk.url, '/api/cadre.save', large, { ...headers, 'transfer-encoding': 'chunked' })
    expect(unannounced.status).toBe(413)
    expect((await post(desk.url, '/api/roster.open', large, headers)).status).toBe(200)
    expect((await post(desk.url, '/api/lrmx.open', large, headers)).status).toBe(200)
    expect((await post(desk.url, '/api/talk.save', large, headers)).status).toBe(200)
    expect((await post(desk.url, '/api/talk.saveMany', large, headers)).status).toBe(200)
    expect((await post(desk.url, '/api/draft.save', large, headers)).status).toBe(200)
    expect((await post(desk.url, '/api/roster.open', { content: 'x'.repeat(64_000_000) }, headers)).status).toBe(413)
    expect(desk.asked.map(({ name }) => name)).toEqual([
      'roster.open',
      'lrmx.open',
      'talk.save',
      'talk.saveMany',
      'draft.save',
    ])
  })
})

describe('events', () => {
  test('reach every open page as they happen and end with the host', async () => {
    const desk = await startTestHost()
    const headers = await signIn(desk)
    const [one, other] = [await openEvents(desk.url, headers), await openEvents(desk.url, headers)]
    desk.tell({ kind: 'changed', registers: ['talk'] })
    desk.tell({ kind: 'locked' })
    await desk.host.close()
    const said = 'data: {"kind":"changed","registers":["talk"]}\n\ndata: {"kind":"locked"}\n\n'
    expect([await one.rest, await other.rest]).toEqual([said, said])
    expect(one.type).toBe('text/event-stream')
  })

  test('a page that went away is forgotten', async () => {
    const desk = await startTestHost()
    const stream = await openEvents(desk.url, await signIn(desk))
    stream.leave()
    await stream.rest
    desk.tell({ kind: 'sync' })
    expect((await post(desk.url, '/api/sync.status', {}, await signIn(desk))).status).toBe(200)
  })
})

describe('the page', () => {
  test('comes with the policy, and its nonce is in the header and in the page, new each time', async () => {
    const desk = await startTestHost()
    const nonces = [await nonceOf(desk.url), await nonceOf(desk.url)]
    expect(new Set(nonces).size).toBe(2)
  })

  test('is never kept by the browser; files with a hash in their name are', async () => {
    const desk = await startTestHost()
    const [page, script] = [await ask(desk.url, '/'), await ask(desk.url, '/assets/a-1.js')]
    expect(page.headers['cache-control']).toBe('no-store')
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8')
  })

  test('and every other answer is not sniffed, not framed, not read by other origins', async () => {
    const desk = await startTestHost()
    const headers = await signIn(desk)
    const answers = [
      await ask(desk.url, '/'),
      await ask(desk.url, '/assets/a-1.js'),
      await ask(desk.url, '/absent.html'),
      await ask(desk.url, '/', { headers: { host: 'evil.example' } }),
      await post(desk.url, '/api/desk.status', {}, headers),
      await post(desk.url, '/api/desk.status', {}),
      await post(desk.url, '/session', { code: 'wrong' }),
    ]
    for (const answer of answers) {
      expect(answer.headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
      })
    }
    expect(answers.slice(2).map((answer) => answer.headers['cache-control'])).toEqual(Array(5).fill('no-store'))
  })

  test.each([
    '/../secret.html',
    '/assets/../../secret.html',
    '/%2e%2e/secret.html',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.html',
    '/..%5csecret.html',
    '/%252e%252e/secret.html',
    '//secret.html',
    '/./index.html',
    '/index.html%00.js',
    '/%',
    '/C:/secret.html',
    '/notes.txt',
    '/assets',
    '/assets/',
    '/linked.html',
  ])('%s is not a file of it', async (path) => {
    const desk = await startTestHost()
    symlinkSync(join(desk.pages, '../secret.html'), join(desk.pages, 'linked.html'))
    const answer = await ask(desk.url, path)
    expect([answer.status, answer.text]).toEqual([404, 'Not found\n'])
  })

  test('is announced by HEAD and not sent', async () => {
    const desk = await startTestHost()
    const [head, page] = [await ask(desk.url, '/', { method: 'HEAD' }), await ask(desk.url, '/')]
    expect([head.status, head.text, head.headers['content-length']]).toEqual([200, '', String(page.text.length)])
  })
})

async function nonceOf(url: string): Promise<string | undefined> {
  const { headers, text } = await ask(url, '/')
  const nonce = /<meta property="csp-nonce" content="([\w+/=]{24})"/.exec(text)?.[1]
  expect(headers['content-security-policy']).toBe(contentSecurityPolicy(nonce ?? 'absent'))
  return nonce
}

/** Waits until the stream is open; `rest` is all that followed. */
function openEvents(url: string, headers: Record<string, string>) {
  return new Promise<{ type: string | undefined; rest: Promise<string>; leave(): void }>((resolve, reject) => {
    const request = httpRequest(`${url}/events`, { headers, agent: false }, (response) => {
      let text = ''
      const rest = new Promise<string>((done) => {
        response.on('close', () => done(text.slice(': open\n\n'.length)))
        response.on('error', () => undefined)
      })
      response.on('data', (chunk) => {
        text += String(chunk)
        resolve({ type: response.headers['content-type'], rest, leave: () => request.destroy() })
      })
    })
    request.on('error', reject)
    request.end()
  })
}

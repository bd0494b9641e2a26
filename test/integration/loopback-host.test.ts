import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { desk, PASSPHRASE, startHostProcess, temporaryFolder, type RunningHost } from '../helpers/command-line.ts'
import { codeOf, post } from '../helpers/loopback.ts'

let folder: ReturnType<typeof temporaryFolder>
let data: string

beforeEach(() => {
  folder = temporaryFolder()
  data = join(folder.dir, 'data')
})
afterEach(() => folder.remove())

test('a start prints one line with an address that opens the desk', async () => {
  const host = await start()
  expect(host.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#launch=[\w-]{43}$/)
  expect(await stateOver(host.url)).toBe('absent')
})

test('a second start opens the same desk and ends when it does', async () => {
  const first = await start()
  const second = await start()
  expect(new URL(second.url).origin).toBe(new URL(first.url).origin)
  expect(second.url).not.toBe(first.url)
  expect([await stateOver(first.url), await stateOver(second.url)]).toEqual(['absent', 'absent'])
  first.child.kill('SIGTERM')
  expect(await first.ended).toEqual({ code: 0, signal: null })
  expect(await second.ended).toEqual({ code: 0, signal: null })
})

test('ending the second start leaves the desk running', async () => {
  const first = await start()
  const second = await start()
  second.child.kill('SIGTERM')
  expect(await second.ended).toEqual({ code: 0, signal: null })
  expect(await stateOver(first.url)).toBe('absent')
})

test('two starts at the same moment end up in one desk', async () => {
  const [one, other] = await Promise.all([start(), start()])
  expect(new URL(one.url).origin).toBe(new URL(other.url).origin)
})

test.skipIf(process.platform === 'win32')(
  'Ctrl-C closes everything and keeps the address for the next start',
  async () => {
    const first = await start()
    first.child.kill('SIGINT')
    expect(await first.ended).toEqual({ code: 0, signal: null })
    expect(JSON.parse(readFileSync(join(data, 'loopback.json'), 'utf8'))).toEqual({
      port: Number(new URL(first.url).port),
    })
    const next = await start()
    expect(new URL(next.url).origin).toBe(new URL(first.url).origin)
  },
)

test('a host whose starter is gone ends too', async () => {
  const host = await start()
  host.child.disconnect()
  expect(await host.ended).toEqual({ code: 0, signal: null })
})

test('a host that was killed is in nobody’s way', async () => {
  const first = await start()
  first.child.kill('SIGKILL')
  await first.ended
  expect(await stateOver((await start()).url)).toBe('absent')
})

test('a folder that another program works on is refused with a sentence', async () => {
  const host = await start()
  const run = await desk(['verify', '--data', data])
  expect([run.code, run.stderr.slice(0, 16)]).toEqual([1, 'profile-in-use: '])
  expect(await stateOver(host.url)).toBe('absent')
})

test('the township made on the page is the one that the command line opens', async () => {
  const host = await start()
  const township = { unitName: '测试镇', unitCode: '371002101', officerName: '张三', passphrase: PASSPHRASE }
  const made = await callOver(host.url, 'desk.init', township)
  expect(made).toMatchObject({ ok: true })
  host.child.kill('SIGTERM')
  await host.ended
  const run = await desk(['call', 'session.get', '--data', data, '--json'])
  expect(JSON.parse(run.stdout)).toMatchObject({ officer: { name: '张三' }, unit: { unitCode: '371002101' } })
})

test('a port that is taken, a wrong option and a folder that cannot be made are sentences, not stack traces', async () => {
  const host = await start()
  const port = new URL(host.url).port
  const other = startHostProcess(['--data', join(folder.dir, 'other'), '--port', port])
  await expect(other).rejects.toThrow(/ended with 1: usage: 端口 \d+ 已被/)
  await expect(startHostProcess(['--nonsense'])).rejects.toThrow(/ended with 2: usage: /)
  await expect(startHostProcess(['--port', '99999'])).rejects.toThrow(/ended with 2: usage: --port/)
  const inAFile = join(data, 'loopback.json', 'data')
  expect(existsSync(join(data, 'loopback.json'))).toBe(true)
  await expect(startHostProcess(['--data', inAFile])).rejects.toThrow(/ended with 1: profile-unwritable: /)
})

async function start(): Promise<RunningHost> {
  const host = await startHostProcess(['--data', data])
  onTestFinished(async () => {
    host.child.kill('SIGKILL')
    await host.ended
  })
  return host
}

const tokens = new Map<string, string>()

async function callOver(url: string, name: string, input: unknown): Promise<unknown> {
  const { origin } = new URL(url)
  const token =
    tokens.get(url) ??
    (JSON.parse((await post(origin, '/session', { code: codeOf(url) })).text) as { token: string }).token
  tokens.set(url, token)
  return JSON.parse((await post(origin, `/api/${name}`, input, { authorization: `Bearer ${token}` })).text) as unknown
}

async function stateOver(url: string): Promise<string> {
  const reply = (await callOver(url, 'desk.status', {})) as { data: { state: string } }
  return reply.data.state
}

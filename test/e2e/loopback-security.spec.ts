import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test, type Page } from '@playwright/test'
import { startHostProcess, temporaryFolder, type RunningHost } from '../helpers/command-line.ts'

/** Both names lead to 127.0.0.1, as a rebinding DNS server would make them. */
const STRANGER = 'stranger.example'
const REBOUND = 'rebound.example'

test.use({
  launchOptions: [
    async ({ launchOptions }, use) => {
      const rules = `--host-resolver-rules=MAP ${STRANGER} 127.0.0.1, MAP ${REBOUND} 127.0.0.1`
      await use({ ...launchOptions, args: [...(launchOptions.args ?? []), rules] })
    },
    { scope: 'worker' },
  ],
})

let folder: ReturnType<typeof temporaryFolder>
let host: RunningHost
let origin: string
let elsewhere: { server: Server; port: number }

test.beforeAll(async () => {
  folder = temporaryFolder()
  host = await startHostProcess(['--data', folder.dir])
  origin = new URL(host.url).origin
  const server = createServer((_, response) => {
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!doctype html><title>a page of somebody else</title>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  elsewhere = { server, port: (server.address() as AddressInfo).port }
})
test.afterAll(async () => {
  host.child.kill('SIGTERM')
  await host.ended
  elsewhere.server.close()
  folder.remove()
})

for (const [whose, address] of [
  ['another site', () => `http://${STRANGER}:${elsewhere.port}/`],
  ['another port of this PC', () => `http://127.0.0.1:${elsewhere.port}/`],
] as const) {
  test(`a page of ${whose} gets nothing out of the desk and nothing into it`, async ({ page }) => {
    const answers = answersOf(page)
    await page.goto(address())
    const code = new URL(host.url).hash.slice('#launch='.length)
    const read = await page.evaluate(attack, { origin, code })
    expect(read).toEqual([])
    expect(answers.length).toBeGreaterThan(0)
    expect(answers.filter(({ status }) => status !== 403)).toEqual([])
  })
}

test('a name that was rebound to this PC opens no page and no session', async ({ page }) => {
  const { port } = new URL(origin)
  const answers = answersOf(page)
  await page.goto(`http://${REBOUND}:${port}/`)
  const code = new URL(host.url).hash.slice('#launch='.length)
  const reply = await page.evaluate(
    async (body) => {
      const headers = { 'content-type': 'application/json' }
      const response = await fetch('/session', { method: 'POST', headers, body: JSON.stringify(body) })
      return response.status
    },
    { code },
  )
  expect(reply).toBe(403)
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403))
})

test('the page takes its code out of the address, keeps to its policy, and a copied address opens nothing', async ({
  page,
  context,
}) => {
  const broken: string[] = []
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) broken.push(message.text())
  })
  await page.goto(host.url)
  await expect(page.locator('[data-app="ready"]')).toBeVisible()
  expect(page.url()).not.toContain('launch=')
  expect(broken).toEqual([])
  const copied = await context.newPage()
  const exchange = copied.waitForResponse(`${origin}/session`)
  await copied.goto(host.url)
  expect((await exchange).status()).toBe(403)
})

/** Every answer the desk's host gives to this page, whether or not the page may read it. */
function answersOf(page: Page) {
  const answers: { url: string; status: number }[] = []
  page.on('response', (response) => {
    const { port } = new URL(response.url())
    if (port === new URL(origin).port) answers.push({ url: response.url(), status: response.status() })
  })
  return answers
}

/** Runs in the strange page: all the ways a page has to reach another origin. Gives back what it could read. */
async function attack({ origin: desk, code }: { origin: string; code: string }): Promise<string[]> {
  const read: string[] = []
  const json = { 'content-type': 'application/json' }
  const tries: [string, RequestInit][] = [
    ['/', {}],
    ['/session', { method: 'POST', headers: json, body: JSON.stringify({ code }) }],
    ['/session', { method: 'POST', mode: 'no-cors', body: JSON.stringify({ code }) }],
    ['/api/desk.status', { method: 'POST', headers: { ...json, authorization: 'Bearer x' }, body: '{}' }],
    ['/api/desk.lock', { method: 'POST', mode: 'no-cors', body: '{}' }],
    ['/events', { mode: 'no-cors' }],
  ]
  for (const [path, init] of tries) {
    const text = await fetch(desk + path, init)
      .then((response) => response.text())
      .catch(() => '')
    if (text !== '') read.push(`${path} ${text}`)
  }
  const load = (element: HTMLElement, attribute: string, path: string) =>
    new Promise<boolean>((resolve) => {
      element.addEventListener('load', () => resolve(true))
      element.addEventListener('error', () => resolve(false))
      element.setAttribute(attribute, desk + path)
      document.body.append(element)
    })
  if (await load(document.createElement('script'), 'src', '/assets/index.js')) read.push('script')
  if (await load(document.createElement('img'), 'src', '/icon.svg')) read.push('image')
  await load(document.createElement('iframe'), 'src', '/') // loads in any case; what it shows is refused
  return read
}

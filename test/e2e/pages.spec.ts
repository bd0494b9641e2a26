import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import desk from '../../shared/i18n/zh-CN/desk.json' with { type: 'json' }
import { startHostProcess, temporaryFolder, type RunningHost } from '../helpers/command-line.ts'

/** Every page there is; `:cadre` and `:talk` are filled in from the demo township. */
const ROUTES = [
  '/', '/cadre', '/cadre/new', '/cadre/import', '/cadre/lrmx', '/cadre/:cadre', '/cadre/:cadre/edit',
  '/talk', '/talk/new', '/talk/entry', '/talk/missing', '/talk/follow-up', '/talk/:talk', '/talk/:talk/edit', '/sync', '/settings',
] // prettier-ignore
const LOOKS = [
  { scheme: 'light', language: 'zh-CN' },
  { scheme: 'dark', language: 'en' },
] as const

let folder: ReturnType<typeof temporaryFolder>
let host: RunningHost
let context: BrowserContext
let page: Page
const complaints: string[] = []

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  folder = temporaryFolder()
  host = await startHostProcess(['--data', folder.dir])
  context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })
  page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(host.url)
  await page.getByRole('button', { name: desk.first.demo }).click()
  await page.getByRole('button', { name: desk.demo.continue }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})
test.afterAll(async () => {
  await context.close()
  host.child.kill('SIGTERM')
  await host.ended
  folder.remove()
})

for (const { scheme, language } of LOOKS) {
  test(`every page has one heading, no serious accessibility fault and no complaint of the browser: ${scheme}, ${language}`, async () => {
    test.setTimeout(180_000)
    await page.emulateMedia({ colorScheme: scheme })
    await page.evaluate(
      ([words, look]) => {
        localStorage.setItem('zgt.language', words)
        localStorage.setItem('mantine-color-scheme-value', look)
      },
      [language, scheme] as const,
    )
    await page.reload()
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme)
    const ids = await someIds()
    for (const route of ROUTES) {
      await show(route.replace(':cadre', ids.cadre).replace(':talk', ids.talk))
      await expect(page.getByRole('heading', { level: 1 }), route).toHaveCount(1)
      expect(await seriousFaults(), route).toEqual([])
      expect(await overflow(), `${route} scrolls sideways`).toBe(false)
    }
    expect(complaints).toEqual([])
  })
}

/** A cadre and a talk of the demo, asked for as a page would. */
async function someIds(): Promise<{ cadre: string; talk: string }> {
  const ask = (name: string) =>
    page.evaluate(async (endpoint) => {
      const token = sessionStorage.getItem('zgt.token') ?? ''
      const response = await fetch(`/api/${endpoint}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'authorization': `Bearer ${token}` },
        body: JSON.stringify({ limit: 1 }),
      })
      return ((await response.json()) as { data: { rows: { id: string }[] } }).data.rows[0]!.id
    }, name)
  return { cadre: await ask('cadre.list'), talk: await ask('talk.list') }
}

async function show(route: string): Promise<void> {
  await page.evaluate((hash) => (window.location.hash = hash), `#${route}`)
  await expect(page.locator('[data-app="ready"]')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.locator('.mantine-Loader-root, [aria-busy="true"]')).toHaveCount(0)
}

async function seriousFaults(): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}

const overflow = (): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1)

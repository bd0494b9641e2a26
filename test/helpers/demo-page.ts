import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test'
import desk from '../../shared/i18n/zh-CN/desk.json' with { type: 'json' }
import { startHostProcess, temporaryFolder } from './command-line.ts'

/** The made-up township in a browser, as somebody sees it who pressed the button for it. */
export interface DemoPage {
  readonly page: Page
  readonly context: BrowserContext
  /** What the browser complained of since: errors on the console and errors nobody caught. */
  readonly complaints: readonly string[]
  /** Asks the core as a page would. */
  ask<T>(endpoint: string, input: object): Promise<T>
  /** Goes to a route of the application and waits until all of it is there. */
  show(route: string, title?: string): Promise<void>
  close(): Promise<void>
}

/** @param prepare what a page is given before it loads anything */
export async function openDemoPage(
  browser: Browser,
  options: BrowserContextOptions = {},
  prepare: (page: Page) => Promise<unknown> = async () => undefined,
): Promise<DemoPage> {
  const folder = temporaryFolder()
  const host = await startHostProcess(['--data', folder.dir])
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN', ...options })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await prepare(page)
  await page.goto(host.url)
  await page.getByRole('button', { name: desk.first.demo }).click()
  await page.getByRole('button', { name: desk.demo.continue }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  return {
    page,
    context,
    complaints,
    ask: (endpoint, input) => asked(page, endpoint, input),
    show: (route, title) => shown(page, route, title),
    close: async () => {
      await context.close()
      host.child.kill('SIGTERM')
      await host.ended
      folder.remove()
    },
  }
}

const asked = <T>(page: Page, name: string, input: object): Promise<T> =>
  page.evaluate(
    async ([endpoint, body]) => {
      const token = sessionStorage.getItem('zgt.token') ?? ''
      const headers = { 'content-type': 'application/json', 'authorization': `Bearer ${token}` }
      const response = await fetch(`/api/${endpoint}`, { method: 'POST', headers, body })
      return ((await response.json()) as { data: T }).data
    },
    [name, JSON.stringify(input)] as const,
  )

async function shown(page: Page, route: string, title?: string): Promise<void> {
  await page.evaluate((hash) => (window.location.hash = hash), `#${route}`)
  await expect(page.locator('[data-app="ready"]')).toBeVisible()
  const named = title === undefined ? {} : { name: title }
  await expect(page.getByRole('heading', { level: 1, ...named })).toBeVisible()
  await expect(page.locator('.mantine-Loader-root, [aria-busy="true"]')).toHaveCount(0)
}

/** What keeps people from using the page, by axe: each fault with the elements that have it. */
export async function seriousFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(', ')}`)
}

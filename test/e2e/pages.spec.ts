import { expect, test, type Page } from '@playwright/test'
import { openDemoPage, seriousFaults, type DemoPage } from '../helpers/demo-page.ts'

/** Every page there is; `:cadre` and `:talk` are filled in from the demo township. */
const ROUTES = [
  '/', '/cadre', '/cadre/new', '/cadre/import', '/cadre/lrmx', '/cadre/:cadre', '/cadre/:cadre/edit',
  '/talk', '/talk/new', '/talk/entry', '/talk/missing', '/talk/follow-up', '/talk/:talk', '/talk/:talk/edit', '/sync', '/settings',
] // prettier-ignore
const LOOKS = [
  { scheme: 'light', language: 'zh-CN' },
  { scheme: 'dark', language: 'en' },
] as const

let demo: DemoPage
let page: Page

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  demo = await openDemoPage(browser)
  page = demo.page
})
test.afterAll(() => demo.close())

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
      await demo.show(route.replace(':cadre', ids.cadre).replace(':talk', ids.talk))
      await expect(page.getByRole('heading', { level: 1 }), route).toHaveCount(1)
      expect(await seriousFaults(page), route).toEqual([])
      expect(await overflow(), `${route} scrolls sideways`).toBe(false)
    }
    expect(demo.complaints).toEqual([])
  })
}

/** A cadre and a talk of the demo. */
async function someIds(): Promise<{ cadre: string; talk: string }> {
  const firstOf = async (list: string) => (await demo.ask<{ rows: { id: string }[] }>(list, { limit: 1 })).rows[0]!.id
  return { cadre: await firstOf('cadre.list'), talk: await firstOf('talk.list') }
}

const overflow = (): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1)

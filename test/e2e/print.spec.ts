import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import cadre from '../../shared/i18n/zh-CN/cadre.json' with { type: 'json' }
import common from '../../shared/i18n/zh-CN/common.json' with { type: 'json' }
import desk from '../../shared/i18n/zh-CN/desk.json' with { type: 'json' }
import talk from '../../shared/i18n/zh-CN/talk.json' with { type: 'json' }
import { startHostProcess, temporaryFolder, type RunningHost } from '../helpers/command-line.ts'

let folder: ReturnType<typeof temporaryFolder>
let host: RunningHost
let context: BrowserContext
let page: Page

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  folder = temporaryFolder()
  host = await startHostProcess(['--data', folder.dir])
  context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN', colorScheme: 'dark' })
  page = await context.newPage()
  // The dialog would end at once and take the sheet away with it; the test looks at the sheet first.
  await page.addInitScript(() => {
    window.print = () => undefined
    localStorage.setItem('mantine-color-scheme-value', 'dark')
  })
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

test('the cadre list is printed whole, black on white, with its header on every page and nothing to press', async () => {
  await show('/cadre', cadre.title)
  const { total } = await ask<{ total: number }>('cadre.list', {})
  await page.keyboard.press('Control+p')
  const sheet = page.getByTestId('print-sheet')
  await expect(sheet).toBeAttached()
  await expect(sheet).toBeHidden()
  await page.emulateMedia({ media: 'print' })
  await expect(sheet.getByRole('heading', { level: 1, name: cadre.list.printTitle })).toBeVisible()
  await expect(sheet.locator('tbody tr')).toHaveCount(total)
  await expect(sheet.getByRole('columnheader').first()).toHaveText(common.print.number)
  await expect(sheet.locator('thead')).toHaveCSS('display', 'table-header-group')
  await expect(page.getByRole('navigation')).toHaveCount(0)
  await expect(page.getByRole('button')).toHaveCount(0)
  expect(await colours(sheet.locator('tbody td').nth(1))).toEqual(['rgb(0, 0, 0)', 'rgba(0, 0, 0, 0)'])
  const pages = await printedPages()
  expect(pages).toBeGreaterThan(2)
  await expect(sheet).toHaveCount(0)
  expect(await lastEntry()).toMatchObject({ action: 'print', register: 'cadre', detail: `rows=${total}` })
})

test('only what is filtered is printed, with the columns that are shown and the words of the filter', async () => {
  await show('/cadre?sex=%22female%22', cadre.title)
  await page.getByRole('button', { name: common.action.print }).click()
  const sheet = page.getByTestId('print-sheet')
  const { total } = await ask<{ total: number }>('cadre.list', { sex: 'female' })
  await page.emulateMedia({ media: 'print' })
  await expect(sheet.locator('tbody tr')).toHaveCount(total)
  await expect(sheet).toContainText(`${cadre.presence.here}　${cadre.sex.female}`)
  await expect(sheet.getByRole('columnheader', { name: cadre.column.lastTalkOn })).toHaveCount(0)
  await printedPages()
})

test('the list of those not talked to carries its figures and leaves its buttons on the screen', async () => {
  await show('/talk/missing', talk.title)
  const { missing, year } = await ask<{ missing: unknown[]; year: number }>('talk.coverage', { year: 2026 })
  await page.keyboard.press('Control+p')
  const sheet = page.getByTestId('print-sheet')
  await page.emulateMedia({ media: 'print' })
  await expect(sheet).toContainText(talk.missing.printTitle.replace('{{year}}', String(year)))
  await expect(sheet).toContainText(`未谈 ${missing.length} 人`)
  await expect(sheet.locator('tbody tr')).toHaveCount(missing.length)
  await expect(sheet.getByRole('columnheader', { name: talk.column.actions })).toHaveCount(0)
  await printedPages()
  expect(await lastEntry()).toMatchObject({ action: 'print', register: 'talk', detail: `rows=${missing.length}` })
})

test('a talk is printed without its words until they are open on the screen, and the log says which', async () => {
  const { rows } = await ask<{ rows: { id: string; cadreName: string; hasContent: boolean }[] }>('talk.list', {
    limit: 50,
  })
  const { id, cadreName } = rows.find(({ hasContent }) => hasContent)!
  await show(`/talk/${id}`, talk.detail.title.replace('{{name}}', cadreName))
  const sheet = page.getByTestId('print-sheet')
  await page.keyboard.press('Control+p')
  await expect(sheet).toContainText(talk.print.notOpened)
  await printedPages()
  expect(await lastEntry()).toMatchObject({ action: 'print', recordId: id, detail: null })

  await page.getByRole('button', { name: talk.action.reveal }).click()
  const said = (await page.getByRole('definition').last().textContent()) ?? ''
  await page.getByRole('button', { name: common.action.print }).click()
  await expect(sheet).toContainText(talk.field.summary)
  await expect(sheet).toContainText(said)
  await printedPages()
  expect(await lastEntry()).toMatchObject({ action: 'print', recordId: id, detail: expect.stringContaining('summary') })
})

test('a list that is not whole on paper says so', async () => {
  await page.route('**/api/cadre.list', async (route) => {
    const response = await route.fetch()
    const reply = (await response.json()) as { data: { total: number } }
    await route.fulfill({ response, json: { ...reply, data: { ...reply.data, total: 5_000 } } })
  })
  await show('/cadre', cadre.title)
  await page.keyboard.press('Control+p')
  await expect(page.getByTestId('print-sheet')).toContainText('名单共 5000 人，这里只有')
  await printedPages()
  await page.unroute('**/api/cadre.list')
})

test("the browser's own print command prints the same and is logged too", async () => {
  await show('/talk/missing', talk.title)
  expect(await printedPages()).toBe(1)
  await expect.poll(lastEntry).toMatchObject({ action: 'print', register: 'talk', recordId: null })
})

/** Makes the PDF, which ends the print: the sheet goes, the screen comes back. */
async function printedPages(): Promise<number> {
  const pdf = await page.pdf({ preferCSSPageSize: true })
  await page.emulateMedia({ media: 'screen' })
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
}

const colours = (cell: ReturnType<Page['locator']>) =>
  cell.evaluate((element) => [getComputedStyle(element).color, getComputedStyle(element).backgroundColor])

interface Entry {
  readonly action: string
  readonly register: string | null
  readonly recordId: string | null
  readonly detail: string | null
}
const lastEntry = async (): Promise<Entry> => (await ask<{ rows: Entry[] }>('access-log.list', { limit: 1 })).rows[0]!

/** Asked as a page would. */
const ask = <T>(name: string, input: object): Promise<T> =>
  page.evaluate(
    async ([endpoint, body]) => {
      const token = sessionStorage.getItem('zgt.token') ?? ''
      const headers = { 'content-type': 'application/json', 'authorization': `Bearer ${token}` }
      const response = await fetch(`/api/${endpoint}`, { method: 'POST', headers, body })
      return ((await response.json()) as { data: T }).data
    },
    [name, JSON.stringify(input)] as const,
  )

async function show(route: string, title: string): Promise<void> {
  await page.evaluate((hash) => (window.location.hash = hash), `#${route}`)
  await expect(page.locator('[data-app="ready"]')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await expect(page.locator('.mantine-Loader-root, [aria-busy="true"]')).toHaveCount(0)
}

import { expect, test, type Page } from '@playwright/test'
import cadre from '../../shared/i18n/zh-CN/cadre.json' with { type: 'json' }
import common from '../../shared/i18n/zh-CN/common.json' with { type: 'json' }
import talk from '../../shared/i18n/zh-CN/talk.json' with { type: 'json' }
import { openDemoPage, type DemoPage } from '../helpers/demo-page.ts'

let demo: DemoPage
let page: Page

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  // The dialog would end at once and take the sheet away with it; the test looks at the sheet first.
  demo = await openDemoPage(browser, { colorScheme: 'dark' }, (fresh) =>
    fresh.addInitScript(() => {
      window.print = () => undefined
      localStorage.setItem('mantine-color-scheme-value', 'dark')
    }),
  )
  page = demo.page
})
test.afterAll(() => demo.close())

test('the cadre list is printed whole, black on white, with its header on every page and nothing to press', async () => {
  await demo.show('/cadre', cadre.title)
  const { total } = await demo.ask<{ total: number }>('cadre.list', {})
  await page.keyboard.press('Control+p')
  const sheet = page.getByTestId('print-sheet')
  await expect(sheet).toBeAttached()
  await expect(sheet).toBeHidden()
  await page.emulateMedia({ media: 'print' })
  await expect(sheet.getByRole('heading', { level: 1, name: cadre.list.printTitle })).toBeVisible()
  await expect(sheet.locator('tbody tr')).toHaveCount(total)
  await expect(sheet.getByRole('columnheader').first()).toHaveText(common.print.number)
  await expect(sheet.locator('thead')).toHaveCSS('display', 'table-header-group')
  await expect(sheet.getByRole('columnheader', { name: cadre.field.identityNumber })).toHaveCount(0)
  await expect(page.getByRole('navigation')).toHaveCount(0)
  await expect(page.getByRole('button')).toHaveCount(0)
  expect(await colours(sheet.locator('tbody td').nth(1))).toEqual(['rgb(0, 0, 0)', 'rgba(0, 0, 0, 0)'])
  const pages = await printedPages()
  expect(pages).toBeGreaterThan(2)
  const signed = () => page.evaluate(() => document.documentElement.style.getPropertyValue('--print-by'))
  expect(await signed()).toMatch(/^"演示组织委员 \d{4}-\d{2}-\d{2} \d{2}:\d{2}"$/)
  await expect(sheet).toHaveCount(0)
  expect(await lastEntry()).toMatchObject({ action: 'print', register: 'cadre', detail: `rows=${total}` })
})

test('only what is filtered is printed, with the columns that are shown and the words of the filter', async () => {
  await demo.show('/cadre?sex=%22female%22', cadre.title)
  await page.getByRole('button', { name: common.action.print }).click()
  const sheet = page.getByTestId('print-sheet')
  const { total } = await demo.ask<{ total: number }>('cadre.list', { sex: 'female' })
  await page.emulateMedia({ media: 'print' })
  await expect(sheet.locator('tbody tr')).toHaveCount(total)
  await expect(sheet).toContainText(`${cadre.presence.here}　${cadre.sex.female}`)
  await expect(sheet.getByRole('columnheader', { name: cadre.column.lastTalkOn })).toHaveCount(0)
  await printedPages()
})

test('the list of those not talked to carries its figures and leaves its buttons on the screen', async () => {
  await demo.show('/talk/missing', talk.title)
  const { missing, year } = await demo.ask<{ missing: unknown[]; year: number }>('talk.coverage', { year: 2026 })
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
  const { rows } = await demo.ask<{ rows: { id: string; cadreName: string; hasContent: boolean }[] }>('talk.list', {
    limit: 50,
  })
  const { id, cadreName } = rows.find(({ hasContent }) => hasContent)!
  const { values } = await demo.ask<{ values: { summary: string } }>('talk.reveal', { id, fields: ['summary'] })
  const [firstLine] = values.summary.split('\n') as [string]
  expect(firstLine).not.toBe('')
  await demo.show(`/talk/${id}`, talk.detail.title.replace('{{name}}', cadreName))
  const sheet = page.getByTestId('print-sheet')
  await page.keyboard.press('Control+p')
  await expect(sheet).toContainText(talk.print.notOpened)
  await expect(sheet).not.toContainText(firstLine)
  await printedPages()
  expect(await lastEntry()).toMatchObject({ action: 'print', recordId: id, detail: null })

  await page.getByRole('button', { name: talk.action.reveal }).click()
  await expect(page.getByText(firstLine).first()).toBeVisible()
  await page.getByRole('button', { name: common.action.print }).click()
  await expect(sheet).toContainText(talk.field.summary)
  await expect(sheet).toContainText(firstLine)
  await printedPages()
  expect(await lastEntry()).toMatchObject({ action: 'print', recordId: id, detail: expect.stringContaining('summary') })
})

test('the appointment form is two pages of A4, set smaller where texts are long, with the restricted value and no identity number', async () => {
  const { id } = (await demo.ask<{ rows: { id: string }[] }>('cadre.list', { limit: 1 })).rows[0]!
  const { record } = await demo.ask<{ record: { version: number; name: string } }>('cadre.get', { id })
  const lines = Array.from(
    { length: 40 },
    (_, n) => `${1960 + n}.01--${1961 + n}.01  试验镇党政办公室第 ${n} 段工作经历`,
  )
  const family = Array.from({ length: 11 }, (_, n) => ({
    relation: '亲属', name: `试${n}`, birthMonth: '1980-01', politicalStatus: '群众', post: n === 0 ? '退休（已去世）' : '居民',
  })) // prettier-ignore
  const set = { resume: lines.join('\n'), family, healthStatus: '良好', ageCalculatedOn: '2026-01-01' }
  await demo.ask('cadre.save', { id, version: record.version, set })
  await demo.show(`/cadre/${id}`, record.name)
  await page.keyboard.press('Control+p')
  const sheet = page.getByTestId('print-sheet')
  await expect(sheet).toBeAttached()
  await expect(sheet).toBeHidden()
  await expect(sheet).toContainText('良好')
  await expect(sheet).toContainText(lines[39]!.slice(-12))
  await expect(sheet).not.toContainText(/371099\d/)
  const rows = sheet.locator('tr', { hasText: '亲属' })
  await expect(rows).toHaveCount(11)
  expect(await rows.nth(0).locator('td').allTextContents()).toEqual(['亲属', '试0', '', '群众', '退休（已去世）'])
  expect(await rows.nth(1).locator('td').allTextContents()).toEqual(['亲属', '试1', '46', '群众', '居民'])
  const size = (line: number) =>
    sheet
      .getByText(lines[line]!.slice(-12))
      .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize))
  expect(await size(39)).toBeLessThan(12)
  expect(await printedPages()).toBe(2)
  expect(await lastEntry()).toMatchObject({ action: 'print', recordId: id, detail: 'healthStatus' })
})

test('the forms of those chosen in the list are printed one after the other, each logged', async () => {
  await demo.show('/cadre', cadre.title)
  for (const row of [1, 2, 3]) await page.getByRole('row').nth(row).getByRole('checkbox').check()
  await page.getByRole('button', { name: cadre.list.printForms }).click()
  const sheet = page.getByTestId('print-sheet')
  await expect(sheet.getByText('干部任免审批表')).toHaveCount(3)
  expect(await printedPages()).toBe(6)
  const { rows } = await demo.ask<{ rows: Entry[] }>('access-log.list', { limit: 3 })
  expect(rows.map(({ action, detail }) => [action, detail])).toEqual(Array(3).fill(['print', 'healthStatus']))
  expect(new Set(rows.map(({ recordId }) => recordId)).size).toBe(3)
  await page.getByRole('button', { name: cadre.list.unselect }).click()
})

test('a list that is not whole on paper says so', async () => {
  await page.route('**/api/cadre.list', async (route) => {
    const response = await route.fetch()
    const reply = (await response.json()) as { data: { total: number } }
    await route.fulfill({ response, json: { ...reply, data: { ...reply.data, total: 5_000 } } })
  })
  await demo.show('/cadre', cadre.title)
  await page.keyboard.press('Control+p')
  await expect(page.getByTestId('print-sheet')).toContainText('名单共 5000 人，这里只有')
  await printedPages()
  await page.unroute('**/api/cadre.list')
})

test("the browser's own print command prints the same and is logged too", async () => {
  await demo.show('/talk/missing', talk.title)
  expect(await printedPages()).toBe(1)
  await expect.poll(lastEntry).toMatchObject({ action: 'print', register: 'talk', recordId: null })
})

/** Makes the PDF, which ends the print: the sheet goes, the screen comes back. */
async function printedPages(): Promise<number> {
  const pdf = await page.pdf({ preferCSSPageSize: true })
  // Not `screen`, which would hold for the next PDF too.
  await page.emulateMedia({ media: null })
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
const lastEntry = async (): Promise<Entry> =>
  (await demo.ask<{ rows: Entry[] }>('access-log.list', { limit: 1 })).rows[0]!

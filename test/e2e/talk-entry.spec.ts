import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import desk from '../../shared/i18n/zh-CN/desk.json' with { type: 'json' }
import common from '../../shared/i18n/zh-CN/common.json' with { type: 'json' }
import talk from '../../shared/i18n/zh-CN/talk.json' with { type: 'json' }
import { startHostProcess, temporaryFolder, type RunningHost } from '../helpers/command-line.ts'

const WORDS = '独此一份的谈话内容，\n写了两行'

let folder: ReturnType<typeof temporaryFolder>
let host: RunningHost

test.beforeAll(async () => {
  folder = temporaryFolder()
  host = await startHostProcess(['--data', folder.dir])
})
test.afterAll(async () => {
  host.child.kill('SIGTERM')
  await host.ended
  folder.remove()
})

test('a table pasted from WPS is read, kept as a draft, saved at once and taken back at once', async ({
  page,
  context,
}) => {
  test.setTimeout(120_000)
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(host.url)
  await page.getByRole('button', { name: desk.first.demo }).click()
  await page.getByRole('button', { name: desk.demo.continue }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const [first, second, third] = await names(page)

  await test.step('the table is reached by key and takes what was copied, by its headings', async () => {
    await page.getByRole('link', { name: talk.title }).first().click()
    await expect(page.getByRole('link', { name: talk.entry.open })).toBeVisible()
    await page.keyboard.press('Alt+b')
    await expect(page.getByRole('grid', { name: talk.entry.title })).toBeVisible()
    await paste(page, [
      ['序号', '姓名', '谈话时间', '谈话人', '谈话类型', '谈话内容', '意见建议', '籍贯'],
      ['1', first, '2026.3.18', '李书记', '谈心', WORDS, '无', '威海'],
      ['2', second, '2026年3月19日', '李书记', '', '听取意见', '希望补休', ''],
      ['3', '查无此人', '2026.3', '', '廉政', '', '', ''],
    ])
    await expect(page.getByText('2 行可保存')).toBeVisible()
    await expect(page.getByText('1 行待核对')).toBeVisible()
    await expect(page.getByText(/没有用到.*籍贯/).last()).toBeVisible()
    await expect(page.getByText(/干部名册里没有“查无此人”/)).toBeVisible()
    await expect(page.getByText(/“2026.3”只写到月/)).toBeVisible()
    await expect(page.getByText(talk.entry.problem['talker-missing'])).toBeVisible()
    await harmless(page)
  })

  await test.step('leaving loses nothing, and nothing of it is in the browser', async () => {
    await page.keyboard.press('Escape')
    await expect(page.getByRole('heading', { level: 1, name: talk.title })).toBeVisible()
    await page.keyboard.press('Alt+b')
    await expect(page.getByText('已录 3 行')).toBeVisible()
    await page.reload()
    await expect(page.getByText('已录 3 行')).toBeVisible()
    expect(await page.evaluate(() => JSON.stringify(localStorage) + JSON.stringify(sessionStorage))).not.toMatch(
      /独此一份|查无此人/,
    )
  })

  await test.step('the wrong row is put right by keyboard alone', async () => {
    await page.getByRole('button', { name: talk.entry.next }).click()
    await expect(page.getByRole('textbox', { name: '第 3 行，姓名' })).toBeFocused()
    await page.keyboard.type(third)
    await page.keyboard.press('Tab')
    await page.keyboard.type('3.20')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Control+d')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Alt+ArrowDown')
    await page.getByRole('option', { name: talk.talkType.reminder }).click()
    await expect(page.getByText('3 行可保存')).toBeVisible()
    await harmless(page)
  })

  await test.step('all are saved at once, and come back with one undo', async () => {
    const before = await talks(page)
    await page.keyboard.press('Control+s')
    await expect(page.getByText('已保存 3 条谈话').last()).toBeVisible()
    await expect(page.getByText('已录 0 行')).toBeVisible()
    expect(await talks(page)).toBe(before + 3)
    await page.getByRole('button', { name: common.undo.action, exact: true }).click()
    await expect(page.getByText('已录 3 行')).toBeVisible()
    await expect.poll(() => talks(page)).toBe(before)
    await expect(page.getByText('3 行可保存')).toBeVisible()
    await page.keyboard.press('Control+s')
    await expect.poll(() => talks(page)).toBe(before + 3)
  })

  await test.step('what was pasted is what was saved', async () => {
    await page.keyboard.press('Escape')
    await page.getByPlaceholder(talk.list.search).fill('李书记')
    await page.getByRole('gridcell', { name: first, exact: true }).click()
    await page.getByRole('button', { name: talk.action.reveal }).click()
    await expect(page.getByText('独此一份的谈话内容')).toBeVisible()
  })
  expect(complaints).toEqual([])
})

/** Three people of the roll who are the only ones of their name. */
async function names(page: Page): Promise<[string, string, string]> {
  const { rows } = await ask<{ rows: { name: string }[] }>(page, 'cadre.list', { limit: 200 })
  const all = rows.map(({ name }) => name)
  const [first, second, third] = all.filter((name) => all.filter((other) => other === name).length === 1)
  return [first!, second!, third!]
}

const talks = async (page: Page): Promise<number> =>
  (await ask<{ total: number }>(page, 'talk.list', { limit: 1 })).total

const ask = <T>(page: Page, endpoint: string, input: object): Promise<T> =>
  page.evaluate(
    async ([name, body]) => {
      const token = sessionStorage.getItem('zgt.token') ?? ''
      const response = await fetch(`/api/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'authorization': `Bearer ${token}` },
        body: JSON.stringify(body),
      })
      return ((await response.json()) as { data: T }).data
    },
    [endpoint, input] as const,
  )

/** Through the clipboard itself, as a spreadsheet fills it. */
async function paste(page: Page, rows: readonly (readonly string[])[]): Promise<void> {
  const copied = rows
    .map((row) => row.map((cell) => (cell.includes('\n') ? `"${cell}"` : cell)).join('\t'))
    .join('\r\n')
  await page.evaluate((text) => navigator.clipboard.writeText(text), `${copied}\r\n`)
  await page.keyboard.press('Control+v')
}

async function harmless(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}

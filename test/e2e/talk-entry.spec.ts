import { expect, test, type Page } from '@playwright/test'
import common from '../../shared/i18n/zh-CN/common.json' with { type: 'json' }
import talk from '../../shared/i18n/zh-CN/talk.json' with { type: 'json' }
import { openDemoPage, seriousFaults, type DemoPage } from '../helpers/demo-page.ts'

const WORDS = '独此一份的谈话内容，\n写了两行'

let demo: DemoPage
let page: Page
/** Three people of the roll who are the only ones of their name. */
let first: string, second: string, third: string

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  demo = await openDemoPage(browser)
  page = demo.page
  await demo.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const { rows } = await demo.ask<{ rows: { name: string }[] }>('cadre.list', { limit: 200 })
  const all = rows.map(({ name }) => name)
  const alone = all.filter((name) => all.filter((other) => other === name).length === 1)
  ;[first, second, third] = alone as [string, string, string]
})
test.afterAll(() => demo.close())

test('a table pasted from WPS is read, kept as a draft, saved at once and taken back at once', async () => {
  test.setTimeout(120_000)
  await test.step('the table is reached by key and takes what was copied, by its headings', async () => {
    await page.getByRole('link', { name: talk.title }).first().click()
    await expect(page.getByRole('link', { name: talk.entry.open })).toBeVisible()
    await page.keyboard.press('Alt+b')
    await expect(page.getByRole('grid', { name: talk.entry.title })).toBeVisible()
    await page.keyboard.type('查无此人')
    await page.keyboard.press('Control+s')
    await expect(page.getByRole('alert').filter({ hasText: talk.entry.noneReady })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByText('已录 0 行')).toBeVisible()
    await page.keyboard.type('查无此人')
    await paste([
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
    expect(await seriousFaults(page)).toEqual([])
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
    expect(await seriousFaults(page)).toEqual([])
  })

  await test.step('all are saved at once, and come back with one undo', async () => {
    const before = await talks()
    await page.keyboard.press('Control+s')
    await expect(page.getByText('已保存 3 条谈话').last()).toBeVisible()
    await expect(page.getByText('已录 0 行')).toBeVisible()
    expect(await talks()).toBe(before + 3)
    await page.getByRole('button', { name: common.undo.action, exact: true }).click()
    await expect(page.getByText('已录 3 行')).toBeVisible()
    await expect.poll(() => talks()).toBe(before)
    await expect(page.getByText('3 行可保存')).toBeVisible()
    await page.keyboard.press('Control+s')
    await expect.poll(() => talks()).toBe(before + 3)
  })

  await test.step('what was pasted is what was saved', async () => {
    await page.keyboard.press('Escape')
    await page.getByPlaceholder(talk.list.search).fill('李书记')
    await expect(page.getByText('3 条', { exact: true })).toBeVisible()
    await page.getByRole('gridcell', { name: first, exact: true }).click()
    await page.getByRole('button', { name: talk.action.reveal }).click()
    await expect(page.getByText('独此一份的谈话内容')).toBeVisible()
  })
  expect(demo.complaints).toEqual([])
})

test('of several people in one sitting each has their own state of mind and needs, by keyboard', async () => {
  await page.evaluate(() => (window.location.hash = '#/talk/new'))
  const people = page.getByRole('textbox', { name: talk.field.cadreId })
  for (const name of [first, second]) {
    await people.fill(name)
    await expect(page.getByRole('option', { name })).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: `移除${name}` })).toBeVisible()
  }
  await page.getByRole('textbox', { name: talk.field.talker }).fill('孙镇长')
  await page.keyboard.press('Tab')
  await page.getByLabel(talk.field.summary).fill('共同的内容')
  const [one, other] = [first, second].map((name) => page.getByRole('region', { name, exact: true }))
  await one!.getByLabel(talk.field.privateLine).fill('一个人的一行')
  await page.keyboard.press('Tab')
  await page.keyboard.type('情绪稳定')
  await page.keyboard.press('Tab')
  await page.keyboard.type('无')
  await other!.getByLabel(talk.field.needs).fill('希望补休')
  await expect(other!.getByLabel(talk.field.followUpOwner)).toBeVisible()
  expect(await seriousFaults(page)).toEqual([])
  await page.keyboard.press('Control+s')
  await expect(page.getByText(`与${first}、${second}的谈话已保存在本机`)).toBeVisible()
  const { rows } = await demo.ask<{ rows: { id: string; cadreName: string; inAct: number }[] }>('talk.list', {
    text: '孙镇长',
  })
  const fields = ['privateLine', 'stateOfMind', 'needs', 'summary']
  const said = new Map<string, unknown>()
  for (const { id, cadreName } of rows)
    said.set(cadreName, (await demo.ask<{ values: unknown }>('talk.reveal', { id, fields })).values)
  const summary = '共同的内容'
  expect(said.get(first)).toEqual({ privateLine: '一个人的一行', stateOfMind: '情绪稳定', needs: '无', summary })
  expect(said.get(second)).toEqual({ privateLine: null, stateOfMind: null, needs: '希望补休', summary })
  expect(demo.complaints).toEqual([])
})

const talks = async (): Promise<number> => (await demo.ask<{ total: number }>('talk.list', { limit: 1 })).total

/** Through the clipboard itself, as a spreadsheet fills it. */
async function paste(rows: readonly (readonly string[])[]): Promise<void> {
  const copied = rows
    .map((row) => row.map((cell) => (cell.includes('\n') ? `"${cell}"` : cell)).join('\t'))
    .join('\r\n')
  await page.evaluate((text) => navigator.clipboard.writeText(text), `${copied}\r\n`)
  await page.keyboard.press('Control+v')
}

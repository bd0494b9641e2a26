import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import cadre from '../../shared/i18n/zh-CN/cadre.json' with { type: 'json' }
import common from '../../shared/i18n/zh-CN/common.json' with { type: 'json' }
import desk from '../../shared/i18n/zh-CN/desk.json' with { type: 'json' }
import sync from '../../shared/i18n/zh-CN/sync.json' with { type: 'json' }
import { startCityProcess, type CityProcess } from '../helpers/city-process.ts'
import { desk as deskCommand, PASSPHRASE, startHostProcess, temporaryFolder, valueOf } from '../helpers/command-line.ts'
import { seriousFaults } from '../helpers/demo-page.ts'

const CODE = '371002101'

let folder: ReturnType<typeof temporaryFolder>
let city: CityProcess

test.beforeAll(async () => {
  test.setTimeout(120_000)
  folder = temporaryFolder()
  city = await startCityProcess(join(folder.dir, 'city'))
  await city.run('unit', 'add', CODE, '测试镇')
})
test.afterAll(async () => {
  await city.stop()
  folder.remove()
})

/** One command of the command line in a process of its own, its `--json` value. */
async function run<T>(dir: string, ...args: string[]): Promise<T> {
  const done = await deskCommand([...args, '--data', dir, '--json'])
  if (done.code !== 0) throw new Error(`${args.join(' ')}: ${done.stderr}`)
  return valueOf(done) as T
}
const call = <T>(dir: string, name: string, input: object): Promise<T> => run(dir, 'call', name, JSON.stringify(input))

/** A desk restored from a backup that is older than what the city holds of a cadre, and has said something else since. */
async function deskInConflict(): Promise<string> {
  const lost = join(folder.dir, 'lost')
  const restored = join(folder.dir, 'restored')
  await run(lost, 'init', '--unit', '测试镇', '--unit-code', CODE, '--officer', '王组委')
  const { code } = await city.run<{ code: string }>('enrol-code', CODE)
  await call(lost, 'sync.enrol', { city: city.url, code })
  const first = { name: '王伟', postTitle: '科员', rank: '一级科员', phone: '13800001111' }
  const { id } = await call<{ id: string }>(lost, 'cadre.save', { set: first })
  await call(lost, 'sync.run', {})
  const { folder: backup } = await call<{ folder: string }>(lost, 'backup.make', {})
  const city1 = { postTitle: '副镇长', rank: '三级主任科员', phone: '13800002222' }
  await call(lost, 'cadre.save', { id, version: 1, set: city1 })
  await call(lost, 'sync.run', {})
  await run(restored, 'restore', backup)
  const ours = { postTitle: '党政办主任', rank: '四级主任科员', phone: '13800003333' }
  await call(restored, 'cadre.save', { id, version: 1, set: ours })
  await call(restored, 'sync.run', {})
  return restored
}

test('a conflict shows both sides and is decided by keys, with nothing chosen beforehand', async ({ page }) => {
  test.setTimeout(180_000)
  const dir = await deskInConflict()
  const host = await startHostProcess(['--data', dir])
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  try {
    await page.goto(host.url)
    await page.waitForSelector('[data-app="ready"]')
    await page.getByLabel(desk.unlock.passphrase, { exact: true }).fill(PASSPHRASE)
    await page.getByRole('button', { name: desk.unlock.action, exact: true }).click()
    await page.getByRole('link', { name: common.navigation.sync }).first().click()
    await page.getByRole('link', { name: sync.conflict.title }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('两边对照：王伟')
    await bothSidesAreShown(page)
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const grounds = []
    for (const look of ['dark', 'light']) {
      // As the settings set it: the look of the PC is not asked.
      await page.locator('html').evaluate((html, named) => html.setAttribute('data-mantine-color-scheme', named), look)
      grounds.push(await ground())
      expect([look, await seriousFaults(page)]).toEqual([look, []])
    }
    expect(new Set(grounds).size).toBe(2)
    await leavingAsks(page)
    await decide(page)
    await expect(page.getByRole('tab', { name: sync.tab.pending })).toContainText('1')
    await expect(page.getByRole('tab', { name: sync.tab.attention })).toContainText('0')
    await page.getByRole('button', { name: sync.action.run }).click()
    await expect(page.getByRole('tab', { name: sync.tab.pending })).toContainText('0')
    await expect(page.getByRole('tab', { name: sync.tab.attention })).toContainText('0')
    expect(complaints).toEqual([])
  } finally {
    host.child.kill('SIGTERM')
    await host.ended
  }
  const { rows } = await call<{ rows: { postTitle: string; rank: string }[] }>(dir, 'cadre.list', {})
  expect(rows).toMatchObject([{ postTitle: '党政办主任', rank: '二级主任科员' }])
})

const row = (page: Page, field: keyof typeof cadre.field) =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: cadre.field[field], exact: true }) })

async function bothSidesAreShown(page: Page): Promise<void> {
  await expect(row(page, 'postTitle')).toContainText('党政办主任')
  await expect(row(page, 'postTitle')).toContainText('副镇长')
  await expect(row(page, 'postTitle')).toContainText('王组委')
  await expect(page.getByText(sync.conflict.safe)).toBeVisible()
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0)
  await expect(page.getByRole('button', { name: sync.conflict.save })).toBeDisabled()
  const phone = row(page, 'phone')
  await phone.getByRole('radio').first().focus()
  await page.keyboard.press('3')
  await expect(page.getByLabel('另填“联系电话”')).toHaveValue('')
  await expect(page.getByText('还有 3 项没有选好')).toBeVisible()
  await expect(phone).toContainText('*******3333')
  await phone.getByRole('button', { name: common.reveal.action }).click()
  await expect(phone).toContainText('13800003333')
  await expect(phone).toContainText('13800002222')
}

async function leavingAsks(page: Page): Promise<void> {
  await row(page, 'postTitle').getByRole('radio').first().focus()
  await page.keyboard.press('2')
  await page.keyboard.press('Escape')
  const asked = page.getByRole('dialog', { name: common.leave.title })
  await asked.getByRole('button', { name: common.leave.stay }).click()
  await expect(asked).toBeHidden()
  await expect(row(page, 'postTitle').getByRole('radio', { name: sync.conflict.takeTheirs })).toBeChecked()
}

async function decide(page: Page): Promise<void> {
  await row(page, 'postTitle').getByRole('radio').first().focus()
  await page.keyboard.press('1')
  await row(page, 'phone').getByRole('radio').first().focus()
  await page.keyboard.press('2')
  await expect(page.getByText('还有 1 项没有选好')).toBeVisible()
  await row(page, 'rank').getByRole('radio').first().focus()
  await page.keyboard.press('3')
  const third = page.getByLabel('另填“职级”')
  await expect(third).toBeFocused()
  await third.fill('二级主任科员')
  expect(await seriousFaults(page)).toEqual([])
  await page.screenshot({ path: test.info().outputPath('conflict.png') })
  await page.getByRole('button', { name: sync.conflict.save }).click()
}

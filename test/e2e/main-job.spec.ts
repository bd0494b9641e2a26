import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import cadre from '../../shared/i18n/zh-CN/cadre.json' with { type: 'json' }
import common from '../../shared/i18n/zh-CN/common.json' with { type: 'json' }
import console_ from '../../shared/i18n/zh-CN/console.json' with { type: 'json' }
import desk from '../../shared/i18n/zh-CN/desk.json' with { type: 'json' }
import import_ from '../../shared/i18n/zh-CN/import.json' with { type: 'json' }
import roster from '../../shared/i18n/zh-CN/roster.json' with { type: 'json' }
import sync from '../../shared/i18n/zh-CN/sync.json' with { type: 'json' }
import talk from '../../shared/i18n/zh-CN/talk.json' with { type: 'json' }
import { anIdentityNumber } from '../builders/identity-number.ts'
import { CONSOLE_PASSWORD, startCityProcess, type CityProcess } from '../helpers/city-process.ts'
import { startHostProcess, temporaryFolder, type RunningHost } from '../helpers/command-line.ts'
import { seriousFaults } from '../helpers/demo-page.ts'
import { FIRST_IDENTITY, ROSTER_PEOPLE, rosterFile } from '../helpers/roster-file.ts'

const PASSPHRASE = 'Ceshi-kouling-1'
const CODE = '371002101'

let folder: ReturnType<typeof temporaryFolder>
let host: RunningHost
let city: CityProcess

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  folder = temporaryFolder()
  host = await startHostProcess(['--data', join(folder.dir, 'desk')])
})
test.afterAll(async () => {
  host.child.kill('SIGTERM')
  await host.ended
  await city?.stop()
  folder.remove()
})

test('roster in, talk logged offline, coverage seen, reported, every change answered', async ({ page }) => {
  test.setTimeout(180_000)
  await test.step('a new township makes its desk and keeps the recovery code', () => newTownship(page))
  await test.step('the roster comes in', () => importRoster(page))
  await test.step('a talk is logged without any network', () => logTalk(page))
  await test.step('the workbench shows who was not talked to', async () => {
    await open(page, common.navigation.workbench)
    await expect(page.getByText('未谈 5 人')).toBeVisible()
    await expect(page.getByText('16.7%')).toBeVisible()
  })
  await test.step('the city starts, the desk enrols and reports', () => enrolAndReport(page))
  await test.step('a rejected change is repaired and reported again', () => rejectAndRepair(page))
  await test.step('the console shows the same coverage', () => readConsole(page))
})

async function newTownship(page: Page): Promise<void> {
  await page.goto(host.url)
  await page.waitForSelector('[data-app="ready"]')
  await page.getByRole('button', { name: desk.first.new }).click()
  await page.getByLabel(desk.new.unitName).fill('测试镇')
  await page.getByLabel(desk.new.unitCode).fill(CODE)
  await page.getByLabel(desk.new.officerName).fill('王组委')
  await page.getByRole('textbox', { name: desk.new.passphrase, exact: false }).first().fill(PASSPHRASE)
  await page.getByRole('textbox', { name: desk.new.again, exact: false }).fill(PASSPHRASE)
  await page.getByRole('button', { name: desk.new.create }).click()
  const code = (await page.getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){5}$/).textContent()) ?? ''
  expect(code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){5}$/)
  await page.getByLabel(desk.recovery.check).fill(code.slice(-4))
  await page.getByLabel(desk.recovery.confirm).check()
  await page.getByRole('button', { name: desk.recovery.continue }).click()
  await expect(page.getByRole('heading', { level: 1, name: common.navigation.workbench })).toBeVisible()
}

async function importRoster(page: Page): Promise<void> {
  const file = join(folder.dir, '测试镇花名册.xlsx')
  writeFileSync(file, await rosterFile())
  await open(page, common.navigation.cadre)
  await page
    .getByRole('link', { name: roster.title })
    .or(page.getByRole('button', { name: roster.title }))
    .first()
    .click()
  await page.locator('input[type="file"]').setInputFiles(file)
  await page.getByRole('button', { name: roster.columns.next }).press('Enter')
  await expect(page.getByText('新增 6').first()).toBeVisible()
  expect(await seriousFaults(page)).toEqual([])
  await optionsStay(page)
  await page.getByRole('button', { name: '导入 6 人' }).press('Enter')
  const done = page.getByText(/已导入：新增 6 人/)
  await expect(done).toBeVisible()
  await page.getByRole('button', { name: import_.result.undo }).press('Enter')
  await expect(page.getByRole('status').filter({ hasText: '已撤销' })).toBeFocused()
  await page.getByRole('button', { name: roster.result.again }).press('Enter')
  await page.locator('input[type="file"]').setInputFiles(file)
  await page.getByRole('button', { name: roster.columns.next }).click()
  await page.getByRole('button', { name: '导入 6 人' }).click()
  await expect(done).toBeVisible()
  await open(page, common.navigation.cadre)
  for (const name of ROSTER_PEOPLE) await expect(page.getByText(name)).toBeVisible()
  expect(await seriousFaults(page)).toEqual([])
}

/** Going back to the columns forgets who is whom, not what is to happen to people on the roll. */
async function optionsStay(page: Page): Promise<void> {
  const options = page.getByRole('button', { name: import_.existing.options })
  const skip = page.getByRole('radio', { name: import_.existing.skip })
  await options.click()
  await skip.check()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: roster.check.columnsAgain }).click()
  await page.getByRole('button', { name: roster.columns.next }).click()
  await options.click()
  await expect(skip).toBeChecked()
  await page.keyboard.press('Escape')
}

async function logTalk(page: Page): Promise<void> {
  await open(page, common.navigation.talk)
  await page
    .getByRole('link', { name: talk.action.log })
    .or(page.getByRole('button', { name: talk.action.log }))
    .first()
    .click()
  await page
    .getByRole('combobox', { name: talk.field.cadreId })
    .or(page.getByLabel(talk.field.cadreId))
    .first()
    .fill('sxm')
  await page.getByRole('option', { name: /单晓明/ }).click()
  await page
    .getByRole('combobox', { name: talk.field.talker })
    .or(page.getByLabel(talk.field.talker))
    .first()
    .fill('李书记')
  await page.getByRole('option', { name: /李书记/ }).click()
  await page.getByLabel(talk.field.summary).fill('谈到孩子上学和通勤，情绪稳定')
  expect(await seriousFaults(page)).toEqual([])
  await page.keyboard.press('Control+s')
  await expect(page.getByText(/与单晓明的谈话已保存在本机/)).toBeVisible()
}

async function enrolAndReport(page: Page): Promise<void> {
  city = await startCityProcess(join(folder.dir, 'city'))
  await city.run('unit', 'add', '371000', '威海市')
  await city.run('unit', 'add', '371002', '环翠区', '--parent', '371000')
  await city.run('unit', 'add', CODE, '测试镇', '--parent', '371002')
  const { code } = await city.run<{ code: string }>('enrol-code', CODE)
  await open(page, common.navigation.sync)
  await page.getByLabel(sync.enrol.city).fill(city.url)
  await page.getByLabel(sync.enrol.code).fill(code)
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: sync.enrol.action, exact: true }).click()
  await page.getByRole('button', { name: sync.action.run }).click()
  await expect(page.getByText(/全部 \d+ 项变更已由市级端入库/)).toBeVisible()
}

async function rejectAndRepair(page: Page): Promise<void> {
  await open(page, common.navigation.cadre)
  await page.keyboard.press('Alt+n')
  // The search box of the list answers to 姓名 too, until the form is there.
  await expect(page.getByRole('heading', { level: 1, name: cadre.form.newTitle })).toBeVisible()
  await page.getByLabel(cadre.field.name, { exact: false }).first().fill('卢小满')
  await page.getByLabel(cadre.field.identityNumber).fill(FIRST_IDENTITY)
  await page.keyboard.press('Control+s')
  await expect(page.getByText(common.form.saved).first()).toBeVisible()
  await open(page, common.navigation.sync)
  await page.getByRole('button', { name: sync.action.run }).click()
  await expect(page.getByText(/1 项没有通过市级端校验/)).toBeVisible()
  expect(await seriousFaults(page)).toEqual([])
  await page
    .getByRole('button', { name: sync.action.repair })
    .or(page.getByRole('link', { name: sync.action.repair }))
    .first()
    .click()
  await expect(page.getByLabel(cadre.field.identityNumber).first()).toBeVisible()
  const reveal = page.getByRole('button', { name: '显示并修改' })
  if (await reveal.first().isVisible()) await reveal.first().click()
  await page
    .getByLabel(cadre.field.identityNumber)
    .first()
    .fill(anIdentityNumber({ birth: '1991-04', male: false, sequence: 62 }))
  await page.keyboard.press('Control+s')
  await expect(page.getByText(common.form.saved).first()).toBeVisible()
  await open(page, common.navigation.sync)
  await page.getByRole('button', { name: sync.action.run }).click()
  await expect(page.getByText(/全部 \d+ 项变更已由市级端入库/)).toBeVisible()
}

async function readConsole(page: Page): Promise<void> {
  await city.run('user', 'add', '市委组织部', '--role', 'viewer', '--node', '371000')
  await page.goto(`${city.url}/`)
  await page.getByLabel(console_.signIn.name).fill('市委组织部')
  await page.getByRole('textbox', { name: console_.signIn.password }).fill(CONSOLE_PASSWORD)
  await page.getByRole('button', { name: console_.signIn.action }).click()
  await expect(page.getByRole('heading', { level: 1, name: console_.townships.title })).toBeVisible()
  await expect(page.getByText('1/7')).toBeVisible()
  expect(await seriousFaults(page)).toEqual([])
}

/** Goes to a page by the navigation. */
async function open(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation', { name: common.navigation.label })
    .getByRole('link', { name: new RegExp(`^${name}`) })
    .click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}

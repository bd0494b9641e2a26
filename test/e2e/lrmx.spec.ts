import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { parseLrmx } from '../../core/exchange/lrmx-parse.ts'
import cadre from '../../shared/i18n/zh-CN/cadre.json' with { type: 'json' }
import common from '../../shared/i18n/zh-CN/common.json' with { type: 'json' }
import import_ from '../../shared/i18n/zh-CN/import.json' with { type: 'json' }
import lrmx from '../../shared/i18n/zh-CN/lrmx.json' with { type: 'json' }
import { aForm, formBytes, lrmBytes } from '../builders/form.ts'
import { desk, startHostProcess, temporaryFolder, PASSPHRASE, type RunningHost } from '../helpers/command-line.ts'
import { seriousFaults } from '../helpers/demo-page.ts'

let folder: ReturnType<typeof temporaryFolder>
let host: RunningHost

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  folder = temporaryFolder()
  const data = join(folder.dir, 'desk')
  await desk(['init', '--unit', '测试镇', '--unit-code', '371002101', '--officer', '王组委', '--data', data])
  host = await startHostProcess(['--data', data])
})
test.afterAll(async () => {
  host.child.kill('SIGTERM')
  await host.ended
  folder.remove()
})

test('forms come in with their photos, one is cropped anew, one goes out again', async ({ page }) => {
  const refused: string[] = []
  page.on('console', (message) => message.type() === 'error' && refused.push(message.text()))
  await signIn(page)
  await test.step('several files are compared with the roll before anything is written', () => importForms(page))
  await test.step('the photo stands in the header', async () => {
    await page.getByText('试一二', { exact: true }).first().click()
    await expect(page.getByRole('img', { name: '试一二 的照片' })).toBeVisible()
  })
  await test.step('a new photo is cut to 4:5 and kept as JPEG', () => changePhoto(page))
  await test.step('the form goes out with its purpose, and has the new photo', () => exportForm(page))
  await test.step('gaps and overlaps show while the résumé is being written', () => writeResume(page))
  expect(refused).toEqual([])
})

async function signIn(page: Page): Promise<void> {
  await page.goto(host.url)
  await page.waitForSelector('[data-app="ready"]')
  await page.getByRole('textbox', { name: /口令/ }).first().fill(PASSPHRASE)
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: common.navigation.cadre, exact: true }).click()
}

async function importForms(page: Page): Promise<void> {
  const photo = await picture(page, 400, 500, 'image/jpeg')
  const named = { ...aForm(), texts: { ...aForm().texts, XingMing: '试老', ShenFenZheng: '' } }
  await page.getByRole('link', { name: lrmx.title }).first().click()
  await page
    .getByLabel(lrmx.file.choose)
    .setInputFiles([
      file('试一二.lrmx', Buffer.from(formBytes({ ...aForm(), photo }))),
      file('试老.lrm', Buffer.from(lrmBytes(named))),
      file('试老.jpg', Buffer.from(photo)),
      file('坏.lrmx', Buffer.from(formBytes(aForm()).subarray(0, 500))),
    ])
  await expect(page.getByText('共 3 份：新增 2，更改 0，不变 0，待确认 0，有问题 1')).toBeVisible()
  await page.getByText('坏.lrmx', { exact: true }).first().click()
  await expect(page.getByRole('complementary')).toContainText('文件不完整或已损坏')
  expect(await seriousFaults(page)).toEqual([])
  const step = page.locator('[aria-current="step"]')
  await page.getByRole('button', { name: lrmx.check.more }).press('Enter')
  await expect(step).toBeFocused()
  await expect(step).toContainText(import_.step.file)
  await page.getByRole('button', { name: import_.run.back }).press('Enter')
  await expect(page.getByText('共 3 份：新增 2，更改 0，不变 0，待确认 0，有问题 1')).toBeVisible()
  await expect(step).toBeFocused()
  await page.getByRole('button', { name: '导入 2 人' }).press('Enter')
  await expect(page.getByText(lrmx.result.done.replace(/\{\{added\}\}.*/, '2'))).toBeVisible()
  await expect(step).toBeFocused()
  await expect(step).toContainText(import_.step.result)
  expect(await seriousFaults(page)).toEqual([])
}

async function changePhoto(page: Page): Promise<void> {
  await page.getByRole('button', { name: lrmx.photo.change }).click()
  await page
    .getByLabel(lrmx.photo.choose)
    .setInputFiles(file('新.png', Buffer.from(await picture(page, 900, 500, 'image/png'))))
  const area = page.getByRole('application', { name: lrmx.photo.crop })
  await area.press('ArrowRight')
  await area.press('+')
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: lrmx.photo.save }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
}

async function exportForm(page: Page): Promise<void> {
  await page.getByRole('button', { name: common.action.more }).click()
  await page.getByRole('menuitem', { name: lrmx.export.action }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('身份证号')
  await expect(dialog.getByRole('button', { name: '导出 1 人' })).toBeDisabled()
  await dialog.getByLabel(lrmx.export.purpose).fill('任前审核')
  expect(await seriousFaults(page)).toEqual([])
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: '导出 1 人' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('试一二.lrmx')
  const { person } = parseLrmx(readFileSync(await download.path()))
  expect(person.texts).toMatchObject(aForm().texts)
  expect([...person.photo!.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff])
}

async function writeResume(page: Page): Promise<void> {
  await page.getByRole('link', { name: common.action.edit }).click()
  await page.getByRole('textbox', { name: cadre.field.resume }).fill('2003.09--2007.07  学习\n2008.01--  试验镇科员')
  await expect(page.getByText('第 2 行：2007.07 至 2008.01 之间没有经历')).toBeVisible()
}

const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer })

/** A picture drawn by the browser itself, so that it can be decoded again. */
async function picture(page: Page, width: number, height: number, kind: string): Promise<Uint8Array> {
  const url = await page.evaluate(
    ([w, h, type]) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: w, height: h })
      const context = canvas.getContext('2d')!
      context.fillStyle = '#9cf'
      context.fillRect(0, 0, w, h)
      context.fillStyle = '#c63'
      context.fillRect(w / 3, h / 4, w / 3, h / 3)
      return canvas.toDataURL(type)
    },
    [width, height, kind] as const,
  )
  return new Uint8Array(Buffer.from(url.split(',')[1]!, 'base64'))
}

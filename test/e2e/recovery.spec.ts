import { rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import common from '../../shared/i18n/zh-CN/common.json' with { type: 'json' }
import words from '../../shared/i18n/zh-CN/desk.json' with { type: 'json' }
import setting from '../../shared/i18n/zh-CN/setting.json' with { type: 'json' }
import workbench from '../../shared/i18n/zh-CN/workbench.json' with { type: 'json' }
import { desk, PASSPHRASE, startHostProcess, temporaryFolder, valueOf } from '../helpers/command-line.ts'
import { seriousFaults } from '../helpers/demo-page.ts'

const NEW_PASSPHRASE = 'Xin-kouling-2027'

/** A township of one officer with one record, a backup on another folder, and one record saved after it. */
async function aTownship(dir: string, stick: string) {
  const init = ['init', '--unit', '测试镇', '--unit-code', '371002101', '--officer', '王组委', '--data', dir, '--json']
  const { recoveryCode } = valueOf(await desk(init)) as { recoveryCode: string }
  const save = (name: string) =>
    desk(['call', 'cadre.save', '-', '--data', dir], { stdin: JSON.stringify({ set: { name } }) })
  await save('甲某')
  const plan = { folder: stick, keep: 7, daily: true }
  await desk(['call', 'backup.schedule', JSON.stringify(plan), '--data', dir])
  await desk(['backup', '--data', dir])
  await save('乙某')
  return recoveryCode
}

/** Opens the page of a host on that folder for the length of `work`. */
async function withPage(page: Page, dir: string, work: () => Promise<void>): Promise<void> {
  const host = await startHostProcess(['--data', dir])
  try {
    // The host keeps its port, and another fragment of the same address would load nothing.
    await page.goto('about:blank')
    await page.goto(host.url)
    await page.waitForSelector('[data-app="ready"]')
    await work()
  } finally {
    host.child.kill('SIGTERM')
    await host.ended
  }
}

test('a damaged desk leads to the last good backup, back to work by the recovery code, and says what is missing', async ({
  page,
}) => {
  test.setTimeout(120_000)
  const folder = temporaryFolder()
  const dir = join(folder.dir, 'data')
  try {
    const recoveryCode = await aTownship(dir, join(folder.dir, 'stick'))
    truncateSync(join(dir, 'desk.db'), 20_000)
    await withPage(page, dir, async () => {
      await page.getByLabel(words.unlock.passphrase, { exact: true }).fill(PASSPHRASE)
      await page.getByRole('button', { name: words.unlock.action, exact: true }).click()
      await expect(page.getByRole('heading', { name: words.damaged.title })).toBeVisible()
      await expect(page.getByText(words.damaged.said.database)).toBeVisible()
      expect(await seriousFaults(page)).toEqual([])
      await restoreTheFirst(page, '这份备份之后在本机保存的 1 项变更不会回来')
      await page.getByText(words.unlock.forgot).click()
      await page.getByText(words.recover.lost).click()
      await expect(page.getByText(words.forgotten.noKey)).toBeVisible()
      expect(await seriousFaults(page)).toEqual([])
      await page.getByRole('button', { name: words.forgotten.back }).click()
      await recover(page, recoveryCode)
      const notice = page.getByRole('alert').filter({ hasText: workbench.restored.title })
      await expect(notice).toContainText('其中 3 项变更当时尚未报送，将重新报送。')
      await expect(notice).toContainText('之后在本机保存的 1 项变更不在其中')
      expect(await seriousFaults(page)).toEqual([])
      await notice.getByRole('button', { name: workbench.restored.dismiss }).click()
      await expect(notice).toBeHidden()
    })
    await withPage(page, dir, async () => {
      await page.getByLabel(words.unlock.passphrase, { exact: true }).fill(NEW_PASSPHRASE)
      await page.getByRole('button', { name: words.unlock.action, exact: true }).click()
      await page.getByRole('link', { name: common.navigation.settings }).click()
      await page.getByRole('tab', { name: setting.tab.backup }).click()
      await page.getByRole('button', { name: setting.backup.make }).click()
      await expect(page.getByText(/^已备份到 .+，并打开核对完整：3 项变更/).first()).toBeVisible()
      await expect(page.getByRole('grid').getByRole('row')).toHaveCount(3)
      expect(await seriousFaults(page)).toEqual([])
    })
  } finally {
    folder.remove()
  }
})

test('a PC without data restores from a folder one names, and a lost key file is no empty desk', async ({ page }) => {
  test.setTimeout(120_000)
  const folder = temporaryFolder()
  const stick = join(folder.dir, 'stick')
  const dir = join(folder.dir, 'data')
  try {
    await aTownship(dir, stick)
    await withPage(page, join(folder.dir, 'new'), async () => {
      await page.getByRole('button', { name: words.restore.fromFirst }).click()
      await page.getByLabel(words.restore.folder).fill(join(folder.dir, 'nowhere'))
      await page.getByRole('button', { name: words.restore.look }).click()
      await expect(page.getByRole('alert')).toContainText('没有备份')
      await page.getByLabel(words.restore.folder).fill(stick)
      await page.getByRole('button', { name: words.restore.look }).click()
      expect(await seriousFaults(page)).toEqual([])
      await restoreTheFirst(page, words.confirm.sinceUnknown)
      await expect(page.getByRole('heading', { name: words.unlock.title })).toBeVisible()
    })
    rmSync(join(dir, 'keys.json'))
    await withPage(page, dir, async () => {
      await expect(page.getByText(words.damaged.said['no-key-file'])).toBeVisible()
      await expect(page.getByText(words.first.new)).toBeHidden()
      await restoreTheFirst(page, words.restore.kept)
      await expect(page.getByRole('heading', { name: words.unlock.title })).toBeVisible()
    })
  } finally {
    folder.remove()
  }
})

/** The newest whole one is chosen already; the dialog says what does not come back. */
async function restoreTheFirst(page: Page, said: string): Promise<void> {
  await page.getByRole('button', { name: words.restore.action }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('单位代码 371002101')
  await expect(dialog).toContainText(said)
  expect(await seriousFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: /^恢复到 / }).click()
  await page.getByRole('button', { name: words.restore.continue }).click()
}

async function recover(page: Page, recoveryCode: string): Promise<void> {
  await page.getByLabel(words.recover.code).fill(recoveryCode)
  for (const label of [words.recover.passphrase, words.new.again])
    await page.getByLabel(label).first().fill(NEW_PASSPHRASE)
  await page.getByRole('button', { name: words.recover.action }).click()
}

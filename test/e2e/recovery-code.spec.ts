import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import words from '../../shared/i18n/zh-CN/desk.json' with { type: 'json' }
import officer from '../../shared/i18n/zh-CN/officer.json' with { type: 'json' }
import { complaintIn, desk, PASSPHRASE, startHostProcess, temporaryFolder, valueOf } from '../helpers/command-line.ts'
import { seriousFaults } from '../helpers/demo-page.ts'

const NEW_PASSPHRASE = 'Xin-kouling-2027'

test('a lost recovery code is replaced in the settings; the sheet goes only when it is kept, and prints alone', async ({
  page,
}) => {
  test.setTimeout(90_000)
  const folder = temporaryFolder()
  const dir = join(folder.dir, 'data')
  const init = ['init', '--unit', '测试镇', '--unit-code', '371002101', '--officer', '王组委', '--data', dir, '--json']
  const first = (valueOf(await desk(init)) as { recoveryCode: string }).recoveryCode
  const host = await startHostProcess(['--data', dir])
  let second = ''
  try {
    await page.goto(host.url)
    await page.getByLabel(words.unlock.passphrase, { exact: true }).fill(PASSPHRASE)
    await page.getByRole('button', { name: words.unlock.action, exact: true }).click()
    await expect(page.locator('[data-app="ready"]')).toBeVisible()
    await page.evaluate(() => (window.location.hash = '#/settings?tab=officer'))
    const form = page.getByRole('region', { name: officer.recovery.title })
    await form.getByLabel(officer.passphrase.current).fill(PASSPHRASE)
    await form.getByRole('button', { name: officer.recovery.make }).click()

    const sheet = page.getByRole('dialog', { name: officer.recovery.dialog })
    second = (await sheet.getByTestId('desk.recovery-code').textContent())?.trim() ?? ''
    expect(second).toMatch(/^([0-9A-Z]{4}-){5}[0-9A-Z]{4}$/)
    expect(await seriousFaults(page)).toEqual([])
    await page.emulateMedia({ media: 'print' })
    await expect(sheet.getByText(words.recovery.printed)).toBeVisible()
    await expect(page.locator('#root')).toBeHidden()
    await page.emulateMedia({ media: 'screen' })

    await page.context().grantPermissions(['clipboard-write'])
    await sheet.getByRole('button', { name: words.recovery.copy }).press('Enter')
    await expect(page.getByRole('alert').filter({ hasText: words.recovery.copied })).toBeVisible()
    await page.emulateMedia({ media: 'print' })
    await expect(page.getByRole('alert').filter({ hasText: words.recovery.copied })).toBeHidden()
    await page.emulateMedia({ media: 'screen' })
    await page.keyboard.press('Escape')
    const done = sheet.getByRole('button', { name: officer.recovery.done })
    await expect(done).toBeDisabled()
    await sheet.getByLabel(words.recovery.check).fill(second.slice(-4))
    await sheet.getByLabel(words.recovery.confirm).check()
    await done.click()
    await expect(sheet).toBeHidden()
    expect(await page.content()).not.toContain(second)
  } finally {
    host.child.kill('SIGTERM')
    await host.ended
  }
  const recover = (code: string) =>
    desk(['recover', '--data', dir, '--json'], { env: { ZGT_PASSPHRASE: NEW_PASSPHRASE, ZGT_RECOVERY_CODE: code } })
  expect(complaintIn(await recover(first)).code).toBe('wrong-recovery-code')
  expect((await recover(second)).code).toBe(0)
  folder.remove()
})

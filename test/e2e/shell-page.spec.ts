import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { startLoopback, type Loopback } from '../../server/http/loopback.ts'
import common from '../../shared/i18n/zh-CN/common.json' with { type: 'json' }
import desk from '../../shared/i18n/zh-CN/desk.json' with { type: 'json' }
import officer from '../../shared/i18n/zh-CN/officer.json' with { type: 'json' }
import { startBuiltCore, type BuiltCore } from '../helpers/built-core.ts'
import { PASSPHRASE, temporaryFolder } from '../helpers/command-line.ts'
import { aKeystore } from '../helpers/keystore.ts'

/**
 * What the page does when the shell's bridge is on its window, over the shell's built core. The bridge itself is a
 * stand-in and the browser is not Electron's; electron-smoke.spec.ts is about the real ones.
 */
const PAGES = join(import.meta.dirname, '../../dist/renderer')
const keystore = aKeystore()
const asked: { name: string; input: unknown }[] = []

let folder: ReturnType<typeof temporaryFolder>
let core: BuiltCore
let loopback: Loopback

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  folder = temporaryFolder()
  core = startBuiltCore(join(folder.dir, 'desk'), keystore)
  const township = { unitName: '测试镇', unitCode: '371002101', officerName: '王组委', passphrase: PASSPHRASE }
  expect(await core.call('desk.init', township)).toMatchObject({ ok: true })
  const report = (cause: unknown) => console.error(cause)
  loopback = await startLoopback({ desk: core, pages: PAGES, port: 0, controlSecret: 'x'.repeat(40), report })
})
test.afterAll(async () => {
  await loopback.close()
  await core.close()
  folder.remove()
})

test('an officer switches the key store on, unlocks by it, and switches it off', async ({ page }) => {
  await openInShell(page)
  await toOwnAccount(page)
  const form = page.getByRole('region', { name: officer.keystore.title })
  await expect(form.getByText(officer.keystore.risk)).toBeVisible()
  await form.getByLabel(officer.passphrase.current).fill(PASSPHRASE)
  await form.getByRole('button', { name: officer.keystore.enable }).click()
  await expect(form.getByText(officer.keystore.isOn)).toBeVisible()
  expect(keystore.kept.size).toBe(1)

  await page.getByRole('button', { name: /王组委/ }).click()
  await page.getByRole('button', { name: common.account.lock }).click()
  await page.getByRole('button', { name: desk.unlock.byKeystore }).click()
  await expect(page.getByRole('navigation', { name: common.navigation.label })).toBeVisible()

  await toOwnAccount(page)
  await form.getByRole('button', { name: officer.keystore.disable }).click()
  await expect(form.getByRole('button', { name: officer.keystore.enable })).toBeVisible()
  expect(keystore.kept.size).toBe(0)
})

test('a PC without a keyring is told so, and offered nothing', async ({ page }) => {
  keystore.missing = 'no-keyring'
  await openInShell(page)
  await toOwnAccount(page)
  await expect(page.getByText(officer.keystore.obstacle['no-keyring'])).toBeVisible()
  await expect(page.getByRole('button', { name: officer.keystore.enable })).toHaveCount(0)
  keystore.missing = null
})

test('the shell is told the language, and asked for the PDF', async ({ page }) => {
  await openInShell(page)
  expect(asked).toContainEqual({ name: 'host.setLanguage', input: { language: 'zh-CN' } })
  await page.getByRole('button', { name: /王组委/ }).click()
  await page.getByRole('button', { name: common.account.savePdf }).click()
  await expect(page.getByText(common.pdf.saved).first()).toBeVisible()
  expect(asked.at(-1)).toEqual({ name: 'host.savePdf', input: { fileName: await page.title() } })
  await page.getByRole('button', { name: /王组委/ }).click()
  await page.getByText('English').click()
  await expect.poll(() => asked.at(-1)).toEqual({ name: 'host.setLanguage', input: { language: 'en' } })
})

test('a core that crashed and was started again is told to the officer, who unlocks anew', async ({ page }) => {
  await openInShell(page)
  await core.call('desk.lock', {})
  await page.evaluate(() => {
    const { tell } = window as unknown as { tell: (event: object) => void }
    tell({ kind: 'locked', because: 'crash' })
  })
  await expect(page.getByText(common.fault.coreCrashed).first()).toBeVisible()
  await page.getByLabel(desk.unlock.passphrase).fill(PASSPHRASE)
  await page.getByRole('button', { name: desk.unlock.action }).click()
  await expect(page.getByRole('navigation', { name: common.navigation.label })).toBeVisible()
})

test('in a browser the page says that this is for the installed program', async ({ page }) => {
  await page.goto(loopback.launchUrl())
  keystore.missing = 'host'
  await toOwnAccount(page)
  await expect(page.getByText(officer.keystore.obstacle.host)).toBeVisible()
  await page.getByRole('button', { name: /王组委/ }).click()
  await expect(page.getByRole('button', { name: common.account.lock })).toBeVisible()
  await expect(page.getByRole('button', { name: common.account.savePdf })).toHaveCount(0)
  keystore.missing = null
})

/** Puts the bridge on the window, as electron/preload.ts does, and opens the page. */
async function openInShell(page: Page): Promise<void> {
  await page.exposeFunction('callShell', (name: string, input: unknown) => {
    if (!name.startsWith('host.')) return core.call(name, input)
    asked.push({ name, input })
    return { ok: true, data: name === 'host.savePdf' ? { saved: true } : {} }
  })
  await page.addInitScript(() => {
    const shell = window as unknown as Record<string, unknown>
    shell['core'] = {
      call: shell['callShell'],
      onEvent: (tell: unknown) => {
        shell['tell'] = tell
      },
    }
  })
  await page.goto(`http://127.0.0.1:${loopback.port}/`)
  await expect(page.getByRole('navigation', { name: common.navigation.label })).toBeVisible()
}

async function toOwnAccount(page: Page): Promise<void> {
  await page.getByRole('button', { name: /王组委/ }).click()
  await page.getByRole('button', { name: common.account.passphrase }).click()
  await expect(page.getByRole('region', { name: officer.keystore.title })).toBeVisible()
}

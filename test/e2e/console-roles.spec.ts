import { expect, test } from '@playwright/test'
import words from '../../shared/i18n/zh-CN/console.json' with { type: 'json' }
import type { Role } from '../../shared/permissions.ts'
import { CONSOLE_PASSWORD, startCityProcess, type CityProcess } from '../helpers/city-process.ts'
import { temporaryFolder } from '../helpers/command-line.ts'

const { name, code, parent, lastContact, pending, attention, coverage, device, version } = words.column
const ALWAYS = [name, code, parent, lastContact, pending]
/** The columns a page shows at first; who reads figures finds the machines, where they may be seen, under 选择列. */
const HEADERS: Readonly<Partial<Record<Role, readonly string[]>>> = {
  orgCommissioner: [...ALWAYS, attention, coverage],
  viewer: [...ALWAYS, coverage],
  sysAdmin: [...ALWAYS, device, version],
}

let folder: ReturnType<typeof temporaryFolder>
let city: CityProcess

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(90_000)
  folder = temporaryFolder()
  city = await startCityProcess(folder.dir)
  await city.run('unit', 'add', '371002', '环翠区')
  await city.run('unit', 'add', '371002101', '甲街道')
})
test.afterAll(async () => {
  await city.stop()
  folder.remove()
})

for (const role of ['orgCommissioner', 'viewer', 'sysAdmin', 'secAuditor'] as const) {
  test(`the console shows the ${role} what the role may see, and no more`, async ({ page }) => {
    await city.run('user', 'add', role, '--role', role, '--node', '371002')
    await page.goto(`${city.url}/`)
    await page.getByLabel(words.signIn.name).fill(role)
    await page.getByRole('textbox', { name: words.signIn.password }).fill(CONSOLE_PASSWORD)
    await page.getByRole('button', { name: words.signIn.action }).click()
    await expect(page.getByRole('heading', { level: 1, name: words.townships.title })).toBeVisible()
    const headers = HEADERS[role]
    if (headers === undefined) await expect(page.getByText(words.nothing.title)).toBeVisible()
    else {
      await expect(page.getByText('371002101')).toBeVisible()
      expect(await page.getByRole('columnheader').allTextContents()).toEqual(headers)
    }
    const year = page.getByRole('combobox', { name: words.townships.year })
    await expect(year).toHaveCount(headers?.includes(coverage) === true ? 1 : 0)
  })
}

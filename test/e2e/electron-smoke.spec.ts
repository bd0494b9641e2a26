import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, expect, test, type ElectronApplication, type Page } from '@playwright/test'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SHELL = join(ROOT, 'dist/electron/main.js')
const BINARY =
  { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[process.platform as string] ?? 'electron'
const EXECUTABLE = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(ROOT, 'node_modules/electron/dist'), BINARY)

/** Why the real runtime cannot be launched here, or null. */
function obstacle(): string | null {
  if (!existsSync(EXECUTABLE)) return 'the Electron runtime is not installed'
  if (!existsSync(SHELL)) return 'the shell is not built (npm run build)'
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'])
    return 'there is no display'
  // Chromium refuses root unless its sandbox is switched off, and then this would not be the product.
  if (process.getuid?.() === 0) return 'this is root, and the sandbox stays on'
  return null
}

test.describe('the shell in the real runtime', () => {
  const reason = obstacle()
  if (reason !== null) console.log(`SKIPPED electron smoke: ${reason}`)
  test.skip(reason !== null, reason ?? '')

  let dir: string
  let shell: ElectronApplication
  let page: Page

  test.beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'zgt-electron-'))
    shell = await _electron.launch({ executablePath: EXECUTABLE, args: [ROOT, '--data', dir], cwd: ROOT })
    page = await shell.firstWindow()
    await page.waitForSelector('[data-app="ready"]')
  })
  test.afterEach(async () => {
    await shell.close()
    rmSync(dir, { recursive: true, force: true })
  })

  test('opens our page, which reaches the core and nothing of Node', async () => {
    expect(page.url()).toMatch(/^app:\/\/bundle\//)
    const seen = await page.evaluate(async () => ({
      status: await (window as unknown as { core: { call(name: string, input: object): Promise<unknown> } }).core.call(
        'desk.status',
        {},
      ),
      node: [
        typeof Reflect.get(window, 'require'),
        typeof Reflect.get(window, 'process'),
        typeof Reflect.get(window, 'module'),
      ],
    }))
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }
    expect(seen.status).toMatchObject({ ok: true, data: { state: 'absent', version } })
    expect(seen.node).toEqual(['undefined', 'undefined', 'undefined'])
  })

  test('stays on our page, opens no window and runs no inline script', async () => {
    await page.evaluate(() => {
      window.open('https://example.invalid/')
      window.location.href = 'https://example.invalid/?next=app://bundle/index.html'
      const script = document.createElement('script')
      script.textContent = 'window.inlineRan = true'
      document.body.append(script)
    })
    await expect(page.locator('[data-app="ready"]')).toBeVisible()
    expect(page.url()).toMatch(/^app:\/\/bundle\//)
    expect(shell.windows()).toHaveLength(1)
    expect(await page.evaluate(() => Reflect.get(window, 'inlineRan') as unknown)).toBeUndefined()
  })

  test('ends with its window, core included', async () => {
    const ended = new Promise<number | null>((resolve) => shell.process().once('exit', resolve))
    await page.close()
    expect(await ended).toBe(0)
  })
})

import { defineConfig } from '@playwright/test'
import { prepareChromium } from './build/scripts/chromium.ts'

/** Linux brings its browser along in npm; elsewhere one is installed anyway (every Windows has Edge). */
function browser() {
  if (process.platform === 'win32') return { channel: 'msedge' }
  if (process.platform === 'darwin') return { channel: 'chrome' }
  const { executablePath, env } = prepareChromium()
  // No sandbox: tests run as root in containers, and the pages they open are our own.
  return { launchOptions: { executablePath, env, args: ['--no-sandbox'], chromiumSandbox: false } }
}

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/e2e',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 2,
  retries: 0,
  reporter: 'list',
  use: {
    browserName: 'chromium',
    ...browser(),
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1366, height: 768 },
    trace: 'retain-on-failure',
  },
})

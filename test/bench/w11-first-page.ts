import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { chromium, type Page } from '@playwright/test'
import { prepareChromium } from '../../build/scripts/chromium.ts'
import common from '../../shared/i18n/zh-CN/common.json' with { type: 'json' }
import desk from '../../shared/i18n/zh-CN/desk.json' with { type: 'json' }
import { startHostProcess } from '../helpers/command-line.ts'
import { PASSPHRASE, type Folders } from './fixture.ts'
import { median, quantile, REPETITIONS, timed, type Figure } from './measure.ts'
import { fillTownship } from './township.ts'

const PAGES = fileURLToPath(new URL('../../dist/renderer', import.meta.url))

/**
 * W11: from 解锁 to a workbench with its figures, in a real browser on the loopback host, with the cheapest key derivation
 * (W6 has the real one); and the bytes of the first route, gzip, as a host with a wire would send them.
 */
export async function firstPage(folders: Folders): Promise<Figure[]> {
  const dir = folders.make()
  await fillTownship(dir, 500)
  const host = await startHostProcess(['--data', dir])
  const { executablePath, env } = prepareChromium()
  const browser = await chromium.launch({ executablePath, env, args: ['--no-sandbox'], chromiumSandbox: false })
  try {
    const page = await browser.newPage({ locale: 'zh-CN' })
    const files = new Set<string>()
    page.on('response', (response) => files.add(new URL(response.url()).pathname))
    await page.goto(host.url)
    const times: number[] = []
    for (let repetition = 0; repetition <= REPETITIONS; repetition += 1) {
      const ms = await unlock(page)
      if (repetition > 0) times.push(ms) // the first one also loads the code
      if (repetition < REPETITIONS) await lock(page)
    }
    return [timing(times), bytes(files)]
  } finally {
    await browser.close()
    host.child.kill('SIGTERM')
    await host.ended
  }
}

async function unlock(page: Page): Promise<number> {
  await page.getByRole('textbox', { name: desk.unlock.passphrase }).fill(PASSPHRASE)
  return timed(async () => {
    await page.getByRole('button', { name: desk.unlock.action, exact: true }).click()
    await page.getByRole('heading', { level: 1, name: common.navigation.workbench }).waitFor()
    await page.getByText(/^未谈 \d+ 人$/).waitFor()
  })
}

async function lock(page: Page): Promise<void> {
  await page.getByRole('button', { name: /测试员/ }).click()
  await page.getByRole('button', { name: common.account.lock }).click()
  await page.getByRole('textbox', { name: desk.unlock.passphrase }).waitFor()
}

function timing(times: readonly number[]): Figure {
  const [ours, reference] = [median(times), quantile(times, 0)]
  const note = `p95 ${quantile(times, 0.95).toFixed(0)} ms; reference: the fastest of ${times.length}`
  const base = { unit: 'ms', floor: 500, aim: 300, limit: 'ours' } as const
  return { ...base, workload: 'W11 unlock to workbench', ours, reference, ratio: ours / reference, note }
}

function bytes(paths: ReadonlySet<string>): Figure {
  const own = [...paths].filter((path) => /\.(js|css|html)$/.test(path) || path === '/')
  const content = own.map((path) => readFileSync(join(PAGES, path === '/' ? 'index.html' : path)))
  const kilobytes = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + size, 0) / 1_000
  const ours = kilobytes(content.map((file) => gzipSync(file).length))
  const reference = kilobytes(content.map((file) => file.length))
  const base = { unit: 'kB', floor: 450, aim: 350, limit: 'ours' } as const
  const note = `${own.length} files; reference: the same unpacked`
  return { ...base, workload: 'W11 first route, gzip', ours, reference, ratio: ours / reference, note }
}

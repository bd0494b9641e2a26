import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, vi } from 'vitest'
import { makeStandIn, type StandIn } from './electron-stand-in.ts'

/** Of the test that runs: made anew before each. */
export let standIn: StandIn
export let dir: string
const argv = process.argv

beforeEach(() => {
  standIn = makeStandIn()
  vi.doMock('electron', () => standIn.electron)
  vi.resetModules()
  dir = mkdtempSync(join(tmpdir(), 'zgt-shell-'))
  process.argv = ['electron', 'dist/electron/main.js', '--remote-debugging-port=0', '--data', dir]
})
afterEach(() => {
  process.argv = argv
  rmSync(dir, { recursive: true, force: true })
})

export async function startAgain(): Promise<void> {
  standIn = makeStandIn()
  vi.doMock('electron', () => standIn.electron)
  vi.resetModules()
  await startMain()
}

export async function startMain(): Promise<void> {
  await import('../../electron/main.ts')
  for (let turns = 0; turns < 5; turns++) await Promise.resolve()
}

export const sent = () =>
  (standIn.children.at(-1)?.mocks.postMessage.mock.calls ?? []).map(([message]) => message as { kind: string })

export const hear = (message: unknown) => standIn.children.at(-1)?.events.emit('message', message)

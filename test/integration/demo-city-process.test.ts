import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { openDemo } from '../../core/demo/open.ts'
import { openTestDesk, temporaryFolder } from '../helpers/desk.ts'

const PROCESS = fileURLToPath(new URL('../../server/local/demo-city-process.ts', import.meta.url))

/** Starts the city beside a demo township as build/scripts/start.mjs does for the shell. */
async function startCity(dir: string) {
  const child = fork(PROCESS, ['--data', dir], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text))
  const line = new Promise<string>((resolve) => {
    if (child.stdout !== null) createInterface({ input: child.stdout }).once('line', resolve)
  })
  return { child, ended, line, said: () => said }
}

test('the demo in the shell finds a city by what that city’s process prints, and reports to it', async () => {
  const dir = temporaryFolder()
  const { child, ended, line } = await startCity(dir)
  const city = JSON.parse((await line).replace(/^city /, '')) as { url: string; code: string }
  const demoCity = () => Promise.resolve(city)
  const { desk, call, bugs } = await openTestDesk(dir, { demoCity })
  await openDemo(desk.call, demoCity, (cause) => bugs.push(cause))
  expect(await call('session.get', {})).toMatchObject({ demo: true, enrolled: true })
  expect(await call('sync.run', {})).toMatchObject({ pending: 0 })
  expect(bugs).toEqual([])
  await desk.close()

  // Ctrl-C at a terminal reaches it as well; it waits for whoever started it.
  child.kill('SIGINT')
  child.disconnect()
  expect(await ended).toBe(0)
  expect(existsSync(join(dir, 'city/postgres/cluster/postmaster.pid'))).toBe(false)
})

test('a second one for the same township gives up with a sentence', async () => {
  const dir = temporaryFolder()
  const first = await startCity(dir)
  await first.line
  const second = await startCity(dir)
  expect(await second.ended).toBe(1)
  expect(second.said()).toMatch(/already run by process \d+/)
  first.child.disconnect()
  expect(await first.ended).toBe(0)
})

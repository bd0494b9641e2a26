import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { lockData } from '../../server/city/data-lock.ts'
import { isAlive } from '../../server/city/process-identity.ts'
import { freshDatabase, temporaryFolder } from '../helpers/city.ts'
import {
  batchText,
  enrolDevice,
  makeDevice,
  push,
  pushFrom,
  pushText,
  write,
  writeFounding,
  type TestDevice,
} from '../helpers/device.ts'

const CLI = 'server/city/cli.ts'
const aCadre = { name: '王某', rollGroup: 'in-post' }
const children = new Set<ChildProcess>()

afterEach(async () => {
  for (const child of children) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  children.clear()
})

function run(args: string[], env: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { ...process.env, DATABASE_URL: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.add(child)
  return child
}

async function done(args: string[], env: Record<string, string> = {}) {
  const child = run(args, env)
  let [out, error] = ['', '']
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (error += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number]
  return { code, out: out.trim(), error: error.trim() }
}

interface Running {
  readonly url: string
  readonly child: ChildProcess
  enrolCode(scope: string): Promise<string>
}

async function start(dataDir: string, env: Record<string, string> = {}): Promise<Running> {
  const child = run(['start', '--data', dataDir, '--port', '0'], env)
  child.stderr?.resume()
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const url = /^listening (http:\/\/\S+)$/.exec(line)?.[1]
    if (url === undefined) throw new Error(line)
    const enrolCode = async (scope: string) => (await done(['enrol-code', scope, '--data', dataDir], env)).out
    return { url, child, enrolCode }
  }
  throw new Error('the city ended before it listened')
}

async function stop({ child }: Running, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal)
  await once(child, 'exit')
}

const databasePid = (dataDir: string): number =>
  Number(readFileSync(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n', 1)[0])

async function ended(pid: number): Promise<void> {
  while (isAlive(pid, null)) await wait(20)
}

function aDevice(): TestDevice {
  const device = makeDevice()
  writeFounding(device)
  return device
}

test('commands work beside a running server, and without one; what they did survives a restart', async () => {
  const dataDir = temporaryFolder()
  expect(await done(['unit', 'add', '371002101', '某某街道', '--data', dataDir])).toMatchObject({ code: 0, error: '' })
  const city = await start(dataDir)
  expect(await done(['unit', 'add', '371000', '威海市', '--data', dataDir, '--json'])).toMatchObject({ code: 0 })
  const device = aDevice()
  await enrolDevice(device, city)
  expect((await push(device, city)).verdicts.map(({ verdict }) => verdict)).toEqual(['applied', 'applied'])
  const listed = JSON.parse((await done(['devices', '--data', dataDir, '--json'])).out) as {
    devices: { device: string; acceptedThrough: number }[]
  }
  expect(listed.devices).toMatchObject([{ device: device.dev, acceptedThrough: 2 }])
  await stop(city, 'SIGTERM')
  const user = JSON.parse(
    (await done(['user', 'add', 'boss', '--role', 'viewer', '--node', '371000', '--data', dataDir, '--json'])).out,
  ) as { password: string }
  const again = await start(dataDir)
  write(device, { ent: 'cadre', set: aCadre })
  expect((await pushFrom(device, again, 3)).verdict(3).verdict).toBe('applied')
  const answer = await fetch(`${again.url}/v1/console/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'boss', password: user.password }),
  })
  expect(await answer.json()).toMatchObject({ node: { code: '371000' } })
})

test('a city that ends takes its database along and leaves the folder free', async () => {
  const dataDir = temporaryFolder()
  const city = await start(dataDir)
  const pid = databasePid(dataDir)
  city.child.kill('SIGINT')
  expect(await once(city.child, 'exit')).toEqual([0, null])
  expect(isAlive(pid, null)).toBe(false)
  expect(existsSync(join(dataDir, 'lock'))).toBe(false)
})

test('the database of a city that was killed ends by itself', async () => {
  const dataDir = temporaryFolder()
  const city = await start(dataDir)
  const pid = databasePid(dataDir)
  await stop(city, 'SIGKILL')
  await ended(pid)
})

test('a city killed in the middle of pushes starts again at once, and has each answered change exactly once', async () => {
  const dataDir = temporaryFolder()
  await done(['unit', 'add', '371002101', '某某街道', '--data', dataDir])
  let city = await start(dataDir)
  const device = aDevice()
  await enrolDevice(device, city)
  await push(device, city)
  for (let n = 0; n < 300; n += 1) write(device, { ent: 'cadre', set: aCadre })
  const answered = new Set<number>()
  let from = 3
  for (let round = 0; round < 4; round += 1) {
    const killing = wait(30 + round * 60).then(() => stop(city, 'SIGKILL'))
    for (;;) {
      const reply = await pushText(
        device,
        city,
        batchText(device, { from, to: Math.min(from + 9, device.lines.length) }),
      )
      if (reply === null || reply.code !== null) break
      for (const { seq } of reply.verdicts) answered.add(seq)
      device.lastReceipt = reply.header.receipt
      from = reply.header.accepted.through + 1
      if (from > device.lines.length) break
    }
    await killing
    city = await start(dataDir)
  }
  const last = await pushFrom(device, city, from)
  expect(last.header.accepted).toMatchObject({ through: device.lines.length, head: device.lines.at(-1)?.chain })
  for (const { seq } of last.verdicts) answered.add(seq)
  expect(answered.size).toBeGreaterThanOrEqual(300)
  const all = await push(device, city, { from: 1 })
  expect(all.verdicts.map(({ verdict, rev }) => [verdict, rev])).toEqual(device.lines.map(() => ['duplicate', 1]))
})

test('a database left running because its watcher was lost is stopped cleanly by the next start', async () => {
  const dataDir = temporaryFolder()
  const city = await start(dataDir)
  const pid = databasePid(dataDir)
  const watchers = processesWith(socketOf(dataDir)).filter((one) => one !== pid)
  for (const watcher of watchers) process.kill(watcher, 'SIGKILL')
  await stop(city, 'SIGKILL')
  expect(isAlive(pid, null)).toBe(true)
  const again = await start(dataDir)
  expect(isAlive(pid, null)).toBe(false)
  expect(databasePid(dataDir)).not.toBe(pid)
  await stop(again, 'SIGTERM')
})

const socketOf = (dataDir: string): string =>
  (JSON.parse(readFileSync(join(dataDir, 'postgres/connection.json'), 'utf8')) as { host: string }).host

/** Processes whose command line names that text. */
function processesWith(text: string): number[] {
  const pids = readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 1 && pid !== process.pid)
  return pids.filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text)
    } catch {
      return false // ended meanwhile
    }
  })
}

test('a city whose database was killed ends with a fault instead of answering busy for ever', async () => {
  const dataDir = temporaryFolder()
  const city = await start(dataDir)
  process.kill(databasePid(dataDir), 'SIGKILL')
  expect(await once(city.child, 'exit')).toEqual([1, null])
  await stop(await start(dataDir), 'SIGTERM')
})

test('secrets are files that only their owner can read', async () => {
  const dataDir = temporaryFolder()
  await start(dataDir)
  for (const file of ['city.key', 'lock', 'postgres/connection.json'])
    expect(statSync(join(dataDir, file)).mode & 0o077).toBe(0)
  for (const folder of ['postgres/cluster', socketOf(dataDir)]) {
    expect(statSync(folder.startsWith('/') ? folder : join(dataDir, folder)).mode & 0o077).toBe(0)
  }
})

test('a second server on the same folder is refused; the lock of a dead process counts for nothing', async () => {
  const dataDir = temporaryFolder()
  await start(dataDir)
  const second = await done(['start', '--data', dataDir, '--port', '0'])
  expect([second.code, second.error.split(' ', 1)[0]]).toEqual([1, 'data-in-use'])
  const other = temporaryFolder()
  const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' })
  await once(child, 'exit')
  writeFileSync(join(other, 'lock'), JSON.stringify({ pid: child.pid, started: '1', role: 'server' }))
  expect(lockData(other, 'server')).toHaveProperty('release')
})

test('with DATABASE_URL the city uses that database, and so do the commands', async () => {
  const dataDir = temporaryFolder()
  const env = { DATABASE_URL: await freshDatabase() }
  await done(['unit', 'add', '371002101', '某某街道', '--data', dataDir], env)
  const city = await start(dataDir, env)
  const device = aDevice()
  await enrolDevice(device, city)
  expect((await push(device, city)).header.accepted.through).toBe(2)
  expect(existsSync(join(dataDir, 'postgres'))).toBe(false)
  await stop(city, 'SIGTERM')
  const elsewhere = await done(['start', '--data', temporaryFolder(), '--port', '0'], env)
  expect(elsewhere).toMatchObject({ code: 1 })
  expect(elsewhere.error).toContain('city.key')
})

test('exit codes: 0 done, 1 a fault with code and sentence, 2 usage', async () => {
  const dataDir = temporaryFolder()
  for (const args of [
    [],
    ['nonsense'],
    ['unit', 'add', '1'],
    ['user', 'add', 'x', '--node', '371000', '--role', 'king'],
    ['start', '--host', '0.0.0.0'],
    ['--frob'],
  ]) {
    expect(await done([...args, '--data', dataDir])).toMatchObject({ code: 2, out: '' })
  }
  const fault = await done(['enrol-code', '371002101', '--data', dataDir, '--json'])
  expect([fault.code, (JSON.parse(fault.error) as { code: string }).code]).toEqual([1, 'unit-unknown'])
  const unreachable = await done(['devices', '--data', dataDir], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' })
  expect([unreachable.code, unreachable.error.split(' ', 1)[0]]).toEqual([1, 'database-unreachable'])
  expect(await done(['--help'])).toMatchObject({ code: 0 })
})

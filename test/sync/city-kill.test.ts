import { onTestFinished, expect, test } from 'vitest'
import { startCityProcess, type CityProcess } from '../helpers/city-process.ts'
import { startDesk, UNIT_CODE, type Call } from '../helpers/desk.ts'
import { temporaryFolder } from '../helpers/desk.ts'

const SITTING = 150
const SITTINGS = 10
const KILLS = 3

async function enrolledAt(city: CityProcess): Promise<{ call: Call; bugs: readonly unknown[] }> {
  await city.run('unit', 'add', UNIT_CODE, '测试镇')
  const { code } = await city.run<{ code: string }>('enrol-code', UNIT_CODE)
  // No jitter: the back-off is as short as it may be, and the test does not wait longer than it must.
  const { call, bugs } = await startDesk({ random: () => 0 })
  await call('sync.enrol', { city: city.url, code })
  return { call, bugs }
}

/** More than a thousand changes in a few commands, as weeks offline leave them. */
async function manyChanges(call: Call): Promise<void> {
  const ids: string[] = []
  for (let n = 0; n < SITTING; n += 1) ids.push((await call('cadre.save', { set: { name: `单雄信${n}` } })).id)
  const [first, ...rest] = ids
  for (let sitting = 0; sitting < SITTINGS; sitting += 1) {
    const others = rest.map((cadreId) => ({ cadreId, privateLine: '各人的情况' }))
    await call('talk.save', { set: { cadreId: first!, heldOn: '2026-11-18', talker: { name: '李书记' } }, others })
  }
}

test('a city killed again and again in the middle of a push gets everything once, and the queue drains by itself', async () => {
  const dataDir = temporaryFolder()
  let city = await startCityProcess(dataDir)
  onTestFinished(() => city.stop())
  const port = Number(new URL(city.url).port)
  const { call, bugs } = await enrolledAt(city)
  await manyChanges(call)
  const { pending: total } = await call('sync.status', {})
  for (let kill = 0; kill < KILLS; kill += 1) {
    const run = call('sync.run', {}).catch(() => null)
    await untilSent(call, 1)
    await city.kill()
    await run
    city = await startCityProcess(dataDir, port)
  }
  await untilDrained(call)
  expect(await call('sync.status', {})).toMatchObject({ pending: 0, attention: 0, answered: total, failure: null })
  const { devices } = await city.run<{ devices: { acceptedThrough: number }[] }>('devices')
  expect(devices).toMatchObject([{ acceptedThrough: total }])
  expect(await call('desk.verify', {})).toMatchObject({ ok: true })
  expect(bugs).toEqual([])
}, 120_000)

/** Waits until a run has started to send, or has ended. */
async function untilSent(call: Call, atLeast: number): Promise<void> {
  for (;;) {
    const { sent, activity, toSend } = await call('sync.status', {})
    if (activity !== 'running' || sent >= atLeast || toSend > 0) return
    await pause()
  }
}

/** No call but the status from here on: what is left must go by the desk's own timer. */
async function untilDrained(call: Call): Promise<void> {
  while ((await call('sync.status', {})).pending > 0) await pause()
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20))

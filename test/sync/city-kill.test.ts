import { onTestFinished, expect, test } from 'vitest'
import type { Output } from '../../shared/contract/index.ts'
import { startCityProcess, type CityProcess } from '../helpers/city-process.ts'
import { startDesk, UNIT_CODE, type Call } from '../helpers/desk.ts'
import { temporaryFolder } from '../helpers/desk.ts'

const SITTING = 150
const SITTINGS = 12
const KILLS = 3
/** How much later in its push each kill comes than the one before; a push takes longer than all of it. */
const LATER_MS = 20

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
    const run = call('sync.run', {}).catch((fault: unknown) => fault)
    const met = await untilTaken(call, run)
    expect(met.activity).toBe('running')
    expect(met.sent).toBeGreaterThan(0)
    expect(met.sent).toBeLessThan(met.toSend)
    await pause(kill * LATER_MS)
    await city.kill()
    expect(await run).toMatchObject({ code: 'city-unreachable' })
    city = await startCityProcess(dataDir, port)
  }
  await untilDrained(call)
  expect(await call('sync.status', {})).toMatchObject({ pending: 0, attention: 0, answered: total, failure: null })
  const { devices } = await city.run<{ devices: { acceptedThrough: number }[] }>('devices')
  expect(devices).toMatchObject([{ acceptedThrough: total }])
  expect(await call('desk.verify', {})).toMatchObject({ ok: true })
  expect(bugs).toEqual([])
}, 120_000)

/** Waits until the city has answered the first push of a run, so that the next one is on its way; or until the run is over. */
async function untilTaken(call: Call, run: Promise<unknown>): Promise<Output<'sync.status'>> {
  let isOver = false
  void run.then(() => (isOver = true))
  for (;;) {
    const status = await call('sync.status', {})
    if (isOver || status.sent > 0) return status
    await pause(2)
  }
}

/** No call but the status from here on: what is left must go by the desk's own timer. */
async function untilDrained(call: Call): Promise<void> {
  while ((await call('sync.status', {})).pending > 0) await pause(20)
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

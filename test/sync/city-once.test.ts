import { randomUUID } from 'node:crypto'
import { createServer, connect, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLog } from '../../server/city/log.ts'
import { startCity, type TestCity } from '../helpers/city.ts'
import { batchText, post, push, pushFrom, pushText, startDevice, write, type TestDevice } from '../helpers/device.ts'

const aCadre = { name: '王某', rollGroup: 'in-post' }

function writeCadres(device: TestDevice, count: number): string[] {
  return Array.from({ length: count }, () => write(device, { ent: 'cadre', set: aCadre }).id)
}

/** What the city has of a scope, apart from receipts: equal states took equal effect. */
async function stateOf(city: TestCity, scope: string) {
  const records = await city.db
    .selectFrom('record')
    .select(['id', 'rev', 'rev_hash'])
    .where('scope', '=', scope)
    .orderBy('id')
    .execute()
  const revisions = await city.db
    .selectFrom('revision')
    .select(['id', 'rev'])
    .where('scope', '=', scope)
    .orderBy('id')
    .orderBy('rev')
    .execute()
  const ops = await city.db
    .selectFrom('op')
    .select(['seq', 'verdict', 'rev', 'chain_hash'])
    .where('scope', '=', scope)
    .orderBy('seq')
    .execute()
  return { records, revisions, ops }
}

test('the same batch sent again gets the same bytes, and has its effect once', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  writeCadres(device, 3)
  const text = batchText(device, { from: 3 })
  const first = await pushText(device, city, text)
  const state = await stateOf(city, device.scope)
  const second = await pushText(device, city, text)
  expect(second?.body).toBe(first?.body)
  expect(await stateOf(city, device.scope)).toEqual(state)
})

test('the same batch five times in parallel is one effect and five equal answers', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  writeCadres(device, 50)
  const text = batchText(device, { from: 3 })
  const answers = await Promise.all(Array.from({ length: 5 }, () => pushText(device, city, text)))
  expect(new Set(answers.map((answer) => answer?.body)).size).toBe(1)
  const { records, revisions } = await stateOf(city, device.scope)
  expect([records.length, revisions.length]).toEqual([52, 52])
  expect(await city.db.selectFrom('receipt').select('n').execute()).toHaveLength(2)
})

test('ops sent again in another batch are duplicates with the revision they had', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const { id, seq } = write(device, { ent: 'cadre', set: aCadre })
  write(device, { ent: 'cadre', k: 'patch', id, after: seq, set: { name: '李某' }, was: { name: '王某' } })
  const first = await pushFrom(device, city, seq)
  write(device, { ent: 'cadre', set: aCadre })
  const again = await pushFrom(device, city, seq)
  expect(again.verdicts.map(({ verdict, rev }) => [verdict, rev])).toEqual([
    ['duplicate', 1],
    ['duplicate', 2],
    ['applied', 1],
  ])
  expect(again.verdicts.map(({ h, revHash }) => [h, revHash]).slice(0, 2)).toEqual(
    first.verdicts.map(({ h, revHash }) => [h, revHash]),
  )
})

test('a rejected or held op sent again is answered with what it is, not as a duplicate', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  write(device, { ent: 'cadre', set: { ...aCadre, birthMonth: 'once' } })
  write(device, { ent: 'cadre', set: { ...aCadre, unitId: randomUUID() } })
  const first = await pushFrom(device, city, 3)
  const again = await pushFrom(device, city, 3)
  expect(again.verdicts).toEqual(first.verdicts)
})

test('a push without ops reports and brings the verdicts that changed since the last receipt', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const unitId = randomUUID()
  const held = write(device, { ent: 'cadre', set: { ...aCadre, unitId } })
  await pushFrom(device, city, held.seq)
  const quiet = await pushFrom(device, city, device.lines.length + 1)
  expect(quiet.verdicts).toEqual([])
  expect(quiet.header).toMatchObject({ receipt: 3, accepted: { through: 3, head: device.lines[2]?.chain } })
  const receipt = device.lastReceipt
  write(device, { ent: 'unit', id: unitId, set: { name: '党政办', kind: 'office' } })
  await pushText(device, city, batchText(device, { from: 4 })) // the desk never hears this answer
  const caughtUp = await push(device, city, { from: 5, lastReceipt: receipt })
  expect(caughtUp.verdicts.map(({ seq, verdict }) => [seq, verdict])).toEqual([
    [3, 'applied'],
    [4, 'applied'],
  ])
})

test('a connection that breaks between commit and answer costs nothing: the batch is answered when it comes again', async () => {
  let cut = true
  const city = await startCity({
    log: createLog('silent'),
    afterCommit: () => {
      if (cut) throw new Error('the line is dead')
    },
  })
  cut = false
  const device = await startDevice(city)
  writeCadres(device, 5)
  const text = batchText(device, { from: 3 })
  cut = true
  const lost = await post(`${city.url}/v1/sync/push`, text)
  expect(lost?.code).toBe('unexpected')
  const state = await stateOf(city, device.scope)
  expect(state.records).toHaveLength(7)
  cut = false
  const reply = await pushText(device, city, text)
  expect(reply?.verdicts.map(({ verdict }) => verdict)).toEqual(Array(5).fill('applied'))
  const anew = await push(device, city, { from: 3 })
  expect(anew.verdicts.map(({ verdict }) => verdict)).toEqual(Array(5).fill('duplicate'))
  expect(await stateOf(city, device.scope)).toEqual(state)
})

test('a proxy that drops the connection before the answer leaves the effect whole and single', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  writeCadres(device, 20)
  const { port } = new URL(city.url)
  const proxy = createServer((client) => {
    const server = connect(Number(port), '127.0.0.1')
    client.on('error', () => undefined).pipe(server)
    server
      .on('error', () => undefined)
      .once('data', () => {
        client.destroy()
        server.destroy()
      })
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const text = batchText(device, { from: 3 })
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  expect(await post(`${url}/v1/sync/push`, text)).toBeNull()
  proxy.close()
  const state = await stateOf(city, device.scope)
  expect(state.records).toHaveLength(22)
  expect((await pushText(device, city, text))?.verdicts).toHaveLength(20)
  expect(await stateOf(city, device.scope)).toEqual(state)
})

test('two scopes push in parallel without a word to each other', async () => {
  const city = await startCity()
  const devices = await Promise.all(['371002101', '371002102'].map((scope) => startDevice(city, scope)))
  await Promise.all(
    devices.map(async (device) => {
      for (let round = 0; round < 10; round += 1) {
        const from = device.lines.length + 1
        writeCadres(device, 10)
        const reply = await pushFrom(device, city, from)
        expect(reply.verdicts.map(({ verdict }) => verdict)).toEqual(Array(10).fill('applied'))
        expect(reply.header.receipt).toBe(round + 2)
      }
    }),
  )
  for (const device of devices) expect((await stateOf(city, device.scope)).records).toHaveLength(102)
})

test('duplicated, overlapping, reordered and concurrent batches leave the state that one clean run leaves', async () => {
  const city = await startCity()
  let scope = 371_003_000
  const range = fc.tuple(fc.integer({ min: 0, max: 11 }), fc.integer({ min: 1, max: 6 }))
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(range, fc.integer({ min: 1, max: 3 }), fc.boolean()), { maxLength: 10 }),
      async (plan) => {
        const device = await startDevice(city, String((scope += 1)))
        const unitId = randomUUID()
        const { id, seq } = write(device, { ent: 'cadre', set: { ...aCadre, unitId } })
        write(device, { ent: 'cadre', k: 'patch', id, after: seq, set: { specialty: '1' } })
        write(device, { ent: 'cadre', set: { ...aCadre, birthMonth: 'once' } })
        write(device, { ent: 'unit', id: unitId, set: { name: '党政办', kind: 'office' } })
        for (let n = 0; n < 8; n += 1)
          write(device, { ent: 'cadre', k: 'patch', id, after: seq + 1, base: 0, set: { postTitle: `${n}` } })
        const waiting: Promise<unknown>[] = []
        for (const [[start, length], copies, parallel] of plan) {
          const from = 3 + start
          const text = batchText(device, { from, to: Math.min(from + length - 1, device.lines.length) })
          const sent = Array.from({ length: copies }, () => pushText(device, city, text))
          if (parallel) waiting.push(...sent)
          else await Promise.all(sent)
        }
        await Promise.all(waiting)
        const last = await pushFrom(device, city, 3)
        expect(last.code).toBeNull()
        const { records, revisions, ops } = await stateOf(city, device.scope)
        expect(ops.map((op) => op.seq)).toEqual(device.lines.map((_, index) => index + 1))
        expect(ops.map((op) => op.chain_hash)).toEqual(device.lines.map(({ chain }) => chain))
        expect(new Set(revisions.map(({ id: record, rev }) => `${record}/${rev}`)).size).toBe(revisions.length)
        expect(records).toHaveLength(4)
        expect(records.find((record) => record.id === id)?.rev).toBe(revisions.filter((one) => one.id === id).length)
        expect(ops.filter(({ verdict }) => verdict === 'held')).toEqual([])
      },
    ),
    { numRuns: 25 },
  )
})

test('a recorded push that told nothing tells nothing later either, though its receipt is gone', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const recorded = batchText(device, { from: device.lines.length + 1 })
  expect((await pushText(device, city, recorded))?.verdicts).toEqual([])
  const { seq } = write(device, { ent: 'cadre', set: { ...aCadre, birthMonth: 'once' } })
  await pushFrom(device, city, seq)
  const before = await city.db.selectFrom('device').selectAll().execute()
  expect((await post(`${city.url}/v1/sync/push`, recorded))?.problem).toMatchObject({ seq })
  expect(await city.db.selectFrom('device').selectAll().execute()).toEqual(before)
})

test('receipts that told nothing do not pile up; those that told something stay', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const { seq } = write(device, { ent: 'cadre', set: aCadre })
  await pushFrom(device, city, seq)
  const numbers = async () =>
    (await city.db.selectFrom('receipt').select('n').orderBy('n').execute()).map(({ n }) => Number(n))
  const told = await numbers()
  for (let round = 0; round < 4; round += 1) await pushFrom(device, city, device.lines.length + 1)
  expect(await numbers()).toEqual([...told, told.at(-1)! + 4])
  expect(await city.db.selectFrom('batch').select('batch').execute()).toHaveLength(told.length + 1)
})

import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { GENESIS } from '../../core/ledger/chain.ts'
import { makeKeyPair } from '../../core/ledger/signature.ts'
import { revokeDevice } from '../../server/city/admin.ts'
import { startCity, type TestCity } from '../helpers/city.ts'
import {
  batchText,
  makeDevice,
  push,
  pushFrom,
  pushText,
  restored,
  startDevice,
  write,
  writeFounding,
  writeText,
} from '../helpers/device.ts'

const aCadre = { name: '王某', rollGroup: 'in-post' }

/** Rows of everything a push may write. */
export async function contents(city: TestCity) {
  const tables = ['op', 'record', 'revision', 'proposal', 'receipt', 'batch', 'ledger', 'scope'] as const
  return Promise.all(tables.map((table) => city.db.selectFrom(table).selectAll().execute()))
}

test('a push of a device nobody enrolled, or in another scope, is refused', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const stranger = makeDevice()
  writeFounding(stranger)
  for (const header of [{}, { scope: '371002999' }]) {
    const refused = await push(stranger, city, header)
    expect([refused.status, refused.code]).toEqual([401, 'unknown-device'])
  }
  expect((await push({ ...device, scope: '371002102' }, city)).code).toBe('unknown-device')
})

test('a push signed with another key is refused', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  write(device, { ent: 'cadre', set: aCadre })
  const refused = await pushFrom({ ...device, privateKey: makeKeyPair().privateKey }, city, 3)
  expect([refused.status, refused.code]).toEqual([401, 'bad-signature'])
})

test('a gap says which op is expected', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  for (let n = 0; n < 3; n += 1) write(device, { ent: 'cadre', set: aCadre })
  const refused = await pushFrom(device, city, 5)
  expect([refused.status, refused.code, refused.problem?.['expected']]).toEqual([409, 'sequence-gap', 3])
})

test('the same number with other bytes is a fork, and nothing of the batch is stored', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const { seq } = write(device, { ent: 'cadre', set: aCadre })
  await pushFrom(device, city, seq)
  const before = await contents(city)
  const clone = { ...device, lines: device.lines.slice(0, 2) }
  write(clone, { ent: 'cadre', set: { ...aCadre, name: '李某' } })
  write(clone, { ent: 'cadre', set: aCadre })
  const refused = await pushFrom(clone, city, 2)
  expect([refused.status, refused.code]).toEqual([409, 'sequence-fork'])
  expect(refused.problem).toMatchObject({ seq: 3, ourHash: device.lines[2]?.chain })
  expect(await contents(city)).toEqual(before)
})

test('a ledger that parted earlier is a fork even when the batch itself is new', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  write(device, { ent: 'cadre', set: aCadre })
  const refused = await push(device, city, { from: 3, to: 3, prev: GENESIS, head: 'sha256:other' })
  expect(refused.code).toBe('malformed') // the chain must lead from prev to head
  const clone = { ...device, lines: [] as typeof device.lines }
  for (let n = 0; n < 3; n += 1) write(clone, { ent: 'cadre', set: aCadre })
  expect((await pushFrom(clone, city, 3)).problem).toMatchObject({ seq: 2, ourHash: device.lines[1]?.chain })
})

test('a desk that knows another server epoch is told ours and where to begin', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  write(device, { ent: 'cadre', set: aCadre })
  const refused = await push(device, city, { from: 3, serverEpoch: 'another' })
  expect([refused.status, refused.code]).toEqual([409, 'server-epoch-changed'])
  expect(refused.problem).toMatchObject({ knownThrough: 2, serverEpoch: device.serverEpoch, receipt: 1 })
})

test('the same batch id with other bytes is refused', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const batch = randomUUID()
  write(device, { ent: 'cadre', set: aCadre })
  await push(device, city, { batch, from: 3 })
  write(device, { ent: 'cadre', set: aCadre })
  const refused = await push(device, city, { batch, from: 4 })
  expect([refused.status, refused.code]).toEqual([422, 'batch-mismatch'])
})

test('more than 500 ops, or more than 2 MB unpacked, is too large; a bomb is not unpacked', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  for (let n = 0; n < 501; n += 1) write(device, { ent: 'cadre', set: aCadre })
  expect((await pushFrom(device, city, 3)).code).toBe('too-large')
  expect((await push(device, city, { from: 3, to: 502 })).verdicts).toHaveLength(500)

  const wide = { ...device, lines: device.lines.slice(0, 502) }
  for (let n = 0; n < 9; n += 1) write(wide, { ent: 'cadre', set: { ...aCadre, more: 'x'.repeat(250_000) } })
  const plain = await pushText(wide, city, batchText(wide, { from: 503 }))
  const packed = await pushText(wide, city, gzipSync(batchText(wide, { from: 503 })), { 'content-encoding': 'gzip' })
  const bomb = await pushText(wide, city, gzipSync(Buffer.alloc(300_000_000)), { 'content-encoding': 'gzip' })
  for (const refused of [plain, packed, bomb]) expect([refused?.status, refused?.code]).toEqual([413, 'too-large'])
})

test('a packed push is taken like a plain one', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  write(device, { ent: 'cadre', set: aCadre })
  expect((await push(device, city, { from: 3 }, { zip: true })).verdict(3).verdict).toBe('applied')
})

test.for([
  ['an empty body', () => ''],
  ['no JSON', () => 'hello\n'],
  ['no signature', (good: string) => `${good.split('\n')[0]}\n`],
  ['bytes that are no UTF-8', () => Buffer.from([0x7b, 0xff, 0x0a])],
])('%s is malformed or not signed, and never more than that', async ([, make]) => {
  const city = await startCity()
  const device = await startDevice(city)
  const body = (make as (good: string) => string | Buffer)(batchText(device))
  const refused = await pushText(device, city, body)
  expect(['malformed', 'bad-signature']).toContain(refused?.code)
  expect(refused?.headers.get('content-type')).toContain('application/problem+json')
})

test.for([
  ['an op of another scope', { scope: '371002102' }],
  ['an op of another epoch', { epoch: 'other' }],
  ['a number out of order', { seq: 9 }],
])('%s inside a signed batch refuses the whole batch', async ([, parts]) => {
  const city = await startCity()
  const device = await startDevice(city)
  write(device, { ent: 'cadre', set: aCadre, ...(parts as object) })
  expect((await pushFrom(device, city, 3)).code).toBe('malformed')
})

test('a line that is no op refuses the whole batch', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  writeText(device, '[]')
  expect((await pushFrom(device, city, 3)).code).toBe('malformed')
})

test('a late batch of a revoked device is put aside if it is signed, and has no effect', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  await revokeDevice(city.db, device.dev)
  const before = await contents(city)
  write(device, { ent: 'cadre', set: aCadre })
  const text = batchText(device, { from: 3 })
  for (let n = 0; n < 2; n += 1)
    expect(await pushText(device, city, text)).toMatchObject({ status: 403, code: 'device-revoked' })
  const forged = await pushFrom({ ...device, privateKey: makeKeyPair().privateKey }, city, 3)
  expect(forged.code).toBe('bad-signature')
  expect(await contents(city)).toEqual(before)
  const kept = await city.db.selectFrom('quarantine').selectAll().execute()
  expect(kept.map(({ bytes }) => bytes.toString())).toEqual([text])
})

test('a restored desk begins a new epoch at 1', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const again = restored(device)
  write(again, { ent: 'cadre', set: aCadre })
  const reply = await push(again, city)
  expect(reply.header.accepted).toMatchObject({ epoch: again.epoch, through: 1 })
  expect(reply.verdict(1).verdict).toBe('applied')
  write(device, { ent: 'cadre', set: aCadre })
  expect((await pushFrom(device, city, 3)).code).toBe('scope-in-use')
})

test('a desk restored from a backup goes on behind its backup in a new epoch; links lead back before it', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const unitId = randomUUID()
  const { id, seq } = write(device, { ent: 'cadre', set: { ...aCadre, unitId } })
  const backup = { ...device, lines: [...device.lines] }
  write(device, { ent: 'cadre', set: { ...aCadre, name: '备份之后' } })
  await pushFrom(device, city, seq)

  const desk = { ...backup, lines: [...backup.lines], epoch: randomUUID() }
  write(desk, { ent: 'cadre', k: 'patch', id, after: seq, set: { name: '李某' }, was: { name: '王某' } })
  const unit = write(desk, { ent: 'unit', id: unitId, set: { name: '党政办', kind: 'office' } })
  const repeated = await push({ ...backup, lastReceipt: 1 }, city, { from: 3 }) // it first sends what its backup still owes
  expect(repeated.header.accepted).toMatchObject({ epoch: device.epoch, through: 4 })
  const reply = await pushFrom(desk, city, 4)
  expect(reply.verdicts.map((one) => [one.seq, one.verdict, one.rev])).toEqual([
    [4, 'applied', 2],
    [unit.seq, 'applied', 1],
    [seq, 'applied', 1],
  ])
  expect(reply.header.accepted).toEqual({ epoch: desk.epoch, through: 5, head: desk.lines[4]?.chain })
  // The install that was lost comes back to life: it may repeat itself, but not go on.
  expect((await pushFrom(device, city, 3)).code).toBe(null)
  write(device, { ent: 'cadre', set: aCadre })
  expect((await pushFrom(device, city, 5)).code).toBe('scope-in-use')
})

test('a new epoch whose past the city does not have is told the gap or the fork', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const ahead = { ...device, epoch: randomUUID(), lines: [...device.lines] }
  for (let n = 0; n < 3; n += 1) write(ahead, { ent: 'cadre', set: aCadre })
  expect((await pushFrom(ahead, city, 5)).problem).toMatchObject({ expected: 3 })
  const apart = restored(device)
  for (let n = 0; n < 3; n += 1) write(apart, { ent: 'cadre', set: aCadre })
  expect((await pushFrom(apart, city, 3)).problem).toMatchObject({ seq: 2, ourHash: device.lines[1]?.chain })
})

test('a city restored from a backup finds out by the desk’s receipt, and takes again what it lost', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const ids = Array.from({ length: 3 }, () => write(device, { ent: 'cadre', set: aCadre }).id)
  await pushFrom(device, city, 3)
  // The database goes back to what it was after the founding push.
  await city.db.deleteFrom('op').where('seq', '>', 2).execute()
  for (const table of ['record', 'revision'] as const)
    await city.db.deleteFrom(table).where('ent', '=', 'cadre').execute()
  await city.db.deleteFrom('batch').where('receipt', '>', 1).execute()
  await city.db.deleteFrom('receipt').where('n', '>', 1).execute()
  await city.db
    .updateTable('ledger')
    .set({ accepted_through: 2, head: device.lines[1]?.chain ?? '' })
    .execute()
  await city.db.updateTable('scope').set({ counter: 1 }).execute()

  const changed = await pushFrom(device, city, device.lines.length + 1)
  expect(changed.problem).toMatchObject({ knownThrough: 2, receipt: 2 })
  expect(changed.code).toBe('server-epoch-changed')
  expect((await push(device, city, { from: 3, lastReceipt: Number.MAX_SAFE_INTEGER })).code).toBe('malformed')
  device.serverEpoch = String(changed.problem?.['serverEpoch'])
  const reply = await pushFrom(device, city, 3)
  expect(reply.verdicts.map(({ verdict, rev }) => [verdict, rev])).toEqual(ids.map(() => ['applied', 1]))
  expect(reply.header).toMatchObject({ receipt: 3, serverEpoch: device.serverEpoch })
})

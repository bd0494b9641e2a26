import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { startCity } from '../helpers/city.ts'
import { pushFrom, startDevice, write, type TestDevice } from '../helpers/device.ts'

const good = { name: '王某', rollGroup: 'in-post' }
const bad = { ...good, birthMonth: 'once' }

const patch = (device: TestDevice, id: string, after: number | null, set: object) =>
  write(device, { ent: 'cadre', k: 'patch', id, after, set: set as Record<string, unknown> })
const repair = (device: TestDevice, id: string, of: number, set: object, parts: object = {}) =>
  write(device, { ent: 'cadre', k: 'supersede', id, of, set: set as Record<string, unknown>, ...parts })

test('ops behind a rejected one wait, and a repair takes effect for all of them with one revision', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const { id, seq } = write(device, { ent: 'cadre', set: bad })
  patch(device, id, seq, { name: '李某' })
  patch(device, id, null, { specialty: '经济' })
  const first = await pushFrom(device, city, seq)
  expect(first.verdicts.map(({ verdict }) => verdict)).toEqual(['rejected', 'held', 'held'])
  const fix = repair(device, id, seq, { ...good, name: '李某', specialty: '经济', birthMonth: '1990-01' })
  const reply = await pushFrom(device, city, fix.seq)
  expect(reply.verdict(fix.seq)).toMatchObject({ verdict: 'applied', rev: 1 })
  expect(reply.verdict(seq)).toMatchObject({ verdict: 'rejected', supersededBy: fix.seq })
  for (const behind of [seq + 1, seq + 2]) {
    const { rev, revHash } = reply.verdict(fix.seq)
    expect(reply.verdict(behind)).toMatchObject({ verdict: 'applied', rev, revHash })
  }
  const record = await city.db.selectFrom('record').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  expect(record).toMatchObject({ rev: 1, data: { name: '李某', specialty: '经济', birthMonth: '1990-01' } })
})

test('what was written on a rejected op after its repair goes on from the repair', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const { id, seq } = write(device, { ent: 'cadre', set: bad })
  const fix = repair(device, id, seq, good)
  patch(device, id, fix.seq, { specialty: '经济' })
  const reply = await pushFrom(device, city, seq)
  expect(reply.verdicts.map(({ verdict, rev }) => [verdict, rev])).toEqual([
    ['rejected', undefined],
    ['applied', 1],
    ['applied', 2],
  ])
})

test('a repair that is rejected is repaired in turn, and covers everything from the first op on', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const { id, seq } = write(device, { ent: 'cadre', set: bad })
  const behind = patch(device, id, seq, { name: '李某' })
  const second = repair(device, id, seq, { ...bad, name: '李某' })
  expect((await pushFrom(device, city, seq)).verdicts.map(({ verdict }) => verdict)).toEqual([
    'rejected',
    'held',
    'rejected',
  ])
  const third = repair(device, id, second.seq, { ...good, name: '李某' })
  const reply = await pushFrom(device, city, third.seq)
  expect(reply.verdict(third.seq)).toMatchObject({ verdict: 'applied', rev: 1 })
  expect(reply.verdict(behind.seq)).toMatchObject({ verdict: 'applied', rev: 1 })
  for (const rejected of [seq, second.seq]) expect(reply.verdict(rejected)).toMatchObject({ supersededBy: third.seq })
})

test('a rejected patch is repaired on the revision the city has, whatever the desk showed meanwhile', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const { id, seq } = write(device, { ent: 'cadre', set: good })
  write(device, {
    ent: 'cadre',
    k: 'patch',
    id,
    after: seq,
    set: { birthMonth: 'once', name: '李某' },
    was: { birthMonth: null, name: '王某' },
  })
  await pushFrom(device, city, seq)
  // The desk goes on from what it shows: 李某, which never took effect here.
  repair(
    device,
    id,
    seq + 1,
    { birthMonth: '1990-01', name: '赵某' },
    { base: 1, was: { birthMonth: 'once', name: '李某' } },
  )
  expect((await pushFrom(device, city, seq + 2)).verdict(seq + 2)).toMatchObject({ verdict: 'applied', rev: 2 })
})

test('a rejected create can be taken back: nothing is stored, and what waited for it is answered', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const { id, seq } = write(device, { ent: 'cadre', set: bad })
  patch(device, id, seq, { name: '李某' })
  const back = repair(device, id, seq, {}, { void: true, why: '误录' })
  const again = write(device, { ent: 'cadre', id, set: good })
  const reply = await pushFrom(device, city, seq)
  expect(reply.verdicts.map(({ verdict, rev }) => [verdict, rev])).toEqual([
    ['rejected', undefined],
    ['applied', undefined],
    ['applied', undefined],
    ['applied', 1],
  ])
  expect(reply.verdict(seq)).toMatchObject({ supersededBy: back.seq })
  expect(reply.verdict(again.seq).rev).toBe(1)
})

test('a repair that voids the record voids the revision the city has', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const { id, seq } = write(device, { ent: 'cadre', set: good })
  patch(device, id, seq, { birthMonth: 'once' })
  repair(device, id, seq + 1, {}, { base: 1, void: true, why: '误录' })
  await pushFrom(device, city, seq)
  const record = await city.db.selectFrom('record').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  expect(record).toMatchObject({ rev: 2, voided: true, why: '误录', data: good })
})

test('a repair sets free what waited for the record it creates', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const { id, seq } = write(device, { ent: 'cadre', set: bad })
  const talk = write(device, { ent: 'talk', set: { cadreId: id, heldOn: '2026-11-18' } })
  expect((await pushFrom(device, city, seq)).verdict(talk.seq).verdict).toBe('held')
  const fix = repair(device, id, seq, good)
  expect((await pushFrom(device, city, fix.seq)).verdict(talk.seq)).toMatchObject({ verdict: 'applied', rev: 1 })
})

test('only a rejected op or a conflict can be superseded, by an op on the same record', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const { id, seq } = write(device, { ent: 'cadre', set: good })
  const other = write(device, { ent: 'cadre', set: bad })
  repair(device, id, seq, { name: '李某' })
  repair(device, id, other.seq, { name: '李某' })
  repair(device, id, 99, { name: '李某' })
  write(device, { ent: 'cadre', k: 'supersede', id, set: { name: '李某' } })
  const reply = await pushFrom(device, city, seq)
  const [, , ...refused] = reply.verdicts
  for (const one of refused) expect(one).toMatchObject({ verdict: 'rejected', problem: { pointer: '/of' } })
})

test('superseding an op that is held waits for it', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const { id, seq } = write(device, { ent: 'cadre', set: { ...good, unitId: randomUUID() } })
  repair(device, id, seq, good)
  expect((await pushFrom(device, city, seq)).verdicts.map(({ verdict }) => verdict)).toEqual(['held', 'held'])
})

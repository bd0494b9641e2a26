import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { json, register } from '../../shared/domain/register.ts'
import { registerNamed } from '../../shared/domain/registers.ts'
import { problemCode } from '../../shared/sync/protocol.ts'
import * as z from 'zod'
import { startCity } from '../helpers/city.ts'
import { pushFrom, startDevice, write } from '../helpers/device.ts'
import { aCadre, recordOf, send } from '../helpers/verdict.ts'

test('a create and the patch behind it are applied as revisions 1 and 2', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const created = write(device, { ent: 'cadre', set: aCadre })
  write(device, {
    ent: 'cadre',
    k: 'patch',
    id: created.id,
    after: created.seq,
    set: { name: '李某' },
    was: { name: '王某' },
  })
  const reply = await send(device, city)
  expect(reply.verdicts.map(({ verdict, rev }) => [verdict, rev])).toEqual([
    ['applied', 1],
    ['applied', 2],
  ])
  expect(await recordOf(city, created.id)).toMatchObject({ rev: 2, data: { name: '李某', rollGroup: 'in-post' } })
  const revisions = await city.db
    .selectFrom('revision')
    .selectAll()
    .where('id', '=', created.id)
    .orderBy('rev')
    .execute()
  expect(revisions.map(({ data }) => data['name'])).toEqual(['王某', '李某'])
})

test('null clears a field, a field nobody knows is kept, and the revision hash covers neither null nor cipher text', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const { id, seq } = write(device, { ent: 'cadre', set: { ...aCadre, ethnicity: '汉族', futureField: { a: [1] } } })
  write(device, { ent: 'cadre', k: 'patch', id, after: seq, set: { ethnicity: null }, was: { ethnicity: '汉族' } })
  await send(device, city)
  expect((await recordOf(city, id))?.data).toEqual({ ...aCadre, futureField: { a: [1] } })
})

test('void and unvoid set and clear the flag with the reason, and keep the fields', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const { id, seq } = write(device, { ent: 'cadre', set: aCadre })
  const voiding = write(device, { ent: 'cadre', k: 'void', id, after: seq, why: '重复录入' })
  await send(device, city)
  expect(await recordOf(city, id)).toMatchObject({ rev: 2, voided: true, why: '重复录入', data: aCadre })
  write(device, { ent: 'cadre', k: 'unvoid', id, base: 2, why: null })
  expect((await pushFrom(device, city, voiding.seq + 1)).verdicts[0]).toMatchObject({ verdict: 'applied', rev: 3 })
  expect(await recordOf(city, id)).toMatchObject({ rev: 3, voided: false, data: aCadre })
})

test('an op that names a record the city does not have is held, and applied once that record comes', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const cadreId = randomUUID()
  const talk = write(device, {
    ent: 'talk',
    set: { cadreId, heldOn: '2026-11-18', talkType: 'heart-to-heart', format: 'individual' },
  })
  expect((await send(device, city)).verdicts[0]).toMatchObject({ verdict: 'held' })
  expect(await recordOf(city, talk.id)).toBeUndefined()
  const cadre = write(device, { ent: 'cadre', id: cadreId, set: aCadre })
  const reply = await pushFrom(device, city, cadre.seq)
  expect(reply.verdict(cadre.seq)).toMatchObject({ verdict: 'applied', rev: 1 })
  expect(reply.verdict(talk.seq)).toMatchObject({ verdict: 'applied', rev: 1 })
})

test('a chain of held ops comes free in the order it was written', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const unitId = randomUUID()
  const { id, seq } = write(device, { ent: 'cadre', set: { ...aCadre, unitId } })
  write(device, { ent: 'cadre', k: 'patch', id, after: seq, set: { name: '二' }, was: { name: '王某' } })
  write(device, { ent: 'cadre', k: 'patch', id, after: seq + 1, set: { name: '三' }, was: { name: '二' } })
  expect((await send(device, city)).verdicts.map(({ verdict }) => verdict)).toEqual(['held', 'held', 'held'])
  const unit = write(device, { ent: 'unit', id: unitId, set: { name: '党政办', kind: 'office' } })
  const reply = await pushFrom(device, city, unit.seq)
  expect(reply.verdicts.map(({ seq: n, verdict, rev }) => [n, verdict, rev])).toEqual([
    [unit.seq, 'applied', 1],
    [seq, 'applied', 1],
    [seq + 1, 'applied', 2],
    [seq + 2, 'applied', 3],
  ])
  expect(await recordOf(city, id)).toMatchObject({ rev: 3, data: { name: '三' } })
})

test('a patch of a record the city has never seen is held', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  write(device, { ent: 'cadre', k: 'patch', base: 4, set: { name: '赵某' } })
  expect((await send(device, city)).verdicts[0]).toMatchObject({ verdict: 'held' })
})

test('registers and kinds of a newer desk are parked, and judged once the city knows them', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const leave = write(device, { ent: 'leave', set: { days: 5 } })
  const odd = write(device, { ent: 'cadre', k: 'teleport', set: aCadre })
  expect((await send(device, city)).verdicts.map(({ verdict }) => verdict)).toEqual(['held', 'held'])
  const open = { merge: 'B', sensitivity: 'plain', reach: 'city' } as const
  const newer = register('leave', {
    schemaVersion: 1,
    reasonReach: 'city',
    references: {},
    fields: { days: json(z.int(), open) },
  })
  const upgraded = await city.restart({ registerNamed: (name) => (name === 'leave' ? newer : registerNamed(name)) })
  const reply = await pushFrom(device, upgraded, odd.seq + 1)
  expect(reply.verdicts.map(({ seq, verdict }) => [seq, verdict])).toEqual([[leave.seq, 'rejected']])
  expect(problemCode(reply.verdict(leave.seq).problem?.type ?? '')).toBe('not-permitted')
})

test('a value against its field is rejected with the field, a sentence and what to do; nothing else waits for it', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const bad = write(device, { ent: 'cadre', set: { ...aCadre, birthMonth: '1990年1月' } })
  const good = write(device, { ent: 'cadre', set: aCadre })
  const reply = await send(device, city)
  const { problem } = reply.verdict(bad.seq)
  expect(problem).toMatchObject({ status: 422, pointer: '/set/birthMonth', fix: 'edit-field', title: '内容不符合格式' })
  expect(problem?.type).toBe('urn:zugongtai:problem:schema-invalid')
  expect(problem?.detail).toContain('未丢失')
  expect(reply.verdict(good.seq).verdict).toBe('applied')
})

test('an op longer than 256 KB is rejected by itself as too large', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  write(device, { ent: 'cadre', set: { ...aCadre, longField: '长'.repeat(90_000) } })
  write(device, { ent: 'cadre', set: aCadre })
  const [large, other] = (await send(device, city)).verdicts
  expect([large?.verdict, large?.problem?.type, other?.verdict]).toEqual([
    'rejected',
    'urn:zugongtai:problem:too-large',
    'applied',
  ])
})

test.for([
  ['a text with NUL', { name: 'a\0b' }],
  ['half a surrogate pair', { name: 'a\uD800' }],
  ['a value nested a hundred deep', { deep: JSON.parse('['.repeat(100) + ']'.repeat(100)) as unknown }],
])('%s is rejected as schema-invalid, because the city could not keep it as it is', async ([, set]) => {
  const city = await startCity()
  const device = await startDevice(city)
  write(device, { ent: 'cadre', set: { ...aCadre, ...(set as object) } })
  expect((await send(device, city)).verdicts[0]).toMatchObject({
    verdict: 'rejected',
    problem: { type: 'urn:zugongtai:problem:schema-invalid' },
  })
})

test('an op without an envelope the city understands is rejected; one of a newer protocol is parked', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  write(device, { ent: 'cadre', set: aCadre, id: 'no-uuid' })
  write(device, { ent: 'cadre', set: aCadre, v: 2 as never })
  const [bad, newer] = (await send(device, city)).verdicts
  expect([bad?.verdict, bad?.problem?.pointer, newer?.verdict]).toEqual(['rejected', '/id', 'held'])
})

test('a field of township reach that comes readable is rejected, and its bytes are not kept', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const cadreId = write(device, { ent: 'cadre', set: aCadre }).id
  write(device, { ent: 'talk', set: { cadreId, summary: '不该在这里的话' } })
  write(device, { ent: 'talk', set: { cadreId }, was: { summary: '不该在这里的话' } })
  const [, set, was] = (await send(device, city)).verdicts
  expect([set?.problem?.pointer, was?.problem?.pointer]).toEqual(['/set/summary', '/was/summary'])
  const ops = await city.db.selectFrom('op').select(['bytes', 'bytes_hash']).where('ent', '=', 'talk').execute()
  expect(ops.map(({ bytes }) => bytes)).toEqual([null, null])
})

test('an `after` that names another record, or nothing, is rejected', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const one = write(device, { ent: 'cadre', set: aCadre })
  write(device, { ent: 'cadre', set: aCadre, after: one.seq })
  write(device, { ent: 'cadre', set: aCadre, after: 99 })
  const [, other, nothing] = (await send(device, city)).verdicts
  for (const verdict of [other, nothing])
    expect(verdict).toMatchObject({ verdict: 'rejected', problem: { pointer: '/after' } })
})

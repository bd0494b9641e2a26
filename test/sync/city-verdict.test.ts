import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { json, register, text } from '../../shared/domain/register.ts'
import { registerNamed } from '../../shared/domain/registers.ts'
import { problemCode } from '../../shared/sync/protocol.ts'
import * as z from 'zod'
import { startCity, type TestCity } from '../helpers/city.ts'
import {
  enrolDevice,
  makeDevice,
  push,
  pushFrom,
  startDevice,
  write,
  writeFounding,
  type TestDevice,
} from '../helpers/device.ts'

const aCadre = { name: '王某', rollGroup: 'in-post' }
const sealed = (m: string) => ({ c: Buffer.from(`secret ${m}`).toString('base64'), m })

/** Pushes what the test has written since the founding push of two ops. */
const send = (device: TestDevice, city: TestCity, from = 3) => pushFrom(device, city, from)

const recordOf = (city: TestCity, id: string) =>
  city.db.selectFrom('record').selectAll().where('id', '=', id).executeTakeFirst()

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

test("a rule's finding is no reason to reject: an identity number with a wrong check digit is applied", async () => {
  const city = await startCity()
  const device = await startDevice(city)
  write(device, { ent: 'cadre', set: { ...aCadre, identityNumber: '371002199001011230' } })
  expect((await send(device, city)).verdicts[0]).toMatchObject({ verdict: 'applied' })
})

test('an identity number counts once among the records of a scope that are not void', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const identityNumber = '371002199001011237'
  const first = write(device, { ent: 'cadre', set: { ...aCadre, identityNumber } })
  const second = write(device, { ent: 'cadre', set: { ...aCadre, identityNumber } })
  const reply = await send(device, city)
  expect(reply.verdict(first.seq).verdict).toBe('applied')
  expect(reply.verdict(second.seq)).toMatchObject({
    verdict: 'rejected',
    problem: { pointer: '/set/identityNumber', fix: 'edit-field' },
  })
  expect(reply.verdict(second.seq).problem?.type).toBe('urn:zugongtai:problem:not-unique')

  const voiding = write(device, { ent: 'cadre', k: 'void', id: first.id, base: 1, why: '重复' })
  const third = write(device, { ent: 'cadre', set: { ...aCadre, identityNumber } })
  const back = write(device, { ent: 'cadre', k: 'unvoid', id: first.id, base: 1, after: voiding.seq })
  const later = await pushFrom(device, city, voiding.seq)
  expect(later.verdicts.map(({ verdict }) => verdict)).toEqual(['applied', 'applied', 'rejected'])
  expect(later.verdict(back.seq).problem?.type).toBe('urn:zugongtai:problem:not-unique')
  expect(later.verdict(third.seq)).toMatchObject({ rev: 1 })
})

test('two records can exchange their identity numbers in one push', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const [one, two] = ['371002199001011237', '371002199002021238']
  const a = write(device, { ent: 'cadre', set: { ...aCadre, identityNumber: one } })
  const b = write(device, { ent: 'cadre', set: { ...aCadre, identityNumber: two } })
  write(device, {
    ent: 'cadre',
    k: 'patch',
    id: a.id,
    after: a.seq,
    set: { identityNumber: null },
    was: { identityNumber: one },
  })
  write(device, {
    ent: 'cadre',
    k: 'patch',
    id: b.id,
    after: b.seq,
    set: { identityNumber: one },
    was: { identityNumber: two },
  })
  write(device, {
    ent: 'cadre',
    k: 'patch',
    id: a.id,
    after: a.seq + 2,
    set: { identityNumber: two },
    was: { identityNumber: null },
  })
  expect((await send(device, city)).verdicts.map(({ verdict }) => verdict)).toEqual(Array(5).fill('applied'))
  expect((await recordOf(city, a.id))?.data['identityNumber']).toBe(two)
})

test('the same identity number in two scopes is nobody else’s business', async () => {
  const city = await startCity()
  const [here, there] = [await startDevice(city, '371002101'), await startDevice(city, '371002102')]
  for (const device of [here, there]) {
    write(device, { ent: 'cadre', set: { ...aCadre, identityNumber: '371002199001011237' } })
    expect((await send(device, city)).verdicts[0]).toMatchObject({ verdict: 'applied' })
  }
})

test('a field owned by a level above is rejected as not-owner', async () => {
  const owned = register('cadre', {
    schemaVersion: 1,
    reasonReach: 'city',
    references: {},
    fields: {
      name: text(z.string(), { merge: 'B', sensitivity: 'plain', reach: 'city' }),
      leadershipLevel: text(z.string(), { merge: 'D', sensitivity: 'plain', reach: 'city' }),
    },
  })
  const city = await startCity({ registerNamed: (name) => (name === 'cadre' ? owned : registerNamed(name)) })
  const device = await startDevice(city)
  write(device, { ent: 'cadre', set: { name: '王某', leadershipLevel: '乡科级正职' } })
  write(device, { ent: 'cadre', set: { name: '李某' }, sealed: { leadershipLevel: sealed('1') } })
  for (const { verdict, problem } of (await send(device, city)).verdicts) {
    expect([verdict, problem?.type, problem?.pointer]).toEqual([
      'rejected',
      'urn:zugongtai:problem:not-owner',
      '/set/leadershipLevel',
    ])
  }
})

test('the founding transaction may make the first officer, who makes everything in it', async () => {
  const city = await startCity()
  const device = makeDevice()
  const { unit } = writeFounding(device)
  write(device, {
    ent: 'setting',
    txn: unit.txn,
    set: { key: 'countable-talk-formats', value: ['individual'], since: '2026-01-01' },
  })
  await enrolDevice(device, city)
  expect((await push(device, city)).verdicts.map(({ verdict }) => verdict)).toEqual(['applied', 'applied', 'applied'])
})

test('once officers exist, an op is rejected when its officer is unknown, disabled, void, or of a role that may not write', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const officer = (set: object) =>
    write(device, { ent: 'officer', set: { name: '某', role: 'operator', state: 'active', ...set } })
  const disabled = officer({ state: 'disabled' })
  const viewer = officer({ role: 'viewer' })
  const operator = officer({})
  const gone = officer({})
  const from = write(device, { ent: 'officer', k: 'void', id: gone.id, after: gone.seq, why: '调离' }).seq + 1
  await send(device, city)
  const rejected = [randomUUID(), disabled.id, viewer.id, gone.id].map((by) =>
    write(device, { ent: 'cadre', by, set: aCadre }),
  )
  write(device, {
    ent: 'setting',
    by: operator.id,
    set: { key: 'countable-talk-formats', value: ['individual'], since: '2026-01-01' },
  })
  write(device, { ent: 'officer', by: operator.id, set: { name: '自封', role: 'orgCommissioner', state: 'active' } })
  const self = randomUUID()
  write(device, { ent: 'officer', id: self, by: self, set: { name: '自封', role: 'orgCommissioner', state: 'active' } })
  const allowed = ['cadre', 'talk-assignment'].map((ent) =>
    write(device, { ent, by: operator.id, set: ent === 'cadre' ? aCadre : { since: '2026-01-01' } }),
  )
  const reply = await pushFrom(device, city, from)
  expect(reply.verdicts.map(({ verdict }) => verdict)).toEqual([
    ...Array(rejected.length + 3).fill('rejected'),
    ...allowed.map(() => 'applied'),
  ])
  expect(reply.verdict(from).problem?.type).toBe('urn:zugongtai:problem:not-permitted')
})

test('what an officer did before being disabled still counts when it comes free later', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const operator = write(device, { ent: 'officer', set: { name: '某', role: 'operator', state: 'active' } })
  const unitId = randomUUID()
  const cadre = write(device, { ent: 'cadre', by: operator.id, set: { ...aCadre, unitId } })
  write(device, {
    ent: 'officer',
    k: 'patch',
    id: operator.id,
    after: operator.seq,
    set: { state: 'disabled' },
    was: { state: 'active' },
  })
  expect((await send(device, city)).verdict(cadre.seq).verdict).toBe('held')
  write(device, { ent: 'unit', id: unitId, set: { name: '党政办', kind: 'office' } })
  expect((await pushFrom(device, city, device.lines.length)).verdict(cadre.seq).verdict).toBe('applied')
})

test('an op of an officer whose own record was rejected waits for it instead of being rejected with it', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  const bad = write(device, { ent: 'officer', set: { name: '', role: 'operator', state: 'active' } })
  const cadre = write(device, { ent: 'cadre', by: bad.id, set: aCadre })
  const reply = await send(device, city)
  expect(reply.verdicts.map(({ verdict }) => verdict)).toEqual(['rejected', 'held'])
  write(device, {
    ent: 'officer',
    id: bad.id,
    k: 'supersede',
    of: bad.seq,
    set: { name: '某', role: 'operator', state: 'active' },
  })
  expect((await pushFrom(device, city, device.lines.length)).verdict(cadre.seq)).toMatchObject({
    verdict: 'applied',
    rev: 1,
  })
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

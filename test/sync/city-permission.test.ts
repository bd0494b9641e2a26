import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { register, text } from '../../shared/domain/register.ts'
import { registerNamed } from '../../shared/domain/registers.ts'
import * as z from 'zod'
import { startCity } from '../helpers/city.ts'
import { enrolDevice, makeDevice, push, pushFrom, startDevice, write, writeFounding } from '../helpers/device.ts'
import { aCadre, sealed, send } from '../helpers/verdict.ts'

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
  const { verdicts } = await send(device, city)
  const refused = ['rejected', 'urn:zugongtai:problem:not-owner', '/set/leadershipLevel']
  expect(verdicts.map(({ verdict, problem }) => [verdict, problem?.type, problem?.pointer])).toEqual([refused, refused])
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

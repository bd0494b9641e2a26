import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { makeKeyPair } from '../../core/ledger/signature.ts'
import { revokeDevice } from '../../server/city/admin.ts'
import { startCity } from '../helpers/city.ts'
import { enrolDevice, makeDevice, push, tryEnrol, write, writeFounding } from '../helpers/device.ts'

const aCadre = { name: '王某', rollGroup: 'in-post' }

test('enrolment answers with the server, its key and the township, and accepts a packed body', async () => {
  const city = await startCity()
  await city.addUnit('371002', '环翠区')
  await city.addUnit('371002101', '某某街道')
  const device = makeDevice()
  const reply = await enrolDevice(device, city)
  expect(reply).toMatchObject({ dev: device.dev, nodeName: '某某街道' })
  const again = await fetch(`${city.url}/v1/enrol`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: gzipSync(
      JSON.stringify({
        code: await city.enrolCode(device.scope),
        scope: device.scope,
        dev: device.dev,
        publicKey: device.publicKey,
        epoch: device.epoch,
        unitName: '',
        app: '1',
      }),
    ),
  })
  expect(again.status).toBe(200)
})

test('an enrolment code is good for seven days, once, for one scope', async () => {
  let now = new Date('2026-11-20T08:00:00Z')
  const city = await startCity({ now: () => now })
  const device = makeDevice()
  expect((await tryEnrol(device, city.url, 'AAAA-AAAA-AAAA-AAAA')).code).toBe('enrol-code-wrong')
  const code = await city.enrolCode('371002101')
  expect((await tryEnrol(makeDevice('371002102'), city.url, code)).code).toBe('scope-mismatch')
  const late = await city.enrolCode('371002101')
  expect((await tryEnrol(device, city.url, code.toLowerCase().replaceAll('-', ' '))).status).toBe(200)
  expect((await tryEnrol(device, city.url, code)).status).toBe(200) // its answer may have been lost
  expect((await tryEnrol(makeDevice(), city.url, code)).code).toBe('enrol-code-wrong')
  now = new Date('2026-11-27T08:00:01Z')
  expect((await tryEnrol(device, city.url, late)).code).toBe('enrol-code-wrong')
})

test('a second desk in a scope is refused until the first is revoked; the same desk may come again', async () => {
  const city = await startCity()
  const device = makeDevice()
  await enrolDevice(device, city)
  await enrolDevice(device, city)
  const second = makeDevice()
  const refused = await tryEnrol(second, city.url, await city.enrolCode(second.scope))
  expect([refused.status, refused.code]).toEqual([409, 'scope-in-use'])
  await revokeDevice(city.db, device.dev)
  await enrolDevice(second, city)
})

test('a device id must come from the device’s own key', async () => {
  const city = await startCity()
  const code = await city.enrolCode('371002101')
  const other = makeKeyPair()
  for (const parts of [
    { publicKey: other.publicKey },
    { publicKey: 'AAAA' },
    { publicKey: other.privateKey },
    { epoch: 'a\0' },
  ]) {
    expect((await tryEnrol(makeDevice(), city.url, code, parts)).code).toBe('malformed')
  }
})

test('two desks enrolling with codes of the same scope at once: one gets in', async () => {
  const city = await startCity()
  const codes = [await city.enrolCode('371002101'), await city.enrolCode('371002101')]
  const answers = await Promise.all(codes.map((code) => tryEnrol(makeDevice(), city.url, code)))
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
})

test('the desk of a lost PC is replaced: the new one founds the same unit again and goes on', async () => {
  const city = await startCity()
  const lost = makeDevice()
  const rootId = writeFounding(lost).unit.id
  await enrolDevice(lost, city)
  await push(lost, city)
  await revokeDevice(city.db, lost.dev)
  const fresh = makeDevice()
  const txn = randomUUID()
  write(fresh, { ent: 'unit', id: rootId, txn, set: { name: '某某街道', kind: 'township', unitCode: fresh.scope } })
  write(fresh, { ent: 'officer', id: fresh.by, txn, set: { name: '李某', role: 'orgCommissioner', state: 'active' } })
  write(fresh, { ent: 'cadre', set: { ...aCadre, unitId: rootId } })
  await enrolDevice(fresh, city)
  expect((await push(fresh, city)).verdicts.map(({ verdict, rev }) => [verdict, rev])).toEqual([
    ['applied', 1],
    ['applied', 1],
    ['applied', 1],
  ])
})

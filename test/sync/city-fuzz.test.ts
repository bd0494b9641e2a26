import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startCity, type TestCity } from '../helpers/city.ts'
import { batchText, post, pushText, startDevice, write, writeText } from '../helpers/device.ts'

const aCadre = { name: '王某', rollGroup: 'in-post', tags: ['选调生'] }

const counts = (city: TestCity) =>
  Promise.all(
    (['op', 'record', 'revision', 'receipt', 'batch', 'ledger', 'quarantine'] as const).map(async (table) => {
      const row = await city.db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return row.count
    }),
  )

const flipped = (bytes: Uint8Array, at: number, mask: number): Buffer => {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] as number) ^ mask
  return copy
}

test('any flipped bit in a push, packed or not, is refused without a trace and never breaks the city', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  write(device, { ent: 'cadre', set: aCadre })
  write(device, { ent: 'cadre', set: aCadre, sealed: { note: { c: 'AAAA', m: 'BBBB' } } })
  const plain = Buffer.from(batchText(device, { from: 3 }))
  const packed = gzipSync(plain)
  const before = await counts(city)
  const position = fc.tuple(fc.boolean(), fc.nat(), fc.integer({ min: 0, max: 7 }))
  await fc.assert(
    fc.asyncProperty(position, async ([zip, at, bit]) => {
      const bytes = zip ? packed : plain
      const body = flipped(bytes, at % bytes.length, 1 << bit)
      const answer = await post(`${city.url}/v1/sync/push`, body, zip ? { 'content-encoding': 'gzip' } : {})
      // A bit in gzip's own header (time, system) changes nothing of what was said: then the answer is a success.
      if (zip && answer?.status === 200) return
      expect(answer?.status).toBeGreaterThanOrEqual(400)
      expect(answer?.status).toBeLessThan(500)
    }),
    { numRuns: 400 },
  )
  const after = await counts(city)
  const reply = await pushText(device, city, plain)
  expect(reply?.verdicts.map(({ verdict }) => verdict)).toEqual(['applied', 'applied'])
  if (after[0] === before[0]) expect(after).toEqual(before)
  expect((await counts(city))[0]).toBe(4)
})

test('every bit of the signature counts', async () => {
  const city = await startCity()
  const device = await startDevice(city)
  write(device, { ent: 'cadre', set: aCadre })
  const plain = Buffer.from(batchText(device, { from: 3 }))
  const before = await counts(city)
  const line = plain.lastIndexOf('\n', plain.length - 2) + 1
  for (let at = line; at < plain.length - 1; at += 1) {
    const answer = await post(`${city.url}/v1/sync/push`, flipped(plain, at, 1))
    expect(['bad-signature', 'malformed']).toContain(answer?.code)
  }
  expect(await counts(city)).toEqual(before)
})

test('a signed op of any JSON is answered with a verdict or refused whole, and never breaks the city', async () => {
  const city = await startCity()
  let scope = 371_003_000
  const value = fc.jsonValue({ maxDepth: 4 })
  const odd = fc.record(
    {
      ent: fc.oneof(
        fc.constantFrom('cadre', 'talk', 'unit', 'officer', 'setting', 'constructor', '__proto__'),
        fc.string(),
      ),
      k: fc.oneof(fc.constantFrom('create', 'patch', 'void', 'unvoid', 'supersede', 'report', 'resolve'), fc.string()),
      id: fc.oneof(fc.uuid(), value),
      base: fc.oneof(fc.nat(), fc.maxSafeInteger(), value),
      after: fc.oneof(fc.constant(null), fc.constantFrom(1, 2, 3), value),
      of: fc.oneof(fc.constantFrom(1, 2, 3), value),
      set: fc.oneof(
        fc.dictionary(
          fc.constantFrom('name', 'tags', 'unitId', 'parentId', 'fullTimeDegree', 'constructor', 'x'),
          value,
        ),
        value,
      ),
      was: fc.oneof(fc.dictionary(fc.constantFrom('name', 'tags', 'x'), value), value),
      sealed: fc.oneof(
        fc.dictionary(fc.constantFrom('note', 'tags', 'x'), fc.record({ c: fc.string(), m: fc.string() })),
        value,
      ),
      by: fc.oneof(fc.uuid(), value),
      why: fc.oneof(fc.constant(null), fc.string({ unit: 'binary' }), value),
    },
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(odd, { minLength: 1, maxLength: 6 }), async (ops) => {
      const device = await startDevice(city, String((scope += 1)))
      for (const parts of ops) write(device, { ent: 'cadre', set: aCadre, ...(parts as object) })
      const reply = await pushText(device, city, batchText(device, { from: 3 }))
      expect(reply?.status).toBe(200)
      expect(reply?.verdicts.map(({ seq }) => seq)).toEqual(ops.map((_, index) => index + 3))
    }),
    { numRuns: 60 },
  )
})

test('a signed line of any text is answered or refused, and never breaks the city', async () => {
  const city = await startCity()
  let scope = 371_004_000
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.json(), fc.string({ unit: 'binary' })), async (text) => {
      const device = await startDevice(city, String((scope += 1)))
      writeText(device, text)
      const reply = await pushText(device, city, batchText(device, { from: 3 }))
      expect(['malformed', 'bad-signature', 'batch-mismatch']).toContain(reply?.code)
    }),
    { numRuns: 40 },
  )
})

test('header values at the edge of what JSON can say are answered, never an error of the city', async () => {
  const city = await startCity()
  let scope = 371_005_000
  const edge = fc.oneof(
    fc.maxSafeInteger(),
    fc.constantFrom(-1, 0, 1.5, 2 ** 31, 2 ** 53, null, 'x'),
    fc.string({ unit: 'binary' }),
  )
  const header = fc.record(
    {
      app: edge,
      lastReceipt: edge,
      serverEpoch: edge,
      stats: fc.record({ pending: edge, oldest: edge, attention: edge }),
      clock: edge,
      prev: edge,
      from: edge,
    },
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(header, async (parts) => {
      const device = await startDevice(city, String((scope += 1)))
      write(device, { ent: 'cadre', set: aCadre })
      const { from: _, ...rest } = parts
      const reply = await pushText(device, city, batchText(device, { ...(rest as object), from: 3 }))
      expect(reply?.status).toBeLessThan(500)
    }),
    { numRuns: 60 },
  )
})

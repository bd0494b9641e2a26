import { randomUUID } from 'node:crypto'
import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { createLog } from '../../server/city/log.ts'
import { startCity } from '../helpers/city.ts'
import { signIn } from '../helpers/console.ts'
import { pushFrom, startDevice, write } from '../helpers/device.ts'
import { Client } from 'pg'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

function* walk(value: Json, path = '#'): Generator<[string, Json]> {
  yield [path, value]
  if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) yield* walk(inner as Json, `${path}/${key}`)
}

test('the API describes itself in OpenAPI 3.1: every path, every reference resolved, the lines of a push named', async () => {
  const city = await startCity()
  const answer = await fetch(`${city.url}/openapi.json`)
  const document = (await answer.json()) as {
    openapi: string
    paths: Record<string, Record<string, { responses: object }>>
    components: { schemas: object }
  }
  expect(document.openapi).toBe('3.1.0')
  expect(
    Object.entries(document.paths)
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
      .sort(),
  ).toEqual([
    'get /v1/console/me',
    'get /v1/console/townships',
    'post /v1/console/sign-in',
    'post /v1/console/sign-out',
    'post /v1/enrol',
    'post /v1/sync/push',
  ])
  for (const methods of Object.values(document.paths)) {
    for (const operation of Object.values(methods)) expect(Object.keys(operation.responses).length).toBeGreaterThan(1)
  }
  const resolve = (pointer: string) =>
    pointer
      .split('/')
      .slice(1)
      .reduce<Json | undefined>(
        (at, key) => (at as Record<string, Json> | undefined)?.[key.replaceAll('~1', '/')],
        document as never,
      )
  const references = [...walk(document as never)]
    .filter(([path]) => path.endsWith('/$ref'))
    .map(([, target]) => target as string)
  expect(references.length).toBeGreaterThan(5)
  for (const reference of references) expect(resolve(reference)).toBeDefined()
  for (const name of [
    'OpLine',
    'PushHeader',
    'ReplyHeader',
    'Verdict',
    'Problem',
    'EnrolRequest',
    'EnrolReply',
    'Township',
  ]) {
    expect(Object.keys(document.components.schemas)).toContain(name)
  }
  for (const [path, value] of walk(document as never)) {
    if (path.endsWith('/type') && !path.includes('/properties/type')) {
      expect(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']).toEqual(
        expect.arrayContaining([value].flat()),
      )
    }
  }
})

test('what was said in a talk, and any name, number or password, is in neither database nor log', async () => {
  const lines: string[] = []
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString())
      done()
    },
  })
  const city = await startCity({ log: createLog('trace', sink) })
  const device = await startDevice(city)
  const secret = '他说家里有困难'
  const sealed = (value: string) => ({
    c: Buffer.from(`cipher of ${value.length}`).toString('base64'),
    m: randomUUID(),
  })
  const cadre = write(device, { ent: 'cadre', set: { name: '独孤求败', identityNumber: '371002199001011237' } })
  write(device, { ent: 'talk', set: { cadreId: cadre.id, heldOn: '2026-11-18' }, sealed: { summary: sealed(secret) } })
  write(device, { ent: 'talk', set: { cadreId: cadre.id, summary: secret } }) // a desk gone wrong
  write(device, { ent: 'talk', set: { cadreId: cadre.id }, was: { summary: secret } })
  write(device, { ent: 'talk', set: { cadreId: randomUUID(), summary: secret } })
  await pushFrom(device, city, 3)
  await signIn(city, device.scope, 'boss')
  await fetch(`${city.url}/v1/console/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"name":"独孤求败","password":"x',
  })

  const client = new Client({ connectionString: city.databaseUrl })
  await client.connect()
  const tables = await client.query<{ table_name: string }>(
    `select table_name from information_schema.tables where table_schema = 'public'`,
  )
  let everything = ''
  for (const { table_name: table } of tables.rows) {
    const rows = await client.query<{ row: string }>(`select to_jsonb(t)::text as row from ${table} t`)
    everything += rows.rows.map(({ row }) => row).join('\n')
  }
  const bytes = await client.query<{ text: string }>(
    `select convert_from(bytes, 'UTF8') as text from op where bytes is not null union all select convert_from(bytes, 'UTF8') from receipt`,
  )
  await client.end()
  everything += bytes.rows.map(({ text }) => text).join('\n')
  expect(everything).toContain('独孤求败') // reach city: the search does find what is there
  expect(everything).not.toContain(secret)
  const log = lines.join('')
  expect(log).toContain('/v1/sync/push')
  for (const word of [secret, '独孤求败', '371002199001011237', 'correct horse', 'boss'])
    expect(log).not.toContain(word)
})

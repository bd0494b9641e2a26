import pg from 'pg'
import { addUnit, newEnrolCode } from '../../server/city/admin.ts'
import { createCity } from '../../server/city/app.ts'
import { startEmbeddedPostgres } from '../../server/city/embedded-postgres.ts'
import { benchDesk, type Folders } from './fixture.ts'
import { assertSame, sideBySide, timed, type Figure } from './measure.ts'
import { fillTownship } from './township.ts'

const CADRES = 2_000

/**
 * W2: some 11,000 changes of weeks offline pushed to a city on real PostgreSQL: read, chained, signed, sent, verified,
 * validated, judged, stored with receipts; against plain pg inserting the very bytes the city got, 500 a statement.
 */
export async function pushMany(folders: Folders): Promise<Figure[]> {
  const postgres = await startEmbeddedPostgres(folders.make())
  let databases = 0
  let ops = 0
  /** Where the bytes of the last push are. */
  let last = ''
  try {
    const { ours, reference } = await sideBySide(
      async () => {
        databases += 1
        last = await freshDatabase(postgres.url, databases)
        const one = await pushOnce(folders, last)
        ops = one.ops
        return one.ms
      },
      () => insertPlain(last, ops),
    )
    const perSecond = ops / (ours / 1000)
    const note = `${ops} ops, ${perSecond.toFixed(0)} ops/s (first target of SYNC §3.4: 2,000); no limit given on the ratio`
    const limits = { floor: Math.round(ops / 2), aim: Math.round(ops / 3), limit: 'ours' } as const
    return [{ workload: 'W2 push', ours, reference, ratio: ours / reference, unit: 'ms', ...limits, note }]
  } finally {
    await postgres.stop()
  }
}

async function freshDatabase(url: string, round: number): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`create database bench_${round}`)
  await client.end()
  return url.replace(/\/[a-z_0-9]+(\?|$)/, `/bench_${round}$1`)
}

async function pushOnce(folders: Folders, databaseUrl: string): Promise<{ ms: number; ops: number }> {
  const dir = folders.make()
  await fillTownship(dir, CADRES)
  const city = await createCity({ databaseUrl, dataDir: folders.make() })
  const { desk, call } = await benchDesk(dir)
  try {
    await addUnit(city.database.db, '371002101', '测试镇', null, new Date())
    const code = await newEnrolCode(city.database.db, '371002101', new Date())
    await call('sync.enrol', {
      city: city.url,
      code: code.code,
    })
    const { pending } = await call('sync.status', {})
    const ms = await timed(() => call('sync.run', {}))
    const after = await call('sync.status', {})
    assertSame('all answered', [after.pending, after.attention, after.answered], [0, 0, pending])
    return { ms, ops: pending }
  } finally {
    await desk.close()
    await city.close()
  }
}

async function insertPlain(url: string, ops: number): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ bytes: Buffer }>('select bytes from op order by seq')
  assertSame('ops at the city', rows.length, ops)
  await client.query('drop table if exists plain')
  await client.query('create table plain (seq int primary key, bytes bytea not null)')
  const ms = await timed(async () => {
    for (let from = 0; from < rows.length; from += 500) {
      const slice = rows.slice(from, from + 500)
      const seqs = slice.map((_, n) => from + n)
      await client.query('insert into plain select * from unnest($1::int[], $2::bytea[])', [
        seqs,
        slice.map(({ bytes }) => bytes),
      ])
    }
  })
  const written = await client.query<{ n: number }>('select count(*)::int as n from plain')
  assertSame('rows inserted', written.rows[0]?.n, ops)
  await client.end()
  return ms
}

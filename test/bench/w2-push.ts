import pg from 'pg'
import { addUnit, newEnrolCode } from '../../server/city/admin.ts'
import { createCity } from '../../server/city/app.ts'
import { startEmbeddedPostgres } from '../../server/city/embedded-postgres.ts'
import { benchDesk, type Folders } from './fixture.ts'
import { assertSame, median, timed, type Figure } from './measure.ts'
import { fillTownship } from './township.ts'

const CADRES = 2_000
const ROUNDS = 3

/**
 * W2: some 11,000 changes of weeks offline pushed to a city on real PostgreSQL: read, chained, signed, sent, verified,
 * validated, judged, stored with receipts; against plain pg inserting the same bytes, 500 a transaction.
 */
export async function pushMany(folders: Folders): Promise<Figure[]> {
  const postgres = await startEmbeddedPostgres(folders.make())
  const mine: number[] = []
  const theirs: number[] = []
  let ops = 0
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const one = await pushOnce(folders, await freshDatabase(postgres.url, round))
      ops = one.ops
      mine.push(one.ms)
      theirs.push(await insertPlain(postgres.url, ops))
    }
  } finally {
    await postgres.stop()
  }
  const perSecond = ops / (median(mine) / 1000)
  const [ours, reference] = [median(mine), median(theirs)]
  const note = `${ops} ops, ${perSecond.toFixed(0)} ops/s (first target of SYNC §3.4: 2,000); no limit given on the ratio`
  return [
    {
      workload: 'W2 push',
      ours,
      reference,
      ratio: ours / reference,
      unit: 'ms',
      floor: ops / 2,
      aim: ops / 3,
      limit: 'ours',
      note,
    },
  ]
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

async function insertPlain(url: string, rows: number): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('drop table if exists plain')
  await client.query('create table plain (seq int primary key, bytes text not null)')
  const bytes = 'x'.repeat(1_500)
  const ms = await timed(async () => {
    for (let from = 0; from < rows; from += 500) {
      const seqs = Array.from({ length: Math.min(500, rows - from) }, (_, n) => from + n)
      await client.query('insert into plain select unnest($1::int[]), $2', [seqs, bytes])
    }
  })
  assertSame('rows inserted', (await client.query('select count(*)::int as n from plain')).rows[0].n, rows)
  await client.end()
  return ms
}

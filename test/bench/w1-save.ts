import Database from 'better-sqlite3'
import { join } from 'node:path'
import { cadre } from '../../shared/domain/cadre.ts'
import { codecOf, encode } from '../../db/codec.ts'
import { registers } from '../../db/migrations/0002-registers.ts'
import { blob } from '../../db/migrations/0003-blob.ts'
import { benchDesk, type Folders } from './fixture.ts'
import { assertSame, quantile, samplesSideBySide, timedEach, type Figure } from './measure.ts'
import { benchCadre, fillTownship } from './township.ts'

const SAVES = 500

/**
 * W1: one save through the contract (row, history, op, chain, seals; encrypted, synchronous=FULL) against the same row put
 * by plain better-sqlite3 into an unencrypted WAL file with the same fsync. Measured again on a folder of 50,000 cadres.
 */
export async function saveOne(folders: Folders): Promise<Figure[]> {
  const small = await compare(folders, 0)
  const large = await compare(folders, 50_000)
  const base = { unit: 'ms', floor: 4, aim: 2, limit: 'ratio' } as const
  return [
    { ...base, workload: 'W1 save, p50', ...small.p50, note: 'synchronous=FULL on both sides' },
    { ...base, workload: 'W1 save, p95', ...small.p95, note: '' },
    { ...base, workload: 'W1 save with 50,000 cadres, p50', ...large.p50, note: 'growth 500 → 50,000' },
  ]
}

interface Pair {
  readonly ours: number
  readonly reference: number
  readonly ratio: number
}

async function compare(folders: Folders, cadres: number): Promise<{ p50: Pair; p95: Pair }> {
  const dir = folders.make()
  if (cadres > 0) await fillTownship(dir, cadres)
  const { desk, call } = await benchDesk(dir)
  const plain = plainTable(join(folders.make(), 'plain.db'))
  const people = Array.from({ length: SAVES }, (_, n) => n)
  // Nobody is saved twice: one number on two records would be another job.
  let saved = 0
  const samples = await samplesSideBySide(
    () => {
      const from = cadres + saved
      saved += SAVES
      return timedEach(people, (n) => call('cadre.save', { set: benchCadre(from + n) }))
    },
    () => timedEach(people, (n) => plain.insert(n)),
  )
  assertSame('records saved', (await call('cadre.list', { presence: 'all', limit: 1 })).total, cadres + saved)
  assertSame('rows inserted', plain.count(), saved)
  await desk.close()
  plain.close()
  const pair = (share: number): Pair => {
    const [ours, reference] = [quantile(samples.ours, share), quantile(samples.reference, share)]
    return { ours, reference, ratio: ours / reference }
  }
  return { p50: pair(0.5), p95: pair(0.95) }
}

function plainTable(file: string) {
  const sqlite = new Database(file)
  sqlite.pragma('journal_mode = WAL')
  sqlite.pragma('synchronous = FULL')
  sqlite.pragma('foreign_keys = OFF')
  registers.up(sqlite)
  blob.up(sqlite)
  const codec = codecOf(cadre)
  const insert = sqlite.prepare(codec.insert)
  let next = 0
  return {
    insert: (n: number): void => {
      const values = benchCadre(n) as Record<string, unknown>
      next += 1
      const now = '2026-11-20T09:00:00+08:00'
      insert.run(
        `id-${next}`,
        now,
        1,
        0,
        null,
        now,
        ...codec.fields.map(({ name, field }) => encode(field, values[name])),
      )
    },
    count: (): number => sqlite.prepare('select count(*) from cadre').pluck().get() as number,
    close: (): void => void sqlite.close(),
  }
}

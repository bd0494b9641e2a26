import { connect } from '../../db/open.ts'
import { dataKeyByPassphrase, officerSlots, readKeyFile } from '../../core/keys/key-file.ts'
import { profilePaths } from '../../core/profile.ts'
import { benchDesk, PASSPHRASE, type Folders } from './fixture.ts'
import { assertSame, quantile, samplesSideBySide, sideBySide, timed, timedEach, type Figure } from './measure.ts'
import { benchName, fillTownship } from './township.ts'

const CADRES = 50_000
const TYPED = ['王伟', 'wang', 'wwf', 'zhangxiu', 'l', 'shan', 'zeng', '秀霞', 'xj', 'qiu'] as const

/** W7: search, list page and coverage at 50,000 cadres with five years of talks, against the bare SQL for the same answer. */
export async function readMany(folders: Folders): Promise<Figure[]> {
  const dir = folders.make()
  await fillTownship(dir, CADRES)
  const { desk, call } = await benchDesk(dir)
  await call('cadre.list', { limit: 1 })
  const sqlite = await bareConnection(dir)
  const search = await compareSearch(call, sqlite)
  const page = await comparePage(call, sqlite)
  const coverage = await compareCoverage(call, sqlite)
  sqlite.close()
  await desk.close()
  const base = { unit: 'ms', limit: 'ours' } as const
  return [
    {
      ...base,
      workload: 'W7 search, p95',
      ...search,
      floor: 16,
      aim: 16,
      note: 'reference: LIKE over names and pinyin keys',
    },
    {
      ...base,
      workload: 'W7 list page of 100, p95',
      ...page,
      floor: 16,
      aim: 10,
      note: 'reference: the page query alone',
    },
    {
      ...base,
      workload: 'W7 coverage of a year',
      ...coverage,
      floor: 100,
      aim: 30,
      note: 'reference: count(distinct) alone',
    },
  ]
}

type Sqlite = ReturnType<typeof connect>
type Call = Awaited<ReturnType<typeof benchDesk>>['call']
const ratioed = (ours: number, reference: number) => ({ ours, reference, ratio: ours / reference })

async function bareConnection(dir: string): Promise<Sqlite> {
  const paths = profilePaths(dir)
  const file = readKeyFile(paths.keys)!
  const key = await dataKeyByPassphrase(file, officerSlots(file)[0]!.officerId, PASSPHRASE)
  return connect(paths.database, key, { readonly: true })
}

async function compareSearch(call: Call, sqlite: Sqlite) {
  const like = sqlite.prepare(
    `select count(*) from cadre c join cadre_name n on n.cadre_id = c.id
     where c.voided = 0 and (c.name like ? or ' ' || n.search like ? or c.identity_number like ?)`,
  )
  const found = await call('cadre.list', { text: benchName(5), limit: 1 })
  assertSame('search by name', found.total, like.pluck().get(`%${benchName(5)}%`, '% -', '-'))
  const { ours, reference } = await samplesSideBySide(
    () => timedEach(TYPED, (text) => call('cadre.list', { text, limit: 20 })),
    () => timedEach(TYPED, (text) => like.get(`%${text}%`, `% ${text}%`, `%${text}%`)),
  )
  return ratioed(quantile(ours, 0.95), quantile(reference, 0.95))
}

async function comparePage(call: Call, sqlite: Sqlite) {
  const page = sqlite.prepare(
    `select c.*, u.name from cadre c join cadre_name n on n.cadre_id = c.id left join unit u on u.id = c.unit_id
     where c.voided = 0 order by n.pinyin, c.id limit 100 offset ?`,
  )
  const offsets = [0, 1_000, 20_000, 49_900]
  const { ours, reference } = await samplesSideBySide(
    () => timedEach(offsets, (offset) => call('cadre.list', { limit: 100, offset })),
    () => timedEach(offsets, (offset) => page.all(offset)),
  )
  return ratioed(quantile(ours, 0.95), quantile(reference, 0.95))
}

async function compareCoverage(call: Call, sqlite: Sqlite) {
  const count = sqlite.prepare(
    `select count(distinct cadre_id) from talk where held_on between '2026-01-01' and '2026-12-31' and voided = 0
     and talk_type = 'heart-to-heart' and format = 'individual'
     and cadre_id in (select id from cadre where roll_group in ('in-post', 'staffed-away') and voided = 0)`,
  )
  const answer = await call('talk.coverage', { year: 2026 })
  assertSame('talked to', answer.talked, count.pluck().get())
  const { ours, reference } = await sideBySide(
    () => timed(() => call('talk.coverage', { year: 2026 })),
    () => timed(() => count.get()),
  )
  return ratioed(ours, reference)
}

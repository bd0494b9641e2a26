import { sql } from 'kysely'
import type { CountingBasis } from '../../shared/rules/talk-coverage.ts'
import type { Db } from '../schema.ts'

/** Ids of the cadres with a countable talk held in that year; of `ids` only, if given. */
export async function talkedTo(
  db: Db,
  year: number,
  basis: CountingBasis,
  ids?: readonly string[],
): Promise<Set<string>> {
  let query = db
    .selectFrom('talk')
    .select('cadre_id')
    .where('held_on', '>=', `${year}-01-01`)
    .where('held_on', '<=', `${year}-12-31`)
    .where('voided', '=', 0)
    .where('talk_type', 'in', basis.talkTypes)
    .where('format', 'in', basis.talkFormats)
  if (ids) query = query.where('cadre_id', 'in', ids)
  return new Set((await query.execute()).map((row) => row.cadre_id))
}

/** Day of the latest talk of any kind, by cadre. */
export async function lastTalkDays(db: Db, ids?: readonly string[]): Promise<Map<string, string>> {
  // One bound JSON list: thousands of ids would pass SQLite's limit of bound values.
  const only = ids ? sql`and cadre_id in (select value from json_each(${JSON.stringify(ids)}))` : sql``
  const { rows } = await sql<{ cadre_id: string; day: string }>`
    select cadre_id, max(held_on) as day from talk where voided = 0 ${only} group by cadre_id`.execute(db)
  return new Map(rows.map((row) => [row.cadre_id, row.day]))
}

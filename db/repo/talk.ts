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
    // One text instead of a row each: tens of thousands of row objects would cost more than finding them.
    .select(sql<string | null>`group_concat(cadre_id)`.as('ids'))
    .where('held_on', '>=', `${year}-01-01`)
    .where('held_on', '<=', `${year}-12-31`)
    .where('voided', '=', 0)
    .where('talk_type', 'in', basis.talkTypes)
    .where('format', 'in', basis.talkFormats)
  if (ids) query = query.where('cadre_id', 'in', ids)
  const { ids: found } = await query.executeTakeFirstOrThrow()
  return new Set(found?.split(','))
}

/** Day of the latest talk of any kind, by cadre. */
export async function lastTalkDays(db: Db): Promise<Map<string, string>> {
  const { rows } = await sql<{ cadre_id: string; day: string }>`
    select cadre_id, max(held_on) as day from talk where voided = 0 group by cadre_id`.execute(db)
  return new Map(rows.map((row) => [row.cadre_id, row.day]))
}

/** The same for each of these cadres, in their order; null for whom there is no talk with. */
export async function lastTalkDaysOf(db: Db, ids: readonly string[]): Promise<(string | null)[]> {
  if (ids.length === 0) return []
  // One bound list, for thousands of ids would pass SQLite's limit; one step in the index for each of them; one text back.
  const { rows } = await sql<{ days: string }>`
    select group_concat(ifnull((select max(held_on) from talk where cadre_id = value and voided = 0), ''), ',' order by key)
      as days from json_each(${JSON.stringify(ids)})`.execute(db)
  return rows[0]!.days.split(',').map((day) => (day === '' ? null : day))
}

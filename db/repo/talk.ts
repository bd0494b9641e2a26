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

/** Day of the latest talk of any kind, by cadre; of these cadres only, if given. */
export async function lastTalkDays(db: Db, ids?: readonly string[]): Promise<Map<string, string>> {
  const query = ids
    ? // One bound list, for thousands of ids would pass SQLite's limit; and one step in the index for each of them.
      sql<LastTalk>`select value as cadre_id, (select max(held_on) from talk where cadre_id = value and voided = 0) as day
        from json_each(${JSON.stringify(ids)})`
    : sql<LastTalk>`select cadre_id, max(held_on) as day from talk where voided = 0 group by cadre_id`
  const { rows } = await query.execute(db)
  return new Map(rows.flatMap((row) => (row.day === null ? [] : [[row.cadre_id, row.day] as const])))
}

interface LastTalk {
  readonly cadre_id: string
  readonly day: string | null
}

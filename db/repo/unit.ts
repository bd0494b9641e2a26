import { sql } from 'kysely'
import type { Db } from '../schema.ts'

/** Ids of a unit and everything below it. */
export async function unitsBelow(db: Db, id: string): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    with recursive below (id) as (
      select ${id} union select u.id from unit u join below b on u.parent_id = b.id
    ) select id from below`.execute(db)
  return new Set(rows.map((row) => row.id))
}

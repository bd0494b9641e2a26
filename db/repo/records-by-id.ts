import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Register, RecordOf } from '../../shared/domain/register.ts'
import { codecOf } from '../codec.ts'
import type { Db } from '../schema.ts'
import { fromRow } from './record.ts'

/** Ids in one question: far below SQLite's limit of variables. */
const AT_ONCE = 500

/** The records of many ids; an id nobody has is left out. */
export async function recordsById<R extends Register>(
  db: Db,
  register: R,
  ids: readonly string[],
): Promise<RecordOf<R>[]> {
  const found: RecordOf<R>[] = []
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE)
    const { rows } = await sql<object>`
      select * from ${sql.table(codecOf(register).table)} where id in (${sql.join(some)})`.execute(db)
    for (const row of rows) found.push(fromRow(register, row))
    // The reader is synchronous underneath; without a pause ten thousand records would stop the screens.
    await setImmediate()
  }
  return found
}

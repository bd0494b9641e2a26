import type { Tx } from '../open.ts'
import type { Db } from '../schema.ts'

/** Reads a value that belongs to this PC alone and never syncs; undefined if it was never set. */
export async function getLocal<T>(db: Db, key: string): Promise<T | undefined> {
  const row = await db.selectFrom('local_setting').select('value').where('key', '=', key).executeTakeFirst()
  return row && (JSON.parse(row.value) as T)
}

/** Sets a value that belongs to this PC alone; null removes it. */
export async function setLocal(tx: Tx, key: string, value: unknown): Promise<void> {
  if (value === null) {
    await tx.db.deleteFrom('local_setting').where('key', '=', key).execute()
    return
  }
  const text = JSON.stringify(value)
  await tx.db
    .insertInto('local_setting')
    .values({ key, value: text })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: text }))
    .execute()
}

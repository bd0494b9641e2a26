import type { Tx } from '../open.ts'
import type { Db } from '../schema.ts'

/** Unfinished entries of one officer, newest first. They are encrypted with everything else and never synced. */
export async function draftsOf(
  db: Db,
  officerId: string,
): Promise<{ key: string; updatedAt: string; content: unknown }[]> {
  const rows = await db
    .selectFrom('draft')
    .selectAll()
    .where('officer_id', '=', officerId)
    .orderBy('updated_at', 'desc')
    .execute()
  return rows.map((row) => ({ key: row.key, updatedAt: row.updated_at, content: JSON.parse(row.content) as unknown }))
}

/** Keeps a draft; `null` throws it away. */
export async function saveDraft(tx: Tx, officerId: string, key: string, content: unknown, at: string): Promise<void> {
  if (content === null) {
    await tx.db.deleteFrom('draft').where('officer_id', '=', officerId).where('key', '=', key).execute()
    return
  }
  const row = { officer_id: officerId, key, content: JSON.stringify(content), updated_at: at }
  await tx.db
    .insertInto('draft')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['officer_id', 'key']).doUpdateSet({ content: row.content, updated_at: at }),
    )
    .execute()
}

import { createHash } from 'node:crypto'
import type { Tx } from '../open.ts'
import type { BlobTable, Db } from '../schema.ts'

export type Blob = Pick<BlobTable, 'kind' | 'bytes'>

/** Keeps bytes under their own SHA-256, in the transaction that first names it; the same bytes are kept once. */
export async function putBlob(tx: Tx, bytes: Uint8Array, kind: Blob['kind'], at: string): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await tx.db
    .insertInto('blob')
    .values({ sha256, kind, bytes: Buffer.from(bytes), created_at: at })
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .execute()
  return sha256
}

/** The bytes of that name, or null: another PC of the township may have them. */
export async function findBlob(db: Db, sha256: string): Promise<Blob | null> {
  const row = await db.selectFrom('blob').select(['kind', 'bytes']).where('sha256', '=', sha256).executeTakeFirst()
  return row ?? null
}

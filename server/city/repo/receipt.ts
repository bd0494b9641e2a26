import type { Batch } from '../batch.ts'
import type { Tx } from '../schema.ts'

/** The batch as it was answered before: hash of its body and the reply's exact bytes. */
export async function findAnswered(
  tx: Tx,
  { header }: Batch,
): Promise<{ bodyHash: string; reply: Buffer } | undefined> {
  const row = await tx
    .selectFrom('batch')
    .innerJoin('receipt', (join) =>
      join.onRef('receipt.scope', '=', 'batch.scope').onRef('receipt.n', '=', 'batch.receipt'),
    )
    .select(['batch.body_hash', 'receipt.bytes'])
    .where('batch.scope', '=', header.scope)
    .where('batch.batch', '=', header.batch)
    .executeTakeFirst()
  return row && { bodyHash: row.body_hash, reply: row.bytes }
}

/** Stores the reply under its number, and that this batch was answered with it. */
export async function saveReceipt(
  tx: Tx,
  { header, bodyHash }: Batch,
  n: number,
  reply: Buffer,
  now: Date,
): Promise<void> {
  const { scope, dev: device, epoch, batch } = header
  await tx.updateTable('scope').set({ counter: n }).where('scope', '=', scope).execute()
  await tx.insertInto('receipt').values({ scope, n, device, epoch, bytes: reply, made_at: now }).execute()
  await tx.insertInto('batch').values({ scope, batch, body_hash: bodyHash, receipt: n }).execute()
}

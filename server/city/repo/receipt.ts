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

/**
 * Stores the reply under its number, and that this batch was answered with it.
 *
 * A desk with nothing to report asks every half hour. What told it nothing is kept only until its next push: sent again, such
 * a batch is answered anew.
 */
export async function saveReceipt(
  tx: Tx,
  { header, bodyHash }: Batch,
  { n, reply, quiet }: { n: number; reply: Buffer; quiet: boolean },
  now: Date,
): Promise<void> {
  const { scope, dev: device, epoch, batch } = header
  await dropQuiet(tx, scope, device)
  await tx.updateTable('scope').set({ counter: n }).where('scope', '=', scope).execute()
  await tx.insertInto('receipt').values({ scope, n, device, epoch, bytes: reply, made_at: now, quiet }).execute()
  await tx.insertInto('batch').values({ scope, batch, body_hash: bodyHash, receipt: n }).execute()
}

async function dropQuiet(tx: Tx, scope: string, device: string): Promise<void> {
  const quiet = tx
    .selectFrom('receipt')
    .select('n')
    .where('scope', '=', scope)
    .where('device', '=', device)
    .where('quiet', '=', true)
  const numbers = (await quiet.execute()).map(({ n }) => n)
  if (numbers.length === 0) return
  await tx.deleteFrom('batch').where('scope', '=', scope).where('receipt', 'in', numbers).execute()
  await tx.deleteFrom('receipt').where('scope', '=', scope).where('n', 'in', numbers).execute()
}

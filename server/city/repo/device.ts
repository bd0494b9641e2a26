import type { PushHeader } from '../../../shared/sync/protocol.ts'
import type { Batch } from '../batch.ts'
import type { Db, DeviceRow, LedgerRow, ScopeRow, Tx } from '../schema.ts'

/** Late batches of a revoked device kept for review; a stolen PC must not fill the disk. */
const QUARANTINE_LIMIT = 1_000

export const findDevice = (db: Db, scope: string, device: string): Promise<DeviceRow | undefined> =>
  db.selectFrom('device').selectAll().where('scope', '=', scope).where('device', '=', device).executeTakeFirst()

export const activeDevice = (db: Db, scope: string): Promise<DeviceRow | undefined> =>
  db.selectFrom('device').selectAll().where('scope', '=', scope).where('state', '=', 'active').executeTakeFirst()

/** Locks the scope until the transaction ends: whoever writes in it waits here. Undefined when it never enrolled. */
export const lockScope = (tx: Tx, scope: string): Promise<ScopeRow | undefined> =>
  tx.selectFrom('scope').selectAll().where('scope', '=', scope).forUpdate().executeTakeFirst()

/** Locks the scope, making it first when this is the first enrolment in it. */
export async function openScope(tx: Tx, scope: string): Promise<ScopeRow> {
  const { server_epoch } = await tx.selectFrom('server_state').select('server_epoch').executeTakeFirstOrThrow()
  await tx
    .insertInto('scope')
    .values({ scope, counter: 0, server_epoch })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return (await lockScope(tx, scope)) as ScopeRow
}

/** Every install of a device that ever reported. */
export const ledgersOf = (db: Db, { scope, dev }: PushHeader): Promise<LedgerRow[]> =>
  db.selectFrom('ledger').selectAll().where('scope', '=', scope).where('device', '=', dev).execute()

/** Begins the ledger of an install, which from now on is the one that reports for its device. */
export async function beginLedger(tx: Tx, row: LedgerRow): Promise<LedgerRow> {
  const { scope, device, epoch } = row
  await tx.insertInto('ledger').values(row).execute()
  await tx.updateTable('device').set({ epoch }).where('scope', '=', scope).where('device', '=', device).execute()
  return row
}

/** What the city now has of the ledger, and what the device said of itself. */
export async function noteContact(tx: Tx, ledger: LedgerRow, { header }: Batch, now: Date): Promise<void> {
  await tx
    .updateTable('ledger')
    .set({ accepted_through: ledger.accepted_through, head: ledger.head, founding_txn: ledger.founding_txn })
    .where('scope', '=', ledger.scope)
    .where('device', '=', ledger.device)
    .where('epoch', '=', ledger.epoch)
    .execute()
  const { pending, oldest, attention } = header.stats
  await tx
    .updateTable('device')
    .set({ last_contact: now, app_version: header.app, pending, oldest: oldest?.slice(0, 40) ?? null, attention })
    .where('scope', '=', ledger.scope)
    .where('device', '=', ledger.device)
    .execute()
}

/** Puts aside the signed batch of a revoked device; nothing of it takes effect. */
export async function quarantine(db: Db, { header, bodyHash }: Batch, signed: string, now: Date): Promise<void> {
  const { scope, dev: device, batch } = header
  const kept = await db
    .selectFrom('quarantine')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('scope', '=', scope)
    .where('device', '=', device)
    .executeTakeFirstOrThrow()
  if (kept.count >= QUARANTINE_LIMIT) return
  await db
    .insertInto('quarantine')
    .values({ scope, device, body_hash: bodyHash, batch, bytes: Buffer.from(signed), received_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

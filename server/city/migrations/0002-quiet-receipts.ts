import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Marks receipts that told nothing, so that the next one of the desk can take their place. */
export const quietReceipts: Migration = {
  async up(db: Kysely<never>) {
    await sql`alter table receipt add column quiet boolean not null default false`.execute(db)
    await sql`create index receipt_quiet on receipt (scope, device) where quiet`.execute(db)
  },
}

import { createHash } from 'node:crypto'
import type { Tx } from '../open.ts'
import type { Db } from '../schema.ts'

export interface AccessEntry {
  readonly at: string
  readonly byOfficer: string
  readonly byName: string
  /** unlock · unlock-failed · reveal · import · export · print · recover · recovery-code · enrol · passphrase */
  readonly action: string
  readonly register?: string
  readonly recordId?: string
  readonly detail?: string
}

/** Appends to the hash-chained log of who looked at, took in or gave out what; kept at least three years. */
export async function appendAccess(tx: Tx, entry: AccessEntry): Promise<void> {
  const last = await tx.db
    .selectFrom('access_log')
    .select(['n', 'hash'])
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst()
  const row = {
    at: entry.at,
    by_officer: entry.byOfficer,
    by_name: entry.byName,
    action: entry.action,
    register: entry.register ?? null,
    record_id: entry.recordId ?? null,
    detail: entry.detail ?? null,
  }
  await tx.db
    .insertInto('access_log')
    .values({ ...row, hash: linkHash(last?.hash ?? '', row) })
    .execute()
}

type Linked = Readonly<
  Record<'at' | 'by_officer' | 'by_name' | 'action' | 'register' | 'record_id' | 'detail', string | null>
>

const linkHash = (previous: string, row: Linked): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        previous,
        row.at,
        row.by_officer,
        row.by_name,
        row.action,
        row.register,
        row.record_id,
        row.detail,
      ]),
    )
    .digest('hex')

/** The number of the first entry whose hash does not follow from the one before, or null. */
export async function brokenAccessLink(db: Db): Promise<number | null> {
  let previous = ''
  for (const row of await db.selectFrom('access_log').selectAll().orderBy('n').execute()) {
    if (row.hash !== linkHash(previous, row)) return row.n
    previous = row.hash
  }
  return null
}

/** Newest first. */
export async function accessEntries(db: Db, page: { limit: number; offset: number }) {
  const rows = await db
    .selectFrom('access_log')
    .selectAll()
    .orderBy('n', 'desc')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
  const { total } = await db
    .selectFrom('access_log')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return {
    total,
    rows: rows.map((row) => ({
      n: row.n,
      at: row.at,
      byName: row.by_name,
      action: row.action,
      register: row.register,
      recordId: row.record_id,
      detail: row.detail,
    })),
  }
}

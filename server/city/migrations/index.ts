import type { Migration, MigrationProvider } from 'kysely/migration'
import { city } from './0001-city.ts'
import { quietReceipts } from './0002-quiet-receipts.ts'

/** In order, by hand; a released one is never edited. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-city': city,
  '0002-quiet-receipts': quietReceipts,
}

export const migrationProvider: MigrationProvider = {
  getMigrations: () => Promise.resolve({ ...MIGRATIONS }),
}

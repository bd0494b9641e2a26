import type { Migration, MigrationProvider } from 'kysely/migration'
import { city } from './0001-city.ts'

/** In order, by hand; a released one is never edited. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-city': city,
}

export const migrationProvider: MigrationProvider = {
  getMigrations: () => Promise.resolve({ ...MIGRATIONS }),
}

import type { Database } from 'better-sqlite3'

/** One step of the schema. Numbered, listed by hand, never edited after release; tables that sync only ever gain columns. */
export interface Migration {
  readonly name: string
  readonly up: (sqlite: Database) => void
}

/** A migration of plain SQL. */
export const migration = (name: string, ...statements: readonly string[]): Migration => ({
  name,
  up: (sqlite) => {
    for (const statement of statements) sqlite.exec(statement)
  },
})

import { put } from '../../db/put.ts'
import type { Tx } from '../../db/open.ts'
import type { Db } from '../../db/schema.ts'
import { cadre } from '../../shared/domain/cadre.ts'
import { talk, type Talk } from '../../shared/domain/talk.ts'
import { aCadre } from '../builders/cadre.ts'
import { aTalk } from '../builders/talk.ts'

// Compiled by `npm run check`, never run: a line that began to compile would fail there as an unused expectation.

/** No register can be written by a query, neither on the reading connection nor in a transaction. */
export function registersAreReadOnly(db: Db, tx: Tx): unknown[] {
  return [
    // @ts-expect-error a cadre has no insertable columns
    db.insertInto('cadre').values({ id: 'x', name: '试', roll_group: 'in-post' }),
    // @ts-expect-error the same inside a transaction
    tx.db.insertInto('cadre').values({ id: 'x', name: '试', roll_group: 'in-post' }),
    // @ts-expect-error a talk has no updatable columns
    tx.db.updateTable('talk').set({ summary: '改' }),
    // @ts-expect-error not even its voiding
    tx.db.updateTable('talk').set({ voided: 1 }),
    // @ts-expect-error nor its version
    tx.db.updateTable('unit').set({ version: 2 }),
    // @ts-expect-error an officer's role least of all
    tx.db.updateTable('officer').set({ role: 'orgCommissioner' }),
    // @ts-expect-error nor a setting
    tx.db.insertInto('setting').values({ key: 'k', value: '[]', since: '2026-01-01' }),
    // @ts-expect-error nor an assignment
    tx.db.insertInto('talk_assignment').values({ cadre_id: 'x', talker: '{}', since: '2026-01-01' }),
    // What is local to the PC may be.
    tx.db.insertInto('draft').values({ officer_id: 'x', key: 'talk', content: '{}', updated_at: '' }),
  ]
}

/** `put` asks for a transaction, a whole record and the record's own register. */
export function putIsStrict(db: Db, tx: Tx, at: string): unknown[] {
  const whole: Talk = aTalk()
  const { heldOn: _, ...partial } = whole
  return [
    // @ts-expect-error reading is not writing
    put(db, talk, null, whole, at),
    // @ts-expect-error a field left out
    put(tx, talk, null, partial, at),
    // @ts-expect-error another register's record
    put(tx, cadre, null, whole, at),
    // @ts-expect-error a value the field does not have
    put(tx, cadre, null, { ...aCadre(), rollGroup: 'retired' }, at),
    put(tx, talk, null, whole, at),
  ]
}

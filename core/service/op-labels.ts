import { sql } from 'kysely'
import { cadre } from '../../shared/domain/cadre.ts'
import type { OpRow } from '../../db/repo/sync.ts'
import type { Db } from '../../db/schema.ts'
import type { Actor } from '../handler.ts'

const ABOUT_CADRES: ReadonlySet<string> = new Set(['cadre', 'talk', 'talk-assignment'])

/**
 * Names of what the changes are about, as this officer may see them.
 *
 * Administrators run the sync without reading cadres; for them a change is only a change.
 */
export async function labelsFor(db: Db, actor: Actor, ops: readonly OpRow[]): Promise<(op: OpRow) => string> {
  const labels = await labelsOf(db, ops)
  const mayKnow = (op: OpRow): boolean => !ABOUT_CADRES.has(op.register) || actor.can.has('cadre:read')
  return (op) => (mayKnow(op) ? labels.get(op.seq) : null) ?? '—'
}

/** What each change is about, in a word: the cadre's, unit's or officer's name, the setting's key. */
async function labelsOf(db: Db, ops: readonly OpRow[]): Promise<Map<number, string>> {
  const labels = new Map<number, string>()
  const named = async (
    register: 'cadre' | 'unit' | 'officer' | 'setting',
    pairs: readonly (readonly [number, string])[],
  ) => {
    if (pairs.length === 0) return
    const rows = await db
      .selectFrom(register)
      .select(['id', sql.ref<string>(register === 'setting' ? 'key' : 'name').as('name')])
      .where('id', 'in', [...new Set(pairs.map(([, id]) => id))])
      .execute()
    const names = new Map(rows.map((row) => [row.id, row.name]))
    for (const [seq, id] of pairs) labels.set(seq, names.get(id) ?? '—')
  }
  const of = (register: string) =>
    ops.filter((op) => op.register === register).map((op) => [op.seq, op.record_id] as const)
  await named('cadre', [...of(cadre.name), ...(await talkSubjects(db, ops))])
  await named('unit', of('unit'))
  await named('officer', of('officer'))
  await named('setting', of('setting'))
  return labels
}

async function talkSubjects(db: Db, ops: readonly OpRow[]): Promise<(readonly [number, string])[]> {
  const pairs: (readonly [number, string])[] = []
  for (const [register, table] of [
    ['talk', 'talk'],
    ['talk-assignment', 'talk_assignment'],
  ] as const) {
    const own = ops.filter((op) => op.register === register)
    if (own.length === 0) continue
    const rows = await db
      .selectFrom(table)
      .select(['id', 'cadre_id'])
      .where(
        'id',
        'in',
        own.map((op) => op.record_id),
      )
      .execute()
    const cadreIds = new Map(rows.map((row) => [row.id, row.cadre_id]))
    pairs.push(...own.map((op) => [op.seq, cadreIds.get(op.record_id) ?? ''] as const))
  }
  return pairs
}

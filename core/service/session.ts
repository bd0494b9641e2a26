import { Fault } from '../../shared/errors.ts'
import { syncState } from '../../db/repo/sync.ts'
import type { Db } from '../../db/schema.ts'
import type { Handlers, QueryCtx } from '../handler.ts'
import { verifyDatabase } from '../ledger/verify.ts'

export const sessionService: Pick<Handlers, 'session.get' | 'desk.verify'> = {
  'session.get': (ctx) => sessionOf(ctx),
  'desk.verify': async ({ db }) => {
    const checks = await verifyDatabase(db)
    return { ok: checks.every((check) => check.ok), checks }
  },
}

/** Who is signed in where, and what may be done. */
export async function sessionOf({
  db,
  actor,
  today,
  workspace,
}: Pick<QueryCtx, 'db' | 'actor' | 'today' | 'workspace'>) {
  const root = await rootUnit(db)
  return {
    officer: { id: actor.id, name: actor.name, role: actor.role },
    can: [...actor.can],
    unit: { id: root.id, name: root.name, unitCode: root.unit_code ?? workspace.identity.scope },
    today,
    enrolled: (await syncState(db)) !== undefined,
    demo: workspace.demo,
  }
}

async function rootUnit(db: Db) {
  const root = await db
    .selectFrom('unit')
    .select(['id', 'name', 'unit_code'])
    .where('parent_id', 'is', null)
    .executeTakeFirst()
  if (!root) throw new Fault('profile-damaged', { file: 'desk.db' })
  return root
}

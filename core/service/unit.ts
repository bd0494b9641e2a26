import { toView } from '../../shared/domain/register.ts'
import { unit, type Unit } from '../../shared/domain/unit.ts'
import { Fault } from '../../shared/errors.ts'
import { allRecords, findRecord } from '../../db/repo/record.ts'
import type { Db } from '../../db/schema.ts'
import type { HandlersOf } from '../handler.ts'
import { rootUnitId } from '../ids.ts'
import { isHere } from '../search/cadre-index.ts'
import { saved, saveRecord, voidRecord } from './save.ts'

export const unitService: HandlersOf<'unit'> = {
  'unit.list': async ({ db, workspace, today }) => {
    const here = new Map<string | null, number>()
    for (const person of await workspace.index.placed(db)) {
      if (isHere(person, today)) here.set(person.unitId, (here.get(person.unitId) ?? 0) + 1)
    }
    const units = (await allRecords(db, unit)).filter((u) => !u.voided)
    return {
      rows: inTreeOrder(units).map(({ record, depth }) => ({
        record: toView(unit, record),
        depth,
        onRoll: here.get(record.id) ?? 0,
      })),
    }
  },

  'unit.save': async (ctx, input) => {
    const root = rootUnitId(ctx.workspace.identity.scope)
    if (input.set.parentId === null && input.id !== root) throw new Fault('invalid-input', { issues: 'parentId' })
    if (input.set.parentId && input.id) await refuseLoop(ctx.tx.db, input.id, input.set.parentId)
    return saved(await saveRecord(ctx, unit, input, { kind: 'office', parentId: root }), [])
  },

  'unit.void': async (ctx, input) => {
    const used = ctx.tx.prepare(
      `select 1 from cadre where unit_id = ? and voided = 0 union all select 1 from unit where parent_id = ? and voided = 0 limit 1`,
    )
    const record = await findRecord(ctx.tx.db, unit, input.id)
    if (used.get(input.id, input.id) || record?.parentId === null) throw new Fault('in-use', { register: 'unit' })
    return voidRecord(ctx, unit, input)
  },
}

/** A unit below itself would vanish from the tree. */
async function refuseLoop(db: Db, id: string, parentId: string): Promise<void> {
  for (let at: string | null = parentId; at !== null; at = (await findRecord(db, unit, at))?.parentId ?? null) {
    if (at === id) throw new Fault('invalid-input', { issues: 'parentId' })
  }
}

function inTreeOrder(units: readonly Unit[]): { record: Unit; depth: number }[] {
  const children = Map.groupBy(units, (u) => u.parentId)
  const rows: { record: Unit; depth: number }[] = []
  const walk = (parentId: string | null, depth: number): void => {
    const below = [...(children.get(parentId) ?? [])]
    below.sort((a, b) => (a.sortOrder ?? 1e9) - (b.sortOrder ?? 1e9) || a.name.localeCompare(b.name, 'zh-CN'))
    for (const record of below) {
      rows.push({ record, depth })
      walk(record.id, depth + 1)
    }
  }
  walk(null, 0)
  return rows
}

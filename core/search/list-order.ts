import type { Db } from '../../db/schema.ts'

/** Place of every unit in lists. */
export type UnitOrder = ReadonlyMap<string, number>

/** What decides on a person's place. */
interface Listed {
  readonly id: string
  readonly unitId: string | null
  readonly sortOrder: number | null
  readonly pinyin: string
}

const LAST = 1e9
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const byNumber = (a: number, b: number): number => a - b

/**
 * People by unit, leader order, pinyin, id.
 *
 * Gathered by one key after the other, the last one first, so that each of the few keys there are is compared instead of
 * every person with a dozen others: for fifty thousand people a third of the time.
 */
export function inOrder<P extends Listed>(people: readonly P[], order: UnitOrder): P[] {
  const byId = [...people].sort((a, b) => byText(a.id, b.id))
  const byPinyin = gathered(byId, (person) => person.pinyin, byText)
  const byLeader = gathered(byPinyin, leaderPlace, byNumber)
  return gathered(byLeader, (person) => unitPlace(person, order), byNumber)
}

/** Puts a few into an ordered list of many, in its own place each. */
export function merged<P extends Listed>(many: P[], few: readonly P[], order: UnitOrder): P[] {
  for (const person of few) {
    let [from, to] = [0, many.length]
    while (from < to) {
      const middle = (from + to) >> 1
      if (byPlace(many[middle]!, person, order) < 0) from = middle + 1
      else to = middle
    }
    many.splice(from, 0, person)
  }
  return many
}

const unitPlace = ({ unitId }: Listed, order: UnitOrder): number => order.get(unitId ?? '') ?? LAST
const leaderPlace = ({ sortOrder }: Listed): number => sortOrder ?? LAST

const byPlace = (a: Listed, b: Listed, order: UnitOrder): number =>
  unitPlace(a, order) - unitPlace(b, order) ||
  leaderPlace(a) - leaderPlace(b) ||
  byText(a.pinyin, b.pinyin) ||
  byText(a.id, b.id)

/** Those of one key together, in the order they had. */
function gathered<P, K>(people: readonly P[], keyOf: (person: P) => K, compare: (a: K, b: K) => number): P[] {
  const groups = Map.groupBy(people, keyOf)
  return [...groups.keys()].sort(compare).flatMap((key) => groups.get(key)!)
}

/** Place of every unit when the tree is walked top down, siblings by their order, then name. */
export async function unitOrder(db: Db): Promise<UnitOrder> {
  const units = await db.selectFrom('unit').select(['id', 'parent_id', 'sort_order', 'name']).execute()
  const children = Map.groupBy(units, (u) => u.parent_id)
  const order = new Map<string, number>()
  const walk = (parent: string | null): void => {
    const below = [...(children.get(parent) ?? [])]
    below.sort((a, b) => (a.sort_order ?? 1e9) - (b.sort_order ?? 1e9) || a.name.localeCompare(b.name, 'zh-CN'))
    for (const unit of below) {
      order.set(unit.id, order.size)
      walk(unit.id)
    }
  }
  walk(null)
  return order
}

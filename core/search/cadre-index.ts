import { sql } from 'kysely'
import { onRollAt, type RollGroup } from '../../shared/domain/cadre.ts'
import type { Db } from '../../db/schema.ts'
import type { Tx } from '../../db/open.ts'
import { cadre } from '../../shared/domain/cadre.ts'
import { nameKeys } from './pinyin.ts'

/** What lists, searches and coverage need of a cadre, kept in memory while the desk is open. */
export interface IndexedCadre {
  readonly id: string
  readonly name: string
  readonly sex: 'male' | 'female' | null
  readonly birthMonth: string | null
  readonly identityNumber: string | null
  readonly unitId: string | null
  readonly rollGroup: RollGroup
  readonly joinedOn: string | null
  readonly leftOn: string | null
  readonly voided: boolean
  readonly sortOrder: number | null
  readonly postTitle: string | null
  readonly pinyin: string
  /** A space, then every findable tail, space-separated: see {@link nameKeys}. */
  readonly search: string
}

export interface CadreIndex {
  /** Everybody, in list order: unit order, leader order, pinyin. */
  all(db: Db): Promise<readonly IndexedCadre[]>
  byId(db: Db, id: string): Promise<IndexedCadre | undefined>
  /** Call after a commit: these cadres changed, or the tree did (`null`), which moves everybody. */
  changed(ids: readonly string[] | null): void
}

const columns = sql`c.id, c.name, c.sex, c.birth_month as "birthMonth", c.identity_number as "identityNumber", c.unit_id as "unitId",
  c.roll_group as "rollGroup", c.joined_on as "joinedOn", c.left_on as "leftOn", c.voided, c.sort_order as "sortOrder",
  c.post_title as "postTitle",
  n.pinyin, ' ' || n.search as search`

/** Past this many changes reading everything anew is cheaper than row by row. */
const REREAD_ALL = 400

interface Loaded {
  readonly order: ReadonlyMap<string, number>
  readonly byId: Map<string, IndexedCadre>
  list: IndexedCadre[]
}

/** An index that is read when first asked for and kept up to date by the ids a commit changed. */
export function createCadreIndex(): CadreIndex {
  let loaded: Loaded | undefined
  let stale = new Set<string>()
  let reading: Promise<Loaded> | undefined
  /** How often the tree changed: what was being read meanwhile may be of the old one. */
  let moves = 0
  const refresh = async (db: Db): Promise<Loaded> => {
    const ids = [...stale]
    const base = loaded
    stale = new Set()
    if (!base || ids.length > REREAD_ALL) return readAll(db)
    for (const row of await readRows(db, ids)) base.byId.set(row.id, row)
    base.list = inOrder([...base.byId.values()], base.order)
    return base
  }
  const current = async (db: Db): Promise<Loaded> => {
    while (reading) await reading
    if (loaded && stale.size === 0) return loaded
    const before = moves
    reading = refresh(db)
    try {
      const fresh = await reading
      if (moves === before) loaded = fresh
      return fresh
    } finally {
      reading = undefined
    }
  }
  return {
    all: async (db) => (await current(db)).list,
    byId: async (db, id) => (await current(db)).byId.get(id),
    changed: (ids) => {
      if (ids === null) {
        loaded = undefined
        moves += 1
      } else for (const id of ids) stale.add(id)
    },
  }
}

async function readAll(db: Db): Promise<Loaded> {
  const order = await unitOrder(db)
  const list = inOrder(await readRows(db, null), order)
  return { order, list, byId: new Map(list.map((row) => [row.id, row])) }
}

async function readRows(db: Db, ids: readonly string[] | null): Promise<IndexedCadre[]> {
  const where = ids === null ? sql`` : sql`where c.id in (${sql.join(ids)})`
  const { rows } = await sql<Omit<IndexedCadre, 'voided'> & { voided: number }>`
    select ${columns} from cadre c join cadre_name n on n.cadre_id = c.id ${where}`.execute(db)
  return rows.map(indexed)
}

/** Written out field by field: objects of one shape are searched many times faster than those the driver hands over. */
const indexed = (row: Omit<IndexedCadre, 'voided'> & { voided: number }): IndexedCadre => ({
  id: row.id,
  name: row.name,
  sex: row.sex,
  birthMonth: row.birthMonth,
  identityNumber: row.identityNumber,
  unitId: row.unitId,
  rollGroup: row.rollGroup,
  joinedOn: row.joinedOn,
  leftOn: row.leftOn,
  voided: row.voided === 1,
  sortOrder: row.sortOrder,
  postTitle: row.postTitle,
  pinyin: row.pinyin,
  search: row.search,
})

/** Sorts in place: by unit, leader order, pinyin. Ranks are looked up once, for a sort asks again and again. */
function inOrder(people: IndexedCadre[], order: ReadonlyMap<string, number>): IndexedCadre[] {
  const ranks = new Map(people.map((person) => [person, order.get(person.unitId ?? '') ?? LAST]))
  return people.sort((a, b) => {
    const byUnit = (ranks.get(a) ?? LAST) - (ranks.get(b) ?? LAST)
    if (byUnit !== 0) return byUnit
    const byOrder = (a.sortOrder ?? LAST) - (b.sortOrder ?? LAST)
    if (byOrder !== 0) return byOrder
    return a.pinyin < b.pinyin ? -1 : a.pinyin > b.pinyin ? 1 : a.id < b.id ? -1 : 1
  })
}

const LAST = 1e9

/** Place of every unit when the tree is walked top down, siblings by their order, then name. */
async function unitOrder(db: Db): Promise<Map<string, number>> {
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

/** Says of a person whether they answer to what was typed: Chinese, full pinyin, initials, first or last identity digits. */
export function matcher(typed: string): (person: IndexedCadre) => boolean {
  // One test a person: characters are in the name, letters in the keys made of it.
  if (/\p{Script=Han}/u.test(typed)) return (person) => person.name.includes(typed)
  const tail = ` ${typed}`
  const number = typed.length >= 3 && /^\d+x?$/.test(typed) ? typed.toUpperCase() : null
  if (number === null) return (person) => person.search.includes(tail)
  return ({ identityNumber }) =>
    identityNumber !== null && (identityNumber.startsWith(number) || identityNumber.endsWith(number))
}

/** What was typed, ready for {@link matcher}: half width, no spaces, small letters, ü as v. */
export const searchKey = (typed: string): string =>
  typed.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase().replaceAll('ü', 'v')

export const isHere = (person: IndexedCadre, today: string): boolean => onRollAt(person, today)

/** Keeps the name keys beside every cadre this transaction changed. */
export function updateNameKeys(tx: Tx): void {
  for (const { register, before, after, id } of tx.changes) {
    if (register.name !== cadre.name) continue
    const name = (after as unknown as { name: string }).name
    if (before && (before as unknown as { name: string }).name === name) continue
    const keys = nameKeys(name)
    tx.prepare(
      `insert into cadre_name (cadre_id, pinyin, search) values (?, ?, ?)
       on conflict (cadre_id) do update set pinyin = excluded.pinyin, search = excluded.search`,
    ).run(id, keys.pinyin, keys.search)
  }
}

import { sql } from 'kysely'
import { onRollAt, type RollGroup } from '../../shared/domain/cadre.ts'
import type { Db } from '../../db/schema.ts'
import type { Tx } from '../../db/open.ts'
import { cadre } from '../../shared/domain/cadre.ts'
import { placesTyped, searchKey, searchTextsOf, type SearchTexts } from './find-cadres.ts'
import { inOrder, merged, unitOrder, type UnitOrder } from './list-order.ts'
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
}

export interface CadreIndex {
  /** Everybody, in list order: unit order, leader order, pinyin. */
  all(db: Db): Promise<readonly IndexedCadre[]>
  /** Who answers to what was typed, in list order; everybody when that is nothing but spaces. */
  find(db: Db, typed: string): Promise<readonly IndexedCadre[]>
  byId(db: Db, id: string): Promise<IndexedCadre | undefined>
  /** Call after a commit: these cadres changed, or the tree did (`null`), which moves everybody. */
  changed(ids: readonly string[] | null): void
}

const columns = sql`c.id, c.name, c.sex, c.birth_month as "birthMonth", c.identity_number as "identityNumber", c.unit_id as "unitId",
  c.roll_group as "rollGroup", c.joined_on as "joinedOn", c.left_on as "leftOn", c.voided, c.sort_order as "sortOrder",
  c.post_title as "postTitle", n.pinyin`

/** Past this many changes reading everything anew is cheaper than row by row. */
const REREAD_ALL = 400

interface Loaded {
  readonly order: UnitOrder
  list: readonly IndexedCadre[]
  /** The list by id, made when somebody is asked for by it. */
  byId: Map<string, IndexedCadre> | null
  /** Name keys by cadre, read when somebody searches first. */
  keys: Map<string, string> | null
  /** Made of the list and the keys; null when either has changed since. */
  texts: SearchTexts | null
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
    return base && ids.length <= REREAD_ALL ? reread(db, base, ids) : readAll(db)
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
    find: async (db, typed) => {
      const now = await current(db)
      const key = searchKey(typed)
      if (key === '') return now.list
      now.keys ??= await readKeys(db, null)
      now.texts ??= searchTextsOf(now.list, now.keys)
      const { list } = now
      return placesTyped(now.texts, key).map((place) => list[place]!)
    },
    byId: async (db, id) => {
      const now = await current(db)
      now.byId ??= new Map(now.list.map((person) => [person.id, person]))
      return now.byId.get(id)
    },
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
  return { order, list, byId: null, keys: null, texts: null }
}

/** Reads these anew and puts each into its place; the rest stays as it is. */
async function reread(db: Db, base: Loaded, ids: readonly string[]): Promise<Loaded> {
  const fresh = await readRows(db, ids)
  const keys = base.keys && (await readKeys(db, ids))
  for (const row of fresh) base.byId?.set(row.id, row)
  if (keys) for (const [id, key] of keys) base.keys?.set(id, key)
  const changed = new Set(ids)
  base.list = merged(
    base.list.filter((person) => !changed.has(person.id)),
    inOrder(fresh, base.order),
    base.order,
  )
  base.texts = null
  return base
}

async function readRows(db: Db, ids: readonly string[] | null): Promise<IndexedCadre[]> {
  const where = ids === null ? sql`` : sql`where c.id in (${sql.join(ids)})`
  const { rows } = await sql<Omit<IndexedCadre, 'voided'> & { voided: number }>`
    select ${columns} from cadre c join cadre_name n on n.cadre_id = c.id ${where}`.execute(db)
  return rows.map(indexed)
}

async function readKeys(db: Db, ids: readonly string[] | null): Promise<Map<string, string>> {
  const where = ids === null ? sql`` : sql`where cadre_id in (${sql.join(ids)})`
  const { rows } = await sql<{ id: string; search: string }>`
    select cadre_id as id, search from cadre_name ${where}`.execute(db)
  return new Map(rows.map(({ id, search }) => [id, search]))
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
})

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

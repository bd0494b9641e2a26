import { sql } from 'kysely'
import { onRollAt, type RollGroup } from '../../shared/domain/cadre.ts'
import type { Db } from '../../db/schema.ts'
import type { Tx } from '../../db/open.ts'
import { cadre } from '../../shared/domain/cadre.ts'
import { placesTyped, searchKey, searchTextsOf, type SearchTexts } from './find-cadres.ts'
import { inOrder, merged, unitOrder, type UnitOrder } from './list-order.ts'
import { nameKeys } from './pinyin.ts'

/** What decides on whether and where a cadre stands in a list. */
export interface PlacedCadre {
  readonly id: string
  readonly sex: 'male' | 'female' | null
  readonly birthMonth: string | null
  readonly unitId: string | null
  readonly rollGroup: RollGroup
  readonly joinedOn: string | null
  readonly leftOn: string | null
  readonly voided: boolean
  readonly sortOrder: number | null
  readonly pinyin: string
}

/** What searches, coverage and imports need besides. */
export interface IndexedCadre extends PlacedCadre {
  readonly name: string
  readonly identityNumber: string | null
  readonly postTitle: string | null
}

/**
 * The cadres in memory while the desk is open, all in list order: unit order, leader order, pinyin.
 *
 * Each part is read when somebody first asks for it, so that the first list after unlocking waits for no more than it shows.
 */
export interface CadreIndex {
  /** Everybody, for lists. */
  placed(db: Db): Promise<readonly PlacedCadre[]>
  /** Everybody. */
  all(db: Db): Promise<readonly IndexedCadre[]>
  /** Who answers to what was typed; everybody when that is nothing but spaces. */
  find(db: Db, typed: string): Promise<readonly IndexedCadre[]>
  byId(db: Db, id: string): Promise<IndexedCadre | undefined>
  /** Call after a commit: these cadres changed, or the tree did (`null`), which moves everybody. */
  changed(ids: readonly string[] | null): void
}

const placedColumns = sql`c.id, c.sex, c.birth_month as "birthMonth", c.unit_id as "unitId", c.roll_group as "rollGroup",
  c.joined_on as "joinedOn", c.left_on as "leftOn", c.voided, c.sort_order as "sortOrder", n.pinyin`
const otherColumns = sql`c.id, c.name, c.identity_number as "identityNumber", c.post_title as "postTitle"`

/** Past this many changes reading everything anew is cheaper than row by row. */
const REREAD_ALL = 400

interface Loaded {
  readonly order: UnitOrder
  placed: readonly PlacedCadre[]
  /** The same list, with all there is. */
  people: readonly IndexedCadre[] | null
  /** The people by id, made when somebody is asked for by it. */
  byId: Map<string, IndexedCadre> | null
  /** Name keys by cadre. */
  keys: Map<string, string> | null
  /** Made of the people and the keys; null when either has changed since. */
  texts: SearchTexts | null
}

type WithPeople = Loaded & { readonly people: readonly IndexedCadre[] }
type WithKeys = WithPeople & { readonly keys: Map<string, string> }

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
    return base && ids.length <= REREAD_ALL ? reread(db, base, ids) : readPlaced(db)
  }
  /** One reader at a time: what is added to what was read belongs to the same moment. */
  const current = async <L extends Loaded>(db: Db, completed: (base: Loaded, db: Db) => L | Promise<L>): Promise<L> => {
    while (reading) await reading
    const before = moves
    const work = (async () => completed(loaded && stale.size === 0 ? loaded : await refresh(db), db))()
    reading = work
    try {
      const fresh = await work
      if (moves === before) loaded = fresh
      return fresh
    } catch (cause) {
      loaded = undefined // what was stale is no longer known, and part of it may be new already
      throw cause
    } finally {
      reading = undefined
    }
  }
  return {
    placed: async (db) => (await current(db, (base) => base)).placed,
    all: async (db) => (await current(db, withPeople)).people,
    find: async (db, typed) => {
      const key = searchKey(typed)
      if (key === '') return (await current(db, withPeople)).people
      const now = await current(db, withKeys)
      now.texts ??= searchTextsOf(now.people, now.keys)
      const { people } = now
      return placesTyped(now.texts, key).map((place) => people[place]!)
    },
    byId: async (db, id) => {
      const now = await current(db, withPeople)
      now.byId ??= new Map(now.people.map((person) => [person.id, person]))
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

async function readPlaced(db: Db): Promise<Loaded> {
  const order = await unitOrder(db)
  const placed = inOrder(await readRows(db, null), order)
  return { order, placed, people: null, byId: null, keys: null, texts: null }
}

async function withPeople(base: Loaded, db: Db): Promise<WithPeople> {
  if (base.people === null) {
    const others = await readOthers(db, null)
    base.people = base.placed.map((person) => whole(person, others.get(person.id)!))
    base.placed = base.people
  }
  return base as WithPeople
}

async function withKeys(base: Loaded, db: Db): Promise<WithKeys> {
  base.keys ??= await readKeys(db, null)
  return (await withPeople(base, db)) as WithKeys
}

/** Reads these anew and puts each into its place; the rest stays as it is. */
async function reread(db: Db, base: Loaded, ids: readonly string[]): Promise<Loaded> {
  const fresh = await readRows(db, ids)
  const changed = new Set(ids)
  const moved = <P extends PlacedCadre>(list: readonly P[], few: readonly P[]): P[] =>
    merged(
      list.filter((person) => !changed.has(person.id)),
      inOrder(few, base.order),
      base.order,
    )
  if (base.people) {
    const others = await readOthers(db, ids)
    const people = fresh.map((person) => whole(person, others.get(person.id)!))
    for (const person of people) base.byId?.set(person.id, person)
    base.people = moved(base.people, people)
    base.placed = base.people
  } else base.placed = moved(base.placed, fresh)
  if (base.keys) for (const [id, key] of await readKeys(db, ids)) base.keys.set(id, key)
  base.texts = null
  return base
}

const among = (column: string, ids: readonly string[] | null) =>
  ids === null ? sql`` : sql`where ${sql.ref(column)} in (${sql.join(ids)})`

async function readRows(db: Db, ids: readonly string[] | null): Promise<PlacedCadre[]> {
  const { rows } = await sql<Omit<PlacedCadre, 'voided'> & { voided: number }>`
    select ${placedColumns} from cadre c join cadre_name n on n.cadre_id = c.id ${among('c.id', ids)}`.execute(db)
  return rows.map(indexed)
}

type Others = Pick<IndexedCadre, 'id' | 'name' | 'identityNumber' | 'postTitle'>

async function readOthers(db: Db, ids: readonly string[] | null): Promise<Map<string, Others>> {
  const { rows } = await sql<Others>`select ${otherColumns} from cadre c ${among('c.id', ids)}`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

async function readKeys(db: Db, ids: readonly string[] | null): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; search: string }>`
    select cadre_id as id, search from cadre_name ${among('cadre_id', ids)}`.execute(db)
  return new Map(rows.map(({ id, search }) => [id, search]))
}

/** Written out field by field: objects of one shape are searched many times faster than those the driver hands over. */
const indexed = (row: Omit<PlacedCadre, 'voided'> & { voided: number }): PlacedCadre => ({
  id: row.id,
  sex: row.sex,
  birthMonth: row.birthMonth,
  unitId: row.unitId,
  rollGroup: row.rollGroup,
  joinedOn: row.joinedOn,
  leftOn: row.leftOn,
  voided: row.voided === 1,
  sortOrder: row.sortOrder,
  pinyin: row.pinyin,
})

const whole = (placed: PlacedCadre, { name, identityNumber, postTitle }: Others): IndexedCadre => ({
  ...placed,
  name,
  identityNumber,
  postTitle,
})

export const isHere = (person: PlacedCadre, today: string): boolean => onRollAt(person, today)

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

import type { PluginTransformQueryArgs, PluginTransformResultArgs } from 'kysely'
import { expect, test } from 'vitest'
import { createCadreIndex, updateNameKeys } from '../../core/search/cadre-index.ts'
import { put, type Draft } from '../../db/put.ts'
import type { Store } from '../../db/open.ts'
import { cadre, type Cadre } from '../../shared/domain/cadre.ts'
import { unit, type Unit } from '../../shared/domain/unit.ts'
import { aCadre } from '../builders/cadre.ts'
import { aTownship, aUnit } from '../builders/unit.ts'
import { anEmptyStore } from '../helpers/workspace.ts'

const AT = '2026-11-20T09:00:00+08:00'

const write = (store: Store, records: { units?: Unit[]; cadres?: Cadre[] }): Promise<void> =>
  store.withTransaction(async (tx) => {
    for (const record of records.units ?? []) put(tx, unit, null, record, AT)
    for (const record of records.cadres ?? []) put(tx, cadre, null, record, AT)
    updateNameKeys(tx)
  })
const change = (store: Store, before: Unit, over: Partial<Unit>): Promise<Unit> =>
  store.withTransaction(async (tx) => put(tx, unit, before, { ...before, ...over } as Draft<typeof unit>, AT))

async function aTownshipOfTwoOffices() {
  const { store } = anEmptyStore()
  const root = aTownship()
  const [first, second] = [aUnit({ parentId: root.id, sortOrder: 1 }), aUnit({ parentId: root.id, sortOrder: 2 })]
  const people = [aCadre({ name: '甲', unitId: first.id }), aCadre({ name: '乙', unitId: second.id })]
  await write(store, { units: [root, first, second], cadres: people })
  const index = createCadreIndex()
  const names = async () => (await index.all(store.db)).map((person) => person.name).join('')
  return { store, index, names, first: { ...first, version: 1 }, second, people }
}

/** A database whose disk fails after so many reads. */
function failingAfter(db: Store['db'], reads: number): Store['db'] {
  let left = reads
  const fails = {
    transformQuery: ({ node }: PluginTransformQueryArgs) => {
      if (left-- <= 0) throw new Error('disk I/O error')
      return node
    },
    transformResult: async ({ result }: PluginTransformResultArgs) => result,
  }
  return db.withPlugin(fails)
}

test('a tree that changes while the index is being read is not forgotten', async () => {
  const { store, index, names, first } = await aTownshipOfTwoOffices()
  const reading = names()
  await change(store, first, { sortOrder: 9 })
  index.changed(null)
  await reading
  expect(await names()).toBe('乙甲')
})

test('a tree that changes while one person is being read anew breaks nothing', async () => {
  const { store, index, names, first, people } = await aTownshipOfTwoOffices()
  expect(await names()).toBe('甲乙')
  index.changed([people[0]!.id])
  const reading = names()
  const moved = change(store, first, { sortOrder: 9 }).then(() => index.changed(null))
  index.changed(null)
  await Promise.all([reading, moved])
  expect(await names()).toBe('乙甲')
})

test('many readers at once see what was there before they asked', async () => {
  const { store, index, names } = await aTownshipOfTwoOffices()
  await names()
  for (let round = 0; round < 20; round += 1) {
    const person = aCadre({ name: '丙' })
    await write(store, { cadres: [person] })
    index.changed([person.id])
    const seen = await Promise.all([names(), names(), names()])
    expect(seen.map((text) => text.length)).toEqual([3 + round, 3 + round, 3 + round])
  }
})

test('what is read later is of the same people in the same order as what was read first', async () => {
  const { store, index, first, people } = await aTownshipOfTwoOffices()
  expect((await index.placed(store.db)).map(({ id }) => id)).toEqual(people.map(({ id }) => id))
  const late = aCadre({ name: '丁', unitId: first.id, sortOrder: 1 })
  await write(store, { cadres: [late] })
  index.changed([late.id])
  const [placed, all, found, one] = await Promise.all([
    index.placed(store.db),
    index.all(store.db),
    index.find(store.db, 'ding'),
    index.byId(store.db, late.id),
  ])
  expect(all.map(({ name }) => name)).toEqual(['丁', '甲', '乙'])
  expect(placed.map(({ id }) => id)).toEqual(all.map(({ id }) => id))
  expect([found[0]?.name, one?.name]).toEqual(['丁', '丁'])

  const renamed = await store.withTransaction(async (tx) => {
    const record = put(
      tx,
      cadre,
      { ...late, version: 1 },
      { ...late, name: '戊', sortOrder: null } as Draft<typeof cadre>,
      AT,
    )
    updateNameKeys(tx)
    return record
  })
  index.changed([renamed.id])
  expect((await index.find(store.db, 'ding')).length).toBe(0)
  expect((await index.find(store.db, 'wu')).map(({ name }) => name)).toEqual(['戊'])
  expect((await index.all(store.db)).map(({ name }) => name)).toEqual(['甲', '戊', '乙'])
})

test.each([1, 2])('what could not be read %i reads on is read again, not forgotten', async (reads) => {
  const { store, index, names, people } = await aTownshipOfTwoOffices()
  expect(await names()).toBe('甲乙')
  await store.withTransaction(async (tx) => {
    put(tx, cadre, { ...people[0]!, version: 1 }, { ...people[0]!, name: '丙' } as Draft<typeof cadre>, AT)
    updateNameKeys(tx)
  })
  index.changed([people[0]!.id])
  await expect(index.all(failingAfter(store.db, reads - 1))).rejects.toThrow('disk I/O error')
  expect(await names()).toBe('丙乙')
})

test('a very large change is read as a whole', async () => {
  const { store, index, names } = await aTownshipOfTwoOffices()
  await names()
  const people = Array.from({ length: 1_200 }, () => aCadre())
  await write(store, { cadres: people })
  index.changed(people.map((person) => person.id))
  expect(await index.all(store.db)).toHaveLength(1_202)
})

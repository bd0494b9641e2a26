import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changedFields, put, saidFields, sameValue, type Draft } from '../../db/put.ts'
import type { Store, Tx } from '../../db/open.ts'
import { findRecord, getRecord } from '../../db/repo/record.ts'
import { cadre, type Cadre } from '../../shared/domain/cadre.ts'
import { aCadre, aFamilyMember } from '../builders/cadre.ts'
import { anEmptyStore } from '../helpers/workspace.ts'

const EARLY = '2026-11-20T09:00:00+08:00'
const LATE = '2026-11-21T09:00:00+08:00'

const inTransaction = async <T>(store: Store, work: (tx: Tx) => T): Promise<T> =>
  store.withTransaction(async (tx) => work(tx))
const stored = (store: Store, record: Cadre): Promise<Cadre> =>
  inTransaction(store, (tx) => put(tx, cadre, null, record, EARLY))

describe('putting a record', () => {
  test('that is new gives it version 1 and the moment, whatever the caller claims', async () => {
    const { store } = anEmptyStore()
    const claimed = aCadre({ version: 9, createdAt: 'never', updatedAt: 'never' })
    const record = await stored(store, claimed)
    expect(record).toEqual({ ...claimed, version: 1, createdAt: EARLY, updatedAt: EARLY })
    expect(await getRecord(store.db, cadre, claimed.id)).toEqual(record)
  })

  test('that was read replaces exactly that version', async () => {
    const { store } = anEmptyStore()
    const first = await stored(store, aCadre())
    const second = await inTransaction(store, (tx) => put(tx, cadre, first, { ...first, postTitle: '改' }, LATE))
    expect(second).toEqual({ ...first, postTitle: '改', version: 2, updatedAt: LATE })
    expect(await getRecord(store.db, cadre, first.id)).toEqual(second)
    const stale = inTransaction(store, (tx) => put(tx, cadre, first, { ...first, postTitle: '又改' }, LATE))
    await expect(stale).rejects.toMatchObject({ code: 'stale' })
    expect(await getRecord(store.db, cadre, first.id)).toEqual(second)
  })

  test('unchanged writes nothing and notes nothing', async () => {
    const { store } = anEmptyStore()
    const first = await stored(store, aCadre({ family: [aFamilyMember({ name: '试' })], tags: ['甲'] }))
    await inTransaction(store, (tx) => {
      expect(put(tx, cadre, first, structuredClone(first), LATE)).toBe(first)
      expect(tx.changes).toEqual([])
    })
    expect(await getRecord(store.db, cadre, first.id)).toEqual(first)
  })

  test('under an id that is taken is refused', async () => {
    const { store } = anEmptyStore()
    const first = await stored(store, aCadre())
    await expect(stored(store, aCadre({ id: first.id }))).rejects.toMatchObject({
      code: 'SQLITE_CONSTRAINT_PRIMARYKEY',
    })
  })
})

describe('restating a field', () => {
  test('makes a change of a record that is the same as before', async () => {
    const { store } = anEmptyStore()
    const first = await stored(store, aCadre())
    const second = await inTransaction(store, (tx) => {
      const after = put(tx, cadre, first, first, LATE, ['postTitle'])
      expect(tx.changes.map(saidFields)).toEqual([['postTitle']])
      return after
    })
    expect(second).toEqual({ ...first, version: 2, updatedAt: LATE })
    expect(await getRecord(store.db, cadre, first.id)).toEqual(second)
  })

  test('after another put of the command is one change that says both', async () => {
    const { store } = anEmptyStore()
    const first = await stored(store, aCadre({ rank: '一级科员' }))
    await inTransaction(store, (tx) => {
      const changed = put(tx, cadre, first, { ...first, rank: '二级科员' }, LATE)
      put(tx, cadre, changed, changed, LATE, ['postTitle', 'rank'])
      expect(tx.changes.map(saidFields)).toEqual([['rank', 'postTitle']])
      expect(tx.changes).toMatchObject([{ before: { version: 1 }, after: { version: 2 } }])
    })
  })

  test('is not forgotten when a later put of the command takes everything back', async () => {
    const { store } = anEmptyStore()
    const first = await stored(store, aCadre({ rank: '一级科员' }))
    await inTransaction(store, (tx) => {
      const changed = put(tx, cadre, first, { ...first, rank: '二级科员' }, LATE, ['rank'])
      expect(put(tx, cadre, changed, first, LATE)).toMatchObject({ rank: '一级科员', version: 2 })
      expect(tx.changes.map(saidFields)).toEqual([['rank']])
    })
  })
})

describe('two puts of one record in one transaction are one change', () => {
  test('of a new record: still version 1, still a create', async () => {
    const { store } = anEmptyStore()
    const made = aCadre()
    await inTransaction(store, (tx) => {
      const first = put(tx, cadre, null, made, EARLY)
      const second = put(tx, cadre, first, { ...first, postTitle: '改' }, EARLY)
      expect(second.version).toBe(1)
      expect(tx.changes).toMatchObject([{ before: null, after: { postTitle: '改', version: 1 } }])
    })
    expect(await getRecord(store.db, cadre, made.id)).toMatchObject({ postTitle: '改', version: 1 })
  })

  test('of an old one: one version more, from what the transaction found', async () => {
    const { store } = anEmptyStore()
    const first = await stored(store, aCadre({ postTitle: '甲' }))
    await inTransaction(store, (tx) => {
      const second = put(tx, cadre, first, { ...first, postTitle: '乙' }, LATE)
      const third = put(tx, cadre, second, { ...second, rank: '丙' }, LATE)
      expect(third.version).toBe(2)
      expect(tx.changes).toMatchObject([
        { before: { postTitle: '甲', version: 1 }, after: { postTitle: '乙', rank: '丙', version: 2 } },
      ])
    })
    expect(await getRecord(store.db, cadre, first.id)).toMatchObject({ version: 2, postTitle: '乙', rank: '丙' })
  })

  test('that cancel each other out are none: the record is as it was, its version too', async () => {
    const { store } = anEmptyStore()
    const first = await stored(store, aCadre({ postTitle: '甲' }))
    await inTransaction(store, (tx) => {
      const second = put(tx, cadre, first, { ...first, postTitle: '乙' }, LATE)
      put(tx, cadre, second, { ...second, postTitle: '甲' }, LATE)
      expect(tx.changes).toEqual([])
    })
    expect(await getRecord(store.db, cadre, first.id)).toEqual(first)
  })

  test('a copy read before the first of them is stale for the second', async () => {
    const { store } = anEmptyStore()
    const first = await stored(store, aCadre())
    const twice = inTransaction(store, (tx) => {
      put(tx, cadre, first, { ...first, postTitle: '乙' }, LATE)
      put(tx, cadre, first, { ...first, rank: '丙' }, LATE)
    })
    await expect(twice).rejects.toMatchObject({ code: 'stale' })
  })
})

test('what cannot be stored as text is put right before it is written anywhere: half characters and NUL', async () => {
  const { store } = anEmptyStore()
  const broken = aCadre({
    name: `试\ud842`,
    note: 'a\u0000b',
    imported: { 'x\udfb7': '\u0000' },
    tags: ['\ud842'],
  })
  const record = await stored(store, broken)
  expect(record).toMatchObject({ name: '试\ufffd', note: 'ab', imported: { 'x\ufffd': '' }, tags: ['\ufffd'] })
  expect(await getRecord(store.db, cadre, broken.id)).toEqual(record)
})

test('any record comes back from the database as it was put', async () => {
  const { store } = anEmptyStore()
  const line = fc.option(fc.string({ unit: 'binary', maxLength: 20 }), { nil: null })
  const someCadre = fc
    .record({
      name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 18 }),
      postTitle: line,
      note: line,
      sortOrder: fc.option(fc.nat(), { nil: null }),
      tags: fc.option(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 3 }), { nil: null }),
      imported: fc.option(
        fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'grapheme' })),
        { nil: null },
      ),
      voided: fc.boolean(),
    })
    .map((over): Draft<typeof cadre> => aCadre(over as Partial<Cadre>))
  await fc.assert(
    fc.asyncProperty(someCadre, async (draft) => {
      const record = await inTransaction(store, (tx) => put(tx, cadre, null, draft, EARLY))
      expect(await findRecord(store.db, cadre, draft.id)).toEqual(record)
    }),
    { numRuns: 150 },
  )
})

describe('what counts as a change', () => {
  test('is each field that differs, lists and objects by content, and the voiding', () => {
    const before = aCadre({ tags: ['甲'], family: [aFamilyMember({ name: '乙' })] })
    const after = {
      ...structuredClone(before),
      tags: ['甲', '丙'],
      postTitle: '改',
      voided: true,
      updatedAt: LATE,
      version: 9,
    }
    expect(changedFields(cadre, before, after).sort()).toEqual(['postTitle', 'tags', 'voided'])
    expect(changedFields(cadre, before, structuredClone(before))).toEqual([])
  })

  test('of a new record is every field that is not empty', () => {
    const made = aCadre({ postTitle: null })
    const changed = changedFields(cadre, null, made)
    expect(changed).toContain('name')
    expect(changed).not.toContain('postTitle')
    expect(changed).not.toContain('voided')
  })

  test.each([
    ['', null, false],
    [0, null, false],
    [['a'], ['a'], true],
    [[], null, false],
    [{ a: 1 }, { a: 1 }, true],
    [null, undefined, false],
  ])('%j and %j: same is %s', (a, b, same) => {
    expect(sameValue(a, b)).toBe(same)
  })
})

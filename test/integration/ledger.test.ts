import { describe, expect, test } from 'vitest'
import { put } from '../../db/put.ts'
import { chainHash, GENESIS, hashBytes } from '../../core/ledger/chain.ts'
import { cadre } from '../../shared/domain/cadre.ts'
import { unit } from '../../shared/domain/unit.ts'
import { talk } from '../../shared/domain/talk.ts'
import { OpLine } from '../../shared/sync/protocol.ts'
import { Fault } from '../../shared/errors.ts'
import { aCadre } from '../builders/cadre.ts'
import { valuesOf } from '../builders/record.ts'
import { aTalk } from '../builders/talk.ts'
import { aUnit } from '../builders/unit.ts'
import { startDesk } from '../helpers/desk.ts'
import { refused } from '../helpers/faults.ts'
import { answerFromCity, rowsIn, startWorkspace } from '../helpers/workspace.ts'

interface OpRow {
  seq: number
  register: string
  record_id: string
  kind: string
  txn: string
  bytes: string
  bytes_hash: string
  hash: string
  state: string
}
const opsOf = (dir: string): Promise<OpRow[]> => rowsIn<OpRow>(dir, 'select * from op order by seq')
const lineOf = (op: OpRow): OpLine => OpLine.parse(JSON.parse(op.bytes))

describe('one command', () => {
  test('writes record, history and op, or none of them, wherever it fails', async () => {
    const { dir, command } = await startWorkspace()
    const count = async () => {
      const sum = 'select (select count(*) from cadre) as records, (select count(changes) from op) as histories'
      return rowsIn(
        dir,
        `${sum}, (select count(*) from op) as ops, (select max(seq) from op) as head, (select count(*) from cadre_name) as names`,
      )
    }
    const before = await count()
    const made = (): ReturnType<typeof aCadre> => aCadre()
    const failures: (() => Promise<unknown>)[] = [
      () =>
        command(async (ctx) => {
          put(ctx.tx, cadre, null, made(), ctx.at)
          throw new Fault('invalid-input', {})
        }),
      () =>
        command(async (ctx) => {
          put(ctx.tx, cadre, null, made(), ctx.at)
          throw new Error('a bug')
        }),
      () =>
        command(
          async (ctx) => put(ctx.tx, cadre, null, made(), ctx.at),
          () => {
            throw new Error('the answer was not what the contract promises')
          },
        ),
      () =>
        command(async (ctx) => {
          put(ctx.tx, cadre, null, made(), ctx.at)
          put(ctx.tx, cadre, null, made(), ctx.at)
          put(ctx.tx, cadre, null, { ...made(), unitId: '00000000-0000-4000-8000-000000000000' }, ctx.at)
        }),
      () =>
        command(async (ctx) => {
          const record = put(ctx.tx, cadre, null, made(), ctx.at)
          put(ctx.tx, cadre, { ...record, version: 7 }, { ...record, postTitle: '改' }, ctx.at)
        }),
    ]
    const why = ['invalid-input', 'a bug', 'the answer was not what the contract promises', 'in-use', 'stale']
    for (const [at, failure] of failures.entries()) {
      await expect(failure()).rejects.toThrow(why[at]!)
      expect(await count()).toEqual(before)
    }
    await command(async (ctx) => put(ctx.tx, cadre, null, made(), ctx.at))
    expect((await opsOf(dir)).map((op) => op.seq)).toEqual([1, 2, 3])
  })

  test('writes its ops parents first under one txn, whatever order the work took', async () => {
    const { dir, command, workspace } = await startWorkspace()
    const office = aUnit({
      parentId: (await workspace.store.db.selectFrom('unit').select('id').executeTakeFirstOrThrow()).id,
    })
    const person = aCadre({ unitId: office.id })
    const held = aTalk({ cadreId: person.id })
    await command(async (ctx) => {
      put(ctx.tx, talk, null, held, ctx.at)
      put(ctx.tx, cadre, null, person, ctx.at)
      put(ctx.tx, unit, null, office, ctx.at)
    })
    const own = (await opsOf(dir)).slice(2)
    expect(own.map((op) => [op.seq, op.register, op.kind])).toEqual([
      [3, 'unit', 'create'],
      [4, 'cadre', 'create'],
      [5, 'talk', 'create'],
    ])
    expect(new Set(own.map((op) => op.txn)).size).toBe(1)
  })

  test('that changes nothing leaves no op', async () => {
    const { dir, call } = await startDesk()
    const { id } = await call('cadre.save', { set: { name: '试一', postTitle: '甲' } })
    const again = await call('cadre.save', { id, version: 1, set: { postTitle: '甲' } })
    expect(again.version).toBe(1)
    expect(await opsOf(dir)).toHaveLength(3)
  })

  test('side by side with others keeps seq without a gap and the chain whole', async () => {
    const { dir, call } = await startDesk()
    const calls = Array.from({ length: 30 }, (_, n) =>
      n % 3 === 2
        ? call('cadre.save', { set: { name: '试', unitId: '00000000-0000-4000-8000-000000000000' } }).catch(() => null)
        : call('cadre.save', { set: valuesOf(cadre, aCadre()) }),
    )
    await Promise.all(calls)
    expect((await opsOf(dir)).map((op) => op.seq)).toEqual(Array.from({ length: 22 }, (_, n) => n + 1))
    expect(await call('desk.verify', {})).toMatchObject({ ok: true })
  })
})

describe('an op', () => {
  test('is the exact bytes that were hashed and chained, and a line of the protocol', async () => {
    const { dir, call, officerId } = await startDesk({ now: () => new Date('2026-11-20T01:14:03Z') })
    const { id } = await call('cadre.save', {
      set: { name: '欧阳璀璨', birthMonth: '1985-07', phone: '13900000014' },
      why: '调入',
    })
    let previous = GENESIS
    for (const op of await opsOf(dir)) {
      expect(hashBytes(op.bytes)).toBe(op.bytes_hash)
      expect(chainHash(previous, op.bytes_hash)).toBe(op.hash)
      expect(JSON.stringify(JSON.parse(op.bytes))).toBe(op.bytes)
      previous = op.hash
    }
    const line = lineOf((await opsOf(dir)).at(-1)!)
    expect(line).toMatchObject({
      v: 1,
      scope: '371002101',
      seq: 3,
      ent: 'cadre',
      id,
      k: 'create',
      base: 0,
      after: null,
      set: { name: '欧阳璀璨', birthMonth: '1985-07', rollGroup: 'in-post' },
      was: {},
      by: officerId,
      at: '2026-11-20T09:14:03+08:00',
      sch: 1,
      why: '调入',
      blobs: [],
    })
    expect(Object.keys(line.sealed)).toEqual(['phone'])
  })

  test('of a patch says what was and what is, for the changed fields alone', async () => {
    const { dir, call } = await startDesk()
    const { id } = await call('cadre.save', { set: { name: '试一', postTitle: '甲', rank: '丙' } })
    await call('cadre.save', { id, version: 1, set: { postTitle: '乙', rank: null, address: '住址' } })
    const line = lineOf((await opsOf(dir)).at(-1)!)
    expect(line).toMatchObject({
      k: 'patch',
      set: { postTitle: '乙', rank: null },
      was: { postTitle: '甲', rank: '丙' },
    })
    expect(Object.keys(line.sealed)).toEqual(['address'])
  })

  test('of a void carries the reason and no field', async () => {
    const { dir, call } = await startDesk()
    const { id } = await call('cadre.save', { set: { name: '试一' } })
    await call('cadre.void', { id, version: 1, reason: '重复建档' })
    expect(lineOf((await opsOf(dir)).at(-1)!)).toMatchObject({
      k: 'void',
      why: '重复建档',
      set: {},
      was: {},
      sealed: {},
    })
  })

  test('points to the latest unanswered op of its record, and to the last revision the city told of', async () => {
    const { dir, call } = await startDesk()
    const { id } = await call('cadre.save', { set: { name: '试一' } })
    const other = await call('cadre.save', { set: { name: '试二' } })
    await call('cadre.save', { id, version: 1, set: { postTitle: '甲' } })
    const places = async () => (await opsOf(dir)).slice(2).map((op) => [op.seq, lineOf(op).base, lineOf(op).after])
    expect(await places()).toEqual([
      [3, 0, null],
      [4, 0, null],
      [5, 0, 3],
    ])
    await answerFromCity(dir, [
      { seq: 3, verdict: 'applied', rev: 1, revHash: 'x' },
      { seq: 5, verdict: 'held' },
    ])
    await call('cadre.save', { id, version: 2, set: { postTitle: '乙' } })
    await answerFromCity(dir, [
      { seq: 5, verdict: 'applied', rev: 2 },
      { seq: 6, verdict: 'merged', rev: 4 },
    ])
    await call('cadre.save', { id, version: 3, set: { postTitle: '丙' } })
    await call('cadre.save', { id: other.id, version: 1, set: { postTitle: '丁' } })
    expect((await places()).slice(3)).toEqual([
      [6, 1, 5],
      [7, 4, null],
      [8, 0, 4],
    ])
  })
})

describe('an answer of the city', () => {
  test('never lowers the revision a record has reached', async () => {
    const { dir, call } = await startDesk()
    const { id } = await call('cadre.save', { set: { name: '试一' } })
    await call('cadre.save', { id, version: 1, set: { postTitle: '甲' } })
    await answerFromCity(dir, [{ seq: 4, verdict: 'applied', rev: 7 }])
    await answerFromCity(dir, [{ seq: 3, verdict: 'applied', rev: 6 }])
    expect(await rowsIn(dir, `select rev from city_revision where register = 'cadre'`)).toEqual([{ rev: 7 }])
  })

  test('about other bytes is not believed', async () => {
    const { dir, call } = await startDesk()
    await call('cadre.save', { set: { name: '试一' } })
    await expect(answerFromCity(dir, [{ seq: 3, verdict: 'applied', rev: 1, h: hashBytes('other') }])).rejects.toThrow(
      'not the one answered',
    )
    expect((await opsOf(dir)).at(-1)?.state).toBe('unsent')
  })

  test('every op is unsent, answered or in need of attention, and the figures add up', async () => {
    const { dir, call } = await startDesk()
    for (let n = 0; n < 6; n += 1) await call('cadre.save', { set: { name: `试${n}` } })
    await answerFromCity(dir, [
      { seq: 1, verdict: 'applied', rev: 1 },
      { seq: 2, verdict: 'duplicate', rev: 1 },
      { seq: 3, verdict: 'held' },
      { seq: 4, verdict: 'rejected' },
      { seq: 5, verdict: 'conflict', rev: 2 },
      { seq: 6, verdict: 'merged', rev: 2 },
    ])
    expect(await call('sync.status', {})).toMatchObject({ pending: 3, attention: 2, answered: 3 })
    for (const state of ['pending', 'attention', 'answered'] as const) {
      const list = await call('sync.list', { state })
      expect(list.rows).toHaveLength(list.total)
    }
  })
})

test('a version that is not the one on the desk is stale, says which one is, and queues nothing', async () => {
  const { dir, call } = await startDesk()
  const { id } = await call('cadre.save', { set: { name: '试一' } })
  await call('cadre.save', { id, version: 1, set: { postTitle: '甲' } })
  for (const version of [undefined, 0, 1, 3]) {
    await refused(call('cadre.save', { id, version, set: { postTitle: '乙' } }), 'stale', {
      register: 'cadre',
      version: 2,
    })
  }
  await refused(call('cadre.void', { id, version: 1, reason: '错' }), 'stale')
  expect(await opsOf(dir)).toHaveLength(4)
})

test('a create under a chosen id, sent twice, makes one record', async () => {
  const { dir, call } = await startDesk()
  const id = '0199b7aa-0000-7000-8000-000000000001'
  await call('cadre.save', { id, set: { name: '试一' } })
  await refused(call('cadre.save', { id, set: { name: '试一' } }), 'stale')
  await refused(
    call('cadre.save', { id: '0199b7aa-0000-7000-8000-000000000002', version: 3, set: { name: '试二' } }),
    'not-found',
  )
  expect(await opsOf(dir)).toHaveLength(3)
})

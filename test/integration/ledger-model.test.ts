import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Cadre } from '../../shared/domain/cadre.ts'
import { openTestDesk, PASSPHRASE, startDesk, type Call } from '../helpers/desk.ts'
import { answerFromCity, rowsIn } from '../helpers/workspace.ts'

/** What the desk ought to hold: written apart from the product, as plainly as it can be said. */
interface ModelRecord {
  readonly id: string
  version: number
  voided: boolean
  values: Partial<Cadre>
  /** Transactions that changed it, with what was before each. */
  readonly past: { txn: string; before: { voided: boolean; values: Partial<Cadre> } | null }[]
}
type Step =
  | { do: 'create'; values: Partial<Cadre> }
  | { do: 'patch'; at: number; values: Partial<Cadre>; stale: boolean }
  | { do: 'void'; at: number }
  | { do: 'undo'; at: number; back: number }
  | { do: 'answer'; how: 'applied' | 'held' | 'rejected' }
  | { do: 'reopen' }

const word = fc.string({ unit: 'grapheme', maxLength: 6 })
const values = fc
  .record(
    {
      postTitle: fc.option(word, { nil: null }),
      note: fc.option(word, { nil: null }),
      phone: fc.option(fc.constantFrom('13900000014', '0631-0990014'), { nil: null }),
      sortOrder: fc.option(fc.nat(9), { nil: null }),
      tags: fc.option(fc.array(word, { maxLength: 2 }), { nil: null }),
      leftOn: fc.option(fc.constantFrom('2025-05-01', '2026-05-01'), { nil: null }),
      imported: fc.option(fc.dictionary(fc.constantFrom('列一', '2', '列三'), word), { nil: null }),
    },
    { requiredKeys: [] },
  )
  .map((some) => some as Partial<Cadre>)
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('create' as const), values }) },
    {
      weight: 6,
      arbitrary: fc.record({ do: fc.constant('patch' as const), at: fc.nat(), values, stale: fc.boolean() }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('void' as const), at: fc.nat() }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('undo' as const), at: fc.nat(), back: fc.nat(3) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('answer' as const),
        how: fc.constantFrom('applied', 'held', 'rejected' as const),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const) }) },
  ),
  { minLength: 5, maxLength: 25 },
)

interface Run {
  readonly dir: string
  readonly officerId: string
  call: Call
  close: () => Promise<void>
  readonly records: ModelRecord[]
}

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: unknown) => String((error as { code?: unknown }).code),
  )

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
const changes = (record: ModelRecord, set: Partial<Cadre>): boolean =>
  Object.entries(set).some(([name, value]) => !same(value, record.values[name as keyof Cadre]))

async function lastTxn(run: Run): Promise<string> {
  return (await rowsIn<{ txn: string }>(run.dir, 'select txn from op order by seq desc limit 1'))[0]!.txn
}

async function take(run: Run, step: Step): Promise<void> {
  const { records } = run
  const record = 'at' in step ? records[step.at % Math.max(1, records.length)] : undefined
  if (step.do === 'create') {
    const { id } = await run.call('cadre.save', { set: { name: '试', ...step.values } })
    records.push({
      id,
      version: 1,
      voided: false,
      values: { ...step.values },
      past: [{ txn: await lastTxn(run), before: null }],
    })
  } else if (step.do === 'reopen') {
    await run.close()
    await reopen(run)
  } else if (step.do === 'answer') {
    await answer(run, step.how)
  } else if (record && step.do === 'patch') {
    const version = step.stale ? record.version + 1 : record.version
    const expected = record.voided ? 'voided' : step.stale ? 'stale' : 'done'
    expect(await codeOf(run.call('cadre.save', { id: record.id, version, set: step.values }))).toBe(expected)
    if (expected === 'done' && changes(record, step.values))
      await changed(run, record, { ...record.values, ...step.values }, false)
  } else if (record && step.do === 'void') {
    const expected = record.voided ? 'voided' : 'done'
    expect(await codeOf(run.call('cadre.void', { id: record.id, version: record.version, reason: '试' }))).toBe(
      expected,
    )
    if (expected === 'done') await changed(run, record, record.values, true)
  } else if (record && step.do === 'undo') {
    await undo(run, record, step.back)
  }
}

async function changed(run: Run, record: ModelRecord, now: Partial<Cadre>, voided: boolean): Promise<void> {
  record.past.push({ txn: await lastTxn(run), before: { voided: record.voided, values: record.values } })
  record.values = now
  record.voided = voided
  record.version += 1
}

async function undo(run: Run, record: ModelRecord, back: number): Promise<void> {
  const entry = record.past[record.past.length - 1 - back]
  if (!entry) return
  const result = await run.call('change.undo', { txn: entry.txn })
  expect([result.undone, result.kept.length]).toEqual(back === 0 ? [1, 0] : [0, 1])
  if (back > 0) return
  const { before } = entry
  await changed(run, record, before?.values ?? record.values, before?.voided ?? true)
}

/** The city answers the oldest op that waits. */
async function answer(run: Run, how: 'applied' | 'held' | 'rejected'): Promise<void> {
  const waiting = `select seq from op where state in ('unsent', 'held') order by seq limit 1`
  const [op] = await rowsIn<{ seq: number }>(run.dir, waiting)
  if (op) await answerFromCity(run.dir, [{ seq: op.seq, verdict: how, ...(how === 'applied' ? { rev: op.seq } : {}) }])
}

async function reopen(run: Run): Promise<void> {
  const { desk, call } = await openTestDesk(run.dir)
  await call('desk.unlock', { officerId: run.officerId, passphrase: PASSPHRASE })
  run.call = call
  run.close = () => desk.close()
}

/** Everything that must be true whatever was done (SYNC §5.5 I1, I2, I3, I6). */
async function check(run: Run): Promise<void> {
  const proof = await run.call('desk.verify', {})
  expect(proof.checks.filter((each) => !each.ok)).toEqual([])
  for (const record of run.records) {
    const got = (await run.call('cadre.get', { id: record.id })).record
    expect([got.version, got.voided, got.voidReason === null]).toEqual([record.version, record.voided, !record.voided])
    const { phone = null, imported = null, ...shown } = record.values
    for (const [name, value] of Object.entries(shown))
      expect([name, got[name as keyof typeof got]]).toEqual([name, value])
    const { values } = await run.call('cadre.reveal', { id: record.id, fields: ['phone', 'imported'] })
    expect(values).toEqual({ phone, imported })
    const history = await run.call('change.list', { register: 'cadre', recordId: record.id })
    expect(history.total).toBe(record.version)
  }
  const status = await run.call('sync.status', {})
  const [ops] = await rowsIn<{ n: number; head: number }>(run.dir, 'select count(*) as n, max(seq) as head from op')
  expect(ops!.n).toBe(ops!.head)
  expect(status.pending + status.attention + status.answered).toBe(ops!.n)
  const listed = run.records.filter((record) => !record.voided).length
  expect((await run.call('cadre.list', { presence: 'all', limit: 500 })).total).toBe(listed)
}

test(
  'after any saves, voids, undos, answers and restarts, records, history and ledger tell one story',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (some) => {
        const { dir, desk, call, officerId } = await startDesk()
        const run: Run = { dir, officerId, call, close: () => desk.close(), records: [] }
        for (const step of some) await take(run, step)
        await check(run)
        await run.close()
        await reopen(run)
        await check(run)
        await run.close()
      }),
      { numRuns: 30 },
    )
  },
)

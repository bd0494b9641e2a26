import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Fault } from '../../shared/errors.ts'
import { startCity, type TestCity } from '../helpers/city.ts'
import { openTestDesk, PASSPHRASE, startDesk, UNIT_CODE, type Call, type TestDesk } from '../helpers/desk.ts'
import { rowsIn } from '../helpers/workspace.ts'

async function enrolled(
  options: Parameters<typeof startDesk>[0] = {},
): Promise<{ city: TestCity; desk: TestDesk; call: Call }> {
  const city = await startCity()
  const desk = await startDesk(options)
  await desk.call('sync.enrol', { city: city.url, code: await city.enrolCode(UNIT_CODE) })
  return { city, desk, call: desk.call }
}

const IDENTITY = '371002198507120014'
const aTalk = (cadreId: string) => ({
  cadreId,
  heldOn: '2026-11-18',
  talker: { name: '李书记' },
  summary: '谈到孩子上学的困难',
  needs: '希望协调通勤',
})

describe('reporting', () => {
  test('every change is answered and stored as received, and only then counts as answered', async () => {
    const { city, call } = await enrolled()
    const { id } = await call('cadre.save', { set: { name: '单雄信', identityNumber: IDENTITY } })
    await call('talk.save', { set: aTalk(id) })
    expect(await call('sync.status', {})).toMatchObject({ pending: 4, answered: 0, lastReceiptAt: null })
    expect(await call('sync.run', {})).toMatchObject({
      pending: 0,
      attention: 0,
      answered: 4,
      failure: null,
      lastReceipt: 1,
    })
    const records = await city.db.selectFrom('record').select(['ent', 'rev']).orderBy('ent').execute()
    expect(records.map((r) => r.ent)).toEqual(['cadre', 'officer', 'talk', 'unit'])
    expect(await call('cadre.get', { id })).toMatchObject({ report: { pending: 0, answered: 1 } })
  })

  test('receipts that told nothing do not pile up', async () => {
    const { desk, call } = await enrolled()
    for (let round = 0; round < 4; round += 1) await call('sync.run', {})
    expect(await rowsIn(desk.dir, 'select n from receipt order by n')).toEqual([{ n: 1 }, { n: 4 }])
    expect(await call('sync.status', {})).toMatchObject({ lastReceipt: 4, failure: null })
  })

  test('nothing said in a talk is readable in the city database', async () => {
    const { city, call } = await enrolled()
    const { id } = await call('cadre.save', { set: { name: '单雄信', phone: '13800001111', note: '家庭情况保密' } })
    await call('talk.save', { set: { ...aTalk(id), reason: 'hardship', stateOfMind: '情绪低落' } })
    const { id: voided } = await call('talk.save', { set: aTalk(id) })
    await call('talk.void', { id: voided, version: 1, reason: '把离婚一事写错了人' })
    await call('sync.run', {})
    const dump = await everythingIn(city)
    expect(dump).toContain('单雄信')
    for (const secret of ['孩子上学', '协调通勤', '情绪低落', 'hardship', '13800001111', '家庭情况保密', '离婚一事'])
      expect(dump).not.toContain(secret)
  })

  test('a change made while the city is away waits, and goes when it is back, without another save', async () => {
    const { city, desk, call } = await enrolled()
    await call('sync.run', {})
    await city.close()
    await call('cadre.save', { set: { name: '王伟' } })
    await expect(call('sync.run', {})).rejects.toMatchObject({ code: 'city-unreachable' } satisfies Partial<Fault>)
    expect(await call('sync.status', {})).toMatchObject({
      pending: 1,
      activity: 'waiting',
      failure: { code: 'city-unreachable' },
    })
    const again = await city.restart({ port: Number(new URL(city.url).port) })
    expect(again.url).toBe(city.url)
    await drained(call)
    expect(desk.bugs).toEqual([])
  })
})

describe('a rejected change', () => {
  async function rejected() {
    const { city, desk, call } = await enrolled()
    await call('cadre.save', { set: { name: '王伟', identityNumber: IDENTITY } })
    const twin = await call('cadre.save', { set: { name: '王维', identityNumber: IDENTITY } })
    await call('talk.save', { set: aTalk(twin.id) })
    await call('sync.run', {})
    return { city, desk, call, twin }
  }

  test('says which field and why, delays only what hangs on it, and loses nothing', async () => {
    const { call, twin } = await rejected()
    expect(twin.findings).toMatchObject([{ rule: 'R-4', outcome: 'identity-taken' }])
    expect(await call('sync.status', {})).toMatchObject({ pending: 1, attention: 1 })
    const { rows } = await call('sync.list', { state: 'attention' })
    expect(rows).toMatchObject([
      { recordId: twin.id, label: '王维', state: 'rejected', problem: { code: 'not-unique', field: 'identityNumber' } },
    ])
    expect(await call('cadre.reveal', { id: twin.id, fields: ['identityNumber'] })).toEqual({
      values: { identityNumber: IDENTITY },
    })
  })

  test('is repaired by saving the record again, and what was held behind it follows', async () => {
    const { call, twin } = await rejected()
    await call('cadre.save', { id: twin.id, version: 1, set: { identityNumber: '371003198001010009' } })
    expect(await call('sync.status', {})).toMatchObject({ attention: 0, pending: 2 })
    expect(await call('sync.run', {})).toMatchObject({ pending: 0, attention: 0 })
    expect(await call('desk.verify', {})).toMatchObject({ ok: true })
  })

  test('that was edited before anybody saw the rejection is repaired whole', async () => {
    const { city, call, twin } = await rejected()
    const edited = await call('cadre.save', {
      id: twin.id,
      version: 1,
      set: { postTitle: '副镇长', identityNumber: IDENTITY },
    })
    await call('sync.run', {})
    await call('cadre.save', { id: twin.id, version: edited.version, set: { identityNumber: '371003198001010009' } })
    expect(await call('sync.run', {})).toMatchObject({ pending: 0, attention: 0 })
    const stored = await city.db.selectFrom('record').select('data').where('id', '=', twin.id).executeTakeFirstOrThrow()
    expect(stored.data).toMatchObject({ postTitle: '副镇长', identityNumber: '371003198001010009' })
  })

  test('can be taken back by voiding the record, and the record brought back later', async () => {
    const { city, desk, call } = await enrolled()
    await call('cadre.save', { set: { name: '王伟', identityNumber: IDENTITY } })
    const twin = await call('cadre.save', { set: { name: '王维', identityNumber: IDENTITY } })
    await call('sync.run', {})
    await call('cadre.void', { id: twin.id, version: 1, reason: '重复录入' })
    expect(await call('sync.run', {})).toMatchObject({ pending: 0, attention: 0 })
    expect(await city.db.selectFrom('record').select('id').where('id', '=', twin.id).execute()).toEqual([])
    const { rows } = await call('change.list', { register: 'cadre', recordId: twin.id })
    await call('change.undo', { txn: rows[0]!.txn })
    expect(await call('sync.run', {})).toMatchObject({ pending: 0, attention: 1 })
    await call('cadre.save', { id: twin.id, version: 3, set: { identityNumber: null } })
    expect(await call('sync.run', {})).toMatchObject({ pending: 0, attention: 0 })
    expect(await city.db.selectFrom('record').select('voided').where('id', '=', twin.id).execute()).toHaveLength(1)
    expect(desk.bugs).toEqual([])
  })
})

describe('enrolment', () => {
  test('a wrong code, a used code and a second PC of the township are refused in words', async () => {
    const { city } = await enrolled()
    const second = await startDesk()
    await expect(second.call('sync.enrol', { city: city.url, code: 'NOPE-NOPE' })).rejects.toMatchObject({
      code: 'enrol-code-wrong',
    })
    await expect(
      second.call('sync.enrol', { city: city.url, code: await city.enrolCode(UNIT_CODE) }),
    ).rejects.toMatchObject({ code: 'scope-in-use' })
  })

  test('an address that would send files unencrypted over a network is refused before anything is sent', async () => {
    const { call } = await startDesk()
    const city = 'http://city.example.test:8080'
    await expect(call('sync.enrol', { city, code: 'AAAA-BBBB' })).rejects.toMatchObject({ code: 'insecure-address' })
  })
})

describe('a restored backup', () => {
  test('continues to report under a new epoch, with nothing lost and nothing twice', async () => {
    const { city, desk, call } = await enrolled()
    const { id } = await call('cadre.save', { set: { name: '王伟' } })
    await call('sync.run', {})
    await call('cadre.save', { id, version: 1, set: { postTitle: '科员' } })
    const backup = await call('backup.make', {})
    expect(backup).toMatchObject({ unreported: 1 })
    await desk.desk.close()
    const restored = await openTestDesk(`${desk.dir}/elsewhere`)
    expect(await restored.call('desk.restore', { folder: backup.folder })).toMatchObject({ unreported: 1, kept: null })
    await restored.call('desk.unlock', { officerId: desk.officerId, passphrase: PASSPHRASE })
    await restored.call('cadre.save', { id, version: 2, set: { rank: '一级科员' } })
    expect(await restored.call('sync.run', {})).toMatchObject({ pending: 0, attention: 0 })
    const stored = await city.db
      .selectFrom('record')
      .select(['data', 'rev'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(stored).toMatchObject({ rev: 3, data: { postTitle: '科员', rank: '一级科员' } })
  })

  test('whose waiting changes the lost PC had sent after all takes their answers, and no others', async () => {
    const { city, desk, call } = await enrolled()
    const { id } = await call('cadre.save', { set: { name: '王伟' } })
    const backup = await call('backup.make', {})
    await call('cadre.save', { id, version: 1, set: { postTitle: '科员' } })
    await call('sync.run', {})
    await desk.desk.close()
    const restored = await openTestDesk(`${desk.dir}/elsewhere`)
    await restored.call('desk.restore', { folder: backup.folder })
    await restored.call('desk.unlock', { officerId: desk.officerId, passphrase: PASSPHRASE })
    await restored.call('cadre.save', { set: { name: '曾立新' } })
    expect(await restored.call('sync.run', {})).toMatchObject({ pending: 0, attention: 0, failure: null })
    expect(await city.db.selectFrom('record').select('id').where('ent', '=', 'cadre').execute()).toHaveLength(2)
    expect(restored.bugs).toEqual([])
  })

  test('that is older than what the city holds never overwrites it: both values wait for a person', async () => {
    const { city, desk, call } = await enrolled()
    const { id } = await call('cadre.save', { set: { name: '王伟', postTitle: '科员' } })
    await call('sync.run', {})
    const backup = await call('backup.make', {})
    await call('cadre.save', { id, version: 1, set: { postTitle: '副镇长' } })
    await call('sync.run', {})
    await desk.desk.close()
    const restored = await openTestDesk(`${desk.dir}/elsewhere`)
    await restored.call('desk.restore', { folder: backup.folder })
    await restored.call('desk.unlock', { officerId: desk.officerId, passphrase: PASSPHRASE })
    await restored.call('cadre.save', { id, version: 1, set: { postTitle: '党政办主任' } })
    expect(await restored.call('sync.run', {})).toMatchObject({ attention: 1, pending: 0 })
    const stored = await city.db.selectFrom('record').select('data').where('id', '=', id).executeTakeFirstOrThrow()
    expect(stored.data).toMatchObject({ postTitle: '副镇长' })
    const { rows } = await restored.call('sync.list', { state: 'attention' })
    expect(rows).toMatchObject([
      { state: 'conflict', problem: { code: 'conflict', field: 'postTitle', fields: ['postTitle'] } },
    ])
    // Another field leaves the conflict alone; saying the field again is the decision.
    await restored.call('cadre.save', { id, version: 2, set: { rank: '一级科员' } })
    expect(await restored.call('sync.run', {})).toMatchObject({ attention: 1, pending: 0 })
    await restored.call('cadre.save', { id, version: 3, set: { postTitle: '副镇长' } })
    expect(await restored.call('sync.run', {})).toMatchObject({ attention: 0, pending: 0 })
  })
})

async function everythingIn(city: TestCity): Promise<string> {
  const tables = await sql<{ t: string }>`select tablename as t from pg_tables where schemaname = 'public'`.execute(
    city.db,
  )
  const dumps = []
  for (const { t } of tables.rows) {
    const { rows } = await sql`select * from ${sql.table(t)}`.execute(city.db)
    dumps.push(JSON.stringify(rows, asText))
  }
  return dumps.join('\n')
}

/** Bytes as the text they hold: what a reader of the database would try. */
const asText = (_key: string, value: unknown): unknown => {
  const bytes = value as { type?: string; data?: number[] } | null
  return bytes?.type === 'Buffer' ? Buffer.from(bytes.data ?? []).toString('utf8') : value
}

/** Waits until the desk has reported by itself; fails when its own timers never get there. */
async function drained(call: Call): Promise<void> {
  for (;;) {
    const status = await call('sync.status', {})
    if (status.pending === 0) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

import { expect, test } from 'vitest'
import { startCity, type TestCity } from '../helpers/city.ts'
import { pushFrom, restored, startDevice, write, type OpParts, type TestDevice } from '../helpers/device.ts'

/**
 * Two desks cannot be active in one scope yet, so the second writer is the same PC after a restore: it has forgotten
 * what it sent since its backup and writes on an old base.
 */
interface Setting {
  readonly city: TestCity
  readonly device: TestDevice
  readonly id: string
}

const birth = {
  name: '王某',
  rollGroup: 'in-post',
  ethnicity: '汉族',
  fullTimeEducation: '大学',
  fullTimeDegree: '学士',
  tags: ['选调生'],
}
const sealed = (m: string) => ({ c: 'AAAA', m })

/** A cadre at revision 1, then `first` applied on it as revision 2. */
async function afterEdit(first: Omit<OpParts, 'ent'>): Promise<Setting> {
  const city = await startCity()
  const device = await startDevice(city)
  const { id, seq } = write(device, { ent: 'cadre', set: birth, sealed: { note: sealed('n0') } })
  write(device, { ent: 'cadre', k: 'patch', id, after: seq, ...first })
  const reply = await pushFrom(device, city, seq)
  expect(reply.verdicts.map(({ verdict, rev }) => [verdict, rev])).toEqual([
    ['applied', 1],
    ['applied', 2],
  ])
  return { city, device, id }
}

/** The restored PC writes on revision 1. */
async function lateEdit({ city, device, id }: Setting, second: Omit<OpParts, 'ent'>) {
  const late = restored(device)
  write(late, { ent: 'cadre', k: 'patch', id, base: 1, ...second })
  const verdict = (await pushFrom(late, city, 1)).verdict(1)
  const record = await city.db.selectFrom('record').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const proposals = await city.db.selectFrom('proposal').selectAll().where('state', '=', 'open').execute()
  return { verdict, record, proposals }
}

test('changes of different fields on the same base are merged', async () => {
  const setting = await afterEdit({ set: { name: '王二' }, was: { name: '王某' } })
  const { verdict, record } = await lateEdit(setting, { set: { ethnicity: '满族' }, was: { ethnicity: '汉族' } })
  expect(verdict).toMatchObject({ verdict: 'merged', rev: 3, merged: ['ethnicity'] })
  expect(record.data).toMatchObject({ name: '王二', ethnicity: '满族' })
})

test('different values of the same field are a conflict: the city keeps its value, the other becomes a proposal', async () => {
  const setting = await afterEdit({ set: { name: '王二' }, was: { name: '王某' } })
  const { verdict, record, proposals } = await lateEdit(setting, {
    set: { name: '王三', ethnicity: '满族' },
    was: { name: '王某', ethnicity: '汉族' },
  })
  expect(verdict).toMatchObject({
    verdict: 'conflict',
    rev: 3,
    merged: ['ethnicity'],
    fields: [{ f: 'name', proposal: proposals[0]?.proposal, city: { value: '王二' } }],
  })
  expect(record.data).toMatchObject({ name: '王二', ethnicity: '满族' })
  expect(proposals).toMatchObject([{ field: 'name', value: '王三', record_id: setting.id }])
})

test('equal values never conflict, and make no new revision', async () => {
  const setting = await afterEdit({ set: { name: '王二' }, was: { name: '王某' } })
  const { verdict, record } = await lateEdit(setting, { set: { name: '王二' }, was: { name: '王某' } })
  expect(verdict).toMatchObject({ verdict: 'applied', rev: 2 })
  expect(record.rev).toBe(2)
})

test('fields of one group count as one', async () => {
  const setting = await afterEdit({ set: { fullTimeEducation: '研究生' }, was: { fullTimeEducation: '大学' } })
  const { verdict, record } = await lateEdit(setting, {
    set: { fullTimeDegree: '硕士' },
    was: { fullTimeDegree: '学士' },
  })
  expect(verdict).toMatchObject({ verdict: 'conflict', fields: [{ f: 'fullTimeDegree' }] })
  expect(record.data).toMatchObject({ fullTimeEducation: '研究生', fullTimeDegree: '学士' })
})

test('sets take the additions and removals of both sides', async () => {
  const setting = await afterEdit({ set: { tags: ['选调生', '骨干'] }, was: { tags: ['选调生'] } })
  const { verdict, record } = await lateEdit(setting, { set: { tags: ['党外'] }, was: { tags: ['选调生'] } })
  expect(verdict).toMatchObject({ verdict: 'merged' })
  expect(record.data['tags']).toEqual(['骨干', '党外'])
})

test('a sealed value in conflict is not overwritten by the next change of it, which has not seen it either', async () => {
  const { city, device, id } = await afterEdit({ sealed: { note: sealed('n1'), address: sealed('a1') } })
  const late = restored(device)
  const patch = { ent: 'cadre', k: 'patch', id } as const
  const first = write(late, { ...patch, base: 1, sealed: { note: sealed('n2'), address: sealed('a2') } })
  const second = write(late, { ...patch, base: 1, after: first.seq, sealed: { note: sealed('n3') } })
  const reply = await pushFrom(late, city, 1)
  expect(reply.verdicts.map(({ verdict }) => verdict)).toEqual(['conflict', 'conflict'])
  const { rev } = reply.verdict(first.seq) as { rev: number }
  const third = write(late, { ...patch, base: rev, after: second.seq, sealed: { note: sealed('n4') } })
  expect((await pushFrom(late, city, third.seq)).verdict(third.seq)).toMatchObject({ verdict: 'conflict' })
  const held = async () =>
    (await city.db.selectFrom('record').selectAll().where('id', '=', id).executeTakeFirstOrThrow()).sealed
  expect(await held()).toMatchObject({ note: { m: 'n1' }, address: { m: 'a1' } })

  const decision = { note: sealed('n4'), address: sealed('a2') }
  const decided = write(late, { ...patch, k: 'supersede', base: rev, of: first.seq, sealed: decision })
  expect((await pushFrom(late, city, decided.seq)).verdict(decided.seq)).toMatchObject({ verdict: 'applied' })
  expect(await held()).toMatchObject({ note: { m: 'n4' }, address: { m: 'a2' } })
})

test('sealed fields are compared by their HMAC', async () => {
  const setting = await afterEdit({ sealed: { note: sealed('n1'), address: sealed('a1') } })
  const { verdict, record, proposals } = await lateEdit(setting, {
    sealed: { note: sealed('n2'), address: { c: 'BBBB', m: 'a1' } },
  })
  expect(verdict).toMatchObject({ verdict: 'conflict', fields: [{ f: 'note', city: { sealed: sealed('n1') } }] })
  expect(record.sealed).toMatchObject({ note: { m: 'n1' }, address: { m: 'a1' } })
  expect(proposals).toMatchObject([{ field: 'note', value: null, sealed: sealed('n2') }])
})

test('an edit of a record that was voided meanwhile is a conflict, and so is voiding one that was edited', async () => {
  const voided = await afterEdit({ k: 'void', why: '重复' })
  const edit = await lateEdit(voided, { set: { name: '王二' }, was: { name: '王某' } })
  expect(edit.verdict).toMatchObject({
    verdict: 'conflict',
    rev: 2,
    fields: [
      { f: 'voided', city: { value: true } },
      { f: 'name', city: { value: '王某' } },
    ],
  })
  expect(edit.record).toMatchObject({ voided: true, data: birth })

  const edited = await afterEdit({ set: { name: '王二' }, was: { name: '王某' } })
  const voiding = await lateEdit(edited, { k: 'void', why: '重复' })
  const alive = { f: 'voided', city: { value: false } }
  expect(voiding.verdict).toMatchObject({ verdict: 'conflict', rev: 2, fields: [alive] })
  expect(voiding.record.voided).toBe(false)
  expect(voiding.proposals).toMatchObject([{ field: 'voided', value: { voided: true, why: '重复' } }])
})

test('voiding what is void already is no conflict', async () => {
  const setting = await afterEdit({ k: 'void', why: '重复' })
  expect((await lateEdit(setting, { k: 'void', why: '也重复' })).verdict).toMatchObject({ verdict: 'applied', rev: 2 })
})

test('a create of a record the city has already is merged into it, field by field', async () => {
  const setting = await afterEdit({ set: { ethnicity: null }, was: { ethnicity: '汉族' } })
  const { verdict, record } = await lateEdit(setting, {
    k: 'create',
    base: 0,
    set: { ...birth, name: '王三', specialty: '经济' },
  })
  expect(verdict).toMatchObject({ verdict: 'conflict', fields: [{ f: 'name' }] })
  expect(record.data).toMatchObject({ name: '王某', specialty: '经济', ethnicity: '汉族' })
})

test('a current base does not help a writer who never saw the value it overwrites', async () => {
  const setting = await afterEdit({ set: { name: '王二' }, was: { name: '王某' } })
  const { verdict, record } = await lateEdit(setting, { base: 2, set: { name: '王三' }, was: { name: '王某' } })
  expect(verdict).toMatchObject({ verdict: 'conflict', fields: [{ f: 'name' }] })
  expect(record.data['name']).toBe('王二')
})

test('sent again, a conflict is answered with the same values, although the record has gone on', async () => {
  const setting = await afterEdit({ set: { name: '王二' }, was: { name: '王某' } })
  const { city, id } = setting
  const late = restored(setting.device)
  write(late, { ent: 'cadre', k: 'patch', id, base: 1, set: { name: '王三' }, was: { name: '王某' } })
  const first = (await pushFrom(late, city, 1)).verdict(1)
  write(late, { ent: 'cadre', k: 'supersede', of: 1, id, base: 2, set: { name: '王四' }, was: { name: '王三' } })
  const again = (await pushFrom(late, city, 1)).verdict(1)
  expect(again).toEqual({ ...first, supersededBy: 2 })
})

test('a repair that says every field of an earlier conflict decides it too, one that says some of them does not', async () => {
  const setting = await afterEdit({
    set: { name: '王二', ethnicity: '满族' },
    was: { name: '王某', ethnicity: '汉族' },
  })
  const { city, id } = setting
  const late = restored(setting.device)
  const was = { name: '王某', ethnicity: '汉族' }
  const patch = (set: Record<string, unknown>) => write(late, { ent: 'cadre', k: 'patch', id, base: 1, set, was })
  patch({ name: '王三', ethnicity: '回族' })
  patch({ name: '王四' })
  patch({ birthMonth: 'once' })
  await pushFrom(late, city, 1)
  write(late, { ent: 'cadre', k: 'supersede', of: 3, id, base: 2, set: { name: '王五', birthMonth: '1990-01' } })
  const some = await pushFrom(late, city, 4)
  expect(some.verdicts.map(({ seq, supersededBy }) => [seq, supersededBy])).toEqual([
    [4, undefined],
    [2, 4],
    [3, 4],
  ])
})

test('a repair may say that the record is alive', async () => {
  const setting = await afterEdit({ k: 'void', why: '重复' })
  const { city, id } = setting
  const late = restored(setting.device)
  write(late, { ent: 'cadre', k: 'patch', id, base: 1, set: { name: '王三' }, was: { name: '王某' } })
  await pushFrom(late, city, 1)
  const alive = { ent: 'cadre', k: 'supersede', of: 1, id, base: 2, void: false, set: { name: '王三' } }
  write(late, alive)
  expect((await pushFrom(late, city, 2)).verdict(2)).toMatchObject({ verdict: 'applied', rev: 3 })
  const record = await city.db.selectFrom('record').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  expect(record).toMatchObject({ voided: false, why: null, data: { name: '王三' } })
})

test('a conflict is decided by superseding it: the new value counts and the proposal is closed', async () => {
  const setting = await afterEdit({ set: { name: '王二' }, was: { name: '王某' } })
  const late = restored(setting.device)
  const { id } = setting
  write(late, { ent: 'cadre', k: 'patch', id, base: 1, set: { name: '王三' }, was: { name: '王某' } })
  expect((await pushFrom(late, setting.city, 1)).verdict(1).verdict).toBe('conflict')
  write(late, { ent: 'cadre', k: 'supersede', of: 1, id, base: 2, set: { name: '王三' }, was: { name: '王二' } })
  const reply = await pushFrom(late, setting.city, 2)
  expect(reply.verdict(2)).toMatchObject({ verdict: 'applied', rev: 3 })
  expect(reply.verdict(1)).toMatchObject({ verdict: 'conflict', supersededBy: 2 })
  const states = await setting.city.db.selectFrom('proposal').select('state').execute()
  expect(states).toEqual([{ state: 'replaced' }])
})

import type { Input, Output } from '../../shared/contract/index.ts'
import { startCity, type TestCity } from './city.ts'
import { openTestDesk, PASSPHRASE, startDesk, UNIT_CODE, type Call } from './desk.ts'

/** What the lost PC and the restored one each did with the record they both know at version 1. */
export interface Sides {
  readonly lost: (call: Call, id: string) => Promise<unknown>
  readonly ours: (call: Call, id: string) => Promise<unknown>
}

export interface InConflict {
  readonly city: TestCity
  readonly call: Call
  readonly dir: string
  readonly officerId: string
  readonly bugs: readonly unknown[]
  readonly id: string
  /** The change in conflict. */
  readonly seq: number
}

type Cadre = Input<'cadre.save'>['set']

/** A desk restored from a backup that is older than what the city holds, and has said something else since. */
export async function inConflict(make: (call: Call) => Promise<string>, { lost, ours }: Sides): Promise<InConflict> {
  const city = await startCity()
  const desk = await startDesk()
  await desk.call('sync.enrol', { city: city.url, code: await city.enrolCode(UNIT_CODE) })
  const id = await make(desk.call)
  await desk.call('sync.run', {})
  const backup = await desk.call('backup.make', {})
  await lost(desk.call, id)
  await desk.call('sync.run', {})
  await desk.desk.close()
  const dir = `${desk.dir}/elsewhere`
  const { call, bugs } = await openTestDesk(dir)
  await call('desk.restore', { folder: backup.folder })
  await call('desk.unlock', { officerId: desk.officerId, passphrase: PASSPHRASE })
  await ours(call, id)
  await call('sync.run', {})
  const { rows } = await call('sync.list', { state: 'attention' })
  return { city, call, dir, officerId: desk.officerId, bugs, id, seq: rows[0]?.seq ?? 0 }
}

/** The same about a cadre of whom each side saved some fields. */
export const cadreInConflict = (made: Cadre, lost: Cadre, ours: Cadre): Promise<InConflict> =>
  inConflict(async (call) => (await call('cadre.save', { set: made })).id, {
    lost: (call, id) => call('cadre.save', { id, version: 1, set: lost }),
    ours: (call, id) => call('cadre.save', { id, version: 1, set: ours }),
  })

/** The record as the city holds it. */
export const atCity = ({ city, id }: Pick<InConflict, 'city' | 'id'>) =>
  city.db.selectFrom('record').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

/** A conflict's field by name. */
export function fieldOf(conflict: Output<'sync.conflict'>, name: string): Output<'sync.conflict'>['fields'][number] {
  const found = conflict.fields.find(({ field }) => field === name)
  if (!found) throw new Error(`${name} is not in conflict`)
  return found
}

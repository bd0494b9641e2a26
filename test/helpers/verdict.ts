import type { TestCity } from './city.ts'
import { pushFrom, type TestDevice } from './device.ts'

export const aCadre = { name: '王某', rollGroup: 'in-post' }
export const sealed = (m: string) => ({ c: Buffer.from(`secret ${m}`).toString('base64'), m })

/** Pushes what the test has written since the founding push of two ops. */
export const send = (device: TestDevice, city: TestCity, from = 3) => pushFrom(device, city, from)

export const recordOf = (city: TestCity, id: string) =>
  city.db.selectFrom('record').selectAll().where('id', '=', id).executeTakeFirst()

import { createHash, randomUUID } from 'node:crypto'

const dashed = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`

/** A UUIDv7 (RFC 9562): made offline, sorts by the moment it was made; never an authority on order. */
export function uuidV7(moment: Date): string {
  const time = Math.max(0, moment.getTime()).toString(16).padStart(12, '0')
  // A version 4 has the same shape and the random bits of a 7; the system's pool makes it cheap.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}

const NAMESPACE = Buffer.from('5b0f3d6a8a2f4f0e9c4e6d1f2a7b9c10', 'hex')

/** Id of a township's root unit: UUIDv5 of its code, so that every desk and the city agree on it unasked (SYNC §5.2). */
export function rootUnitId(unitCode: string): string {
  const hash = createHash('sha1').update(NAMESPACE).update(unitCode).digest().subarray(0, 16)
  hash[6] = (hash[6]! & 0x0f) | 0x50
  hash[8] = (hash[8]! & 0x3f) | 0x80
  return dashed(hash.toString('hex'))
}

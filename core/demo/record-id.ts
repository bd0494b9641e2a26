import { createHash } from 'node:crypto'

/**
 * The id of a demo record: a UUIDv5 of its key under the township's root unit.
 *
 * Opening the demo twice makes the same records, and two townships never share one.
 */
export function recordId(rootUnitId: string, key: string): string {
  const namespace = Buffer.from(rootUnitId.replaceAll('-', ''), 'hex')
  const digest = createHash('sha1').update(namespace).update(key).digest().subarray(0, 16)
  digest[6] = (digest[6]! & 0x0f) | 0x50
  digest[8] = (digest[8]! & 0x3f) | 0x80
  const hex = digest.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

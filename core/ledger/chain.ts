import { hash } from 'node:crypto'

/** Chain hash before the first op of an epoch. */
export const GENESIS = `sha256:${'0'.repeat(64)}`

/** Hash of an op's exact bytes (without the line end), algorithm named: `sha256:<hex>`. */
export const hashBytes = (bytes: string | Uint8Array): string => `sha256:${hash('sha256', bytes, 'hex')}`

/**
 * One link of the ledger: H(prev ‖ H(bytes)) over the text of both hashes (SYNC §5.2-2).
 *
 * It covers the hash of the bytes rather than the bytes, so that an ordered erasure can remove them and the rest still
 * proves itself.
 */
export const chainHash = (previous: string, bytesHash: string): string => hashBytes(previous + bytesHash)

/** Hash of a record's state at a revision: over its canonical JSON (keys sorted), sealed values by their HMAC. */
export function revisionHash(state: {
  data: unknown
  sealed: Readonly<Record<string, { m: string }>>
  voided: boolean
}): string {
  const macs = Object.fromEntries(Object.entries(state.sealed).map(([field, { m }]) => [field, m]))
  return hashBytes(canonicalJson({ data: state.data, sealed: macs, voided: state.voided }))
}

/** JSON with object keys sorted (RFC 8785 for the strings, whole numbers, booleans and nulls we use). */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, v]) => v !== undefined)
    entries.sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(',')}}`
  }
  return JSON.stringify(value)
}

import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto'
import { argon2id } from 'hash-wasm'

/** Cost of Argon2id, stored beside every slot so that it can be raised later. */
export interface KdfCost {
  readonly memoryKiB: number
  readonly iterations: number
  readonly parallelism: number
}
/** About 0.4 s on an office PC. */
export const DEFAULT_KDF: KdfCost = { memoryKiB: 65_536, iterations: 3, parallelism: 1 }

export interface Kdf extends KdfCost {
  readonly alg: 'argon2id'
  /** Base64. */
  readonly salt: string
}

/** A key wrapped under a passphrase: Argon2id, then AES-256-GCM; `box` is nonce ‖ text ‖ tag in base64. */
export interface Wrapped {
  readonly kdf: Kdf
  readonly box: string
}

// hash-wasm rather than node:crypto: Electron's BoringSSL has no argon2.
async function derive(passphrase: string, kdf: Kdf): Promise<Buffer> {
  const hash = await argon2id({
    password: passphrase.normalize('NFKC'),
    salt: Buffer.from(kdf.salt, 'base64'),
    memorySize: kdf.memoryKiB,
    iterations: kdf.iterations,
    parallelism: kdf.parallelism,
    hashLength: 32,
    outputType: 'binary',
  })
  return Buffer.from(hash)
}

/** Wraps key bytes. `purpose` is bound in, so that one slot's box cannot be put into another's place. */
export async function wrapKey(secret: Buffer, passphrase: string, purpose: string, cost: KdfCost): Promise<Wrapped> {
  const kdf: Kdf = { alg: 'argon2id', ...cost, salt: randomBytes(16).toString('base64') }
  const key = await derive(passphrase, kdf)
  const box = encryptBox(key, secret, purpose).toString('base64')
  key.fill(0)
  return { kdf, box }
}

/** The key bytes, or null when the passphrase is wrong. */
export async function unwrapKey(wrapped: Wrapped, passphrase: string, purpose: string): Promise<Buffer | null> {
  if (passphrase === '') return null // Argon2id takes none, and none is never right
  const key = await derive(passphrase, wrapped.kdf)
  const secret = decryptBox(key, Buffer.from(wrapped.box, 'base64'), purpose)
  key.fill(0)
  return secret
}

const NONCE_BYTES = 12

/** Random nonces taken from a larger draw: one call of the system per value would cost an import more than its encryption. */
function nonceSource(): () => Buffer {
  let pool = Buffer.alloc(0)
  let used = 0
  return () => {
    if (used + NONCE_BYTES > pool.length) {
      pool = randomBytes(NONCE_BYTES * 512)
      used = 0
    }
    used += NONCE_BYTES
    return pool.subarray(used - NONCE_BYTES, used)
  }
}
const nextNonce = nonceSource()

/** AES-256-GCM: nonce ‖ text ‖ tag. */
export function encryptBox(key: Buffer | KeyObject, plain: Buffer, additional: string): Buffer {
  const nonce = nextNonce()
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(additional))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** The plain bytes, or null when key, text or additional data do not fit. */
export function decryptBox(key: Buffer | KeyObject, box: Buffer, additional: string): Buffer | null {
  if (box.length < 28) return null
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, 12))
  decipher.setAAD(Buffer.from(additional))
  decipher.setAuthTag(box.subarray(box.length - 16))
  try {
    return Buffer.concat([decipher.update(box.subarray(12, box.length - 16)), decipher.final()])
  } catch {
    return null // GCM says only "wrong"; the caller turns it into the right fault
  }
}

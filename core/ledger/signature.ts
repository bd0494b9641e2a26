import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto'

/** An Ed25519 key pair as text: PKCS#8 and SPKI DER in base64. */
export interface KeyPair {
  readonly privateKey: string
  readonly publicKey: string
}

export function makeKeyPair(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  }
}

/** Device id of a public key, `dev_` and 16 hex digits: made before any enrolment, because every op carries it. */
export const deviceIdOf = (publicKey: string): string =>
  `dev_${createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex').slice(0, 16)}`

export const privateKeyOf = (text: string): KeyObject =>
  createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' })
export const publicKeyOf = (text: string): KeyObject =>
  createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' })

/**
 * Appends the signature line to NDJSON text whose lines all end with `\n`.
 *
 * `domain` is PUSH_DOMAIN or REPLY_DOMAIN, so that a signature made for one message can never pass for another.
 */
export function signLines(domain: string, lines: string, privateKey: KeyObject): string {
  const signature = sign(null, Buffer.from(domain + lines), privateKey).toString('base64')
  return `${lines}{"sig":"ed25519:${signature}"}\n`
}

/** The text before the signature line if the signature is good, otherwise null. Never throws on junk. */
export function verifiedLines(domain: string, signed: string, publicKey: KeyObject): string | null {
  const match = /^([\s\S]*\n)\{"sig":"ed25519:([A-Za-z0-9+/=]+)"\}\n?$/.exec(signed)
  if (!match) return null
  const lines = match[1] as string
  const signature = Buffer.from(match[2] as string, 'base64')
  if (signature.toString('base64') !== match[2]) return null // one signature has one spelling
  return verify(null, Buffer.from(domain + lines), publicKey, signature) ? lines : null
}

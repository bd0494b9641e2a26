import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { decryptBox, DEFAULT_KDF, encryptBox, unwrapKey, wrapKey } from '../../core/keys/wrap.ts'
import { CHEAP_KDF } from '../helpers/desk.ts'

const secret = randomBytes(32)

describe('a wrapped key', () => {
  test('comes out with its passphrase, in any Unicode form', async () => {
    const wrapped = await wrapKey(secret, 'Zoë密码１２', 'purpose', CHEAP_KDF)
    for (const spelled of ['Zoë密码１２', 'Zoë密码12', 'Zoë密码12'.normalize('NFD')]) {
      expect(await unwrapKey(wrapped, spelled, 'purpose')).toEqual(secret)
    }
  })

  test.each([
    ['another passphrase', 'Zoe密码12', 'purpose'],
    ['another purpose', 'Zoë密码12', 'other'],
    ['none', '', 'purpose'],
  ])('stays wrapped under %s', async (_what, passphrase, purpose) => {
    const wrapped = await wrapKey(secret, 'Zoë密码12', 'purpose', CHEAP_KDF)
    expect(await unwrapKey(wrapped, passphrase, purpose)).toBeNull()
  })

  test('carries its own cost, and a salt of its own', async () => {
    const [a, b] = [
      await wrapKey(secret, 'x', 'p', CHEAP_KDF),
      await wrapKey(secret, 'x', 'p', { ...CHEAP_KDF, iterations: 2 }),
    ]
    expect(a.kdf).toMatchObject({ alg: 'argon2id', ...CHEAP_KDF })
    expect(b.kdf.iterations).toBe(2)
    expect(a.kdf.salt).not.toBe(b.kdf.salt)
    expect(Buffer.from(a.kdf.salt, 'base64')).toHaveLength(16)
    expect(await unwrapKey(b, 'x', 'p')).toEqual(secret)
    expect(await unwrapKey({ ...b, kdf: { ...b.kdf, iterations: 1 } }, 'x', 'p')).toBeNull()
  })

  test('costs a guesser 64 MiB and three passes unless a test says otherwise', () => {
    expect(DEFAULT_KDF).toEqual({ memoryKiB: 65_536, iterations: 3, parallelism: 1 })
  })
})

describe('a box', () => {
  const key = randomBytes(32)
  test('opens with key and context, and only whole', () => {
    const box = encryptBox(key, Buffer.from('谈话'), 'place')
    expect(decryptBox(key, box, 'place')?.toString()).toBe('谈话')
    expect(decryptBox(key, box, 'elsewhere')).toBeNull()
    expect(decryptBox(randomBytes(32), box, 'place')).toBeNull()
    for (let length = 0; length < box.length; length += 1)
      expect(decryptBox(key, box.subarray(0, length), 'place')).toBeNull()
    expect(decryptBox(key, Buffer.concat([box, Buffer.alloc(1)]), 'place')).toBeNull()
  })

  test('never repeats its nonce', () => {
    const nonces = new Set(
      Array.from({ length: 500 }, () => encryptBox(key, Buffer.alloc(0), '').subarray(0, 12).toString('hex')),
    )
    expect(nonces.size).toBe(500)
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  deviceIdOf,
  makeKeyPair,
  privateKeyOf,
  publicKeyOf,
  signLines,
  verifiedLines,
} from '../../core/ledger/signature.ts'
import { PUSH_DOMAIN, REPLY_DOMAIN } from '../../shared/sync/protocol.ts'

const keys = makeKeyPair()
const [secret, open] = [privateKeyOf(keys.privateKey), publicKeyOf(keys.publicKey)]
const LINES = '{"v":1}\n{"seq":1,"set":{"name":"试"}}\n'

describe('a signed batch', () => {
  test('gives its lines back to whoever has the public key', () => {
    const signed = signLines(PUSH_DOMAIN, LINES, secret)
    expect(signed.startsWith(LINES)).toBe(true)
    expect(signed.split('\n').at(-2)).toMatch(/^\{"sig":"ed25519:[A-Za-z0-9+/]{86}=="\}$/)
    expect(verifiedLines(PUSH_DOMAIN, signed, open)).toBe(LINES)
    expect(verifiedLines(PUSH_DOMAIN, signed.trimEnd(), open)).toBe(LINES)
  })

  test('signed for one kind of message never passes for another', () => {
    expect(verifiedLines(REPLY_DOMAIN, signLines(PUSH_DOMAIN, LINES, secret), open)).toBeNull()
  })

  test('of another key is not ours', () => {
    expect(
      verifiedLines(PUSH_DOMAIN, signLines(PUSH_DOMAIN, LINES, secret), publicKeyOf(makeKeyPair().publicKey)),
    ).toBeNull()
  })

  test('is refused when any one byte of it differs', () => {
    const signed = Buffer.from(signLines(PUSH_DOMAIN, LINES, secret))
    fc.assert(
      fc.property(fc.nat(signed.length - 2), fc.integer({ min: 0, max: 6 }), (at, bit) => {
        const bent = Buffer.from(signed)
        bent[at] = bent[at]! ^ (1 << bit)
        const text = bent.toString()
        expect(verifiedLines(PUSH_DOMAIN, text, open)).toBeNull()
      }),
    )
  })

  test.each([
    '',
    '\n',
    LINES,
    '{"sig":"ed25519:AAAA"}\n',
    `${LINES}{"sig":"ed25519:"}\n`,
    `${LINES}{"sig":"rsa:AAAA"}\n`,
    '<html>登录</html>',
  ])('junk is refused without an error: %j', (junk) => {
    expect(verifiedLines(PUSH_DOMAIN, junk, open)).toBeNull()
  })

  test('with lines added behind the signature is refused', () => {
    expect(verifiedLines(PUSH_DOMAIN, `${signLines(PUSH_DOMAIN, LINES, secret)}{"seq":2}\n`, open)).toBeNull()
  })
})

test('a device id follows from its public key and differs from key to key', () => {
  expect(deviceIdOf(keys.publicKey)).toMatch(/^dev_[0-9a-f]{16}$/)
  expect(deviceIdOf(keys.publicKey)).toBe(deviceIdOf(keys.publicKey))
  expect(deviceIdOf(makeKeyPair().publicKey)).not.toBe(deviceIdOf(keys.publicKey))
})

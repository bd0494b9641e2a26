import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { canonicalJson, chainHash, GENESIS, hashBytes, revisionHash } from '../../core/ledger/chain.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

describe('the chain', () => {
  test('hashes bytes and names the algorithm', () => {
    expect(hashBytes('')).toBe('sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(hashBytes('谈话')).toBe(hashBytes(Buffer.from('谈话')))
    expect(GENESIS).toMatch(/^sha256:0{64}$/)
  })

  test('a link covers the text of the one before and of its own hash', () => {
    const own = hashBytes('{"seq":1}')
    expect(chainHash(GENESIS, own)).toBe(`sha256:${sha256(GENESIS + own)}`)
  })

  test('any change before a link changes every link after it', () => {
    const links = (lines: readonly string[]): string[] => {
      let previous = GENESIS
      return lines.map((line) => (previous = chainHash(previous, hashBytes(line))))
    }
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 8 }), fc.nat(), (lines, at) => {
        const index = at % lines.length
        const bent = lines.with(index, `${lines[index]}!`)
        const [a, b] = [links(lines), links(bent)]
        for (let n = 0; n < lines.length; n += 1) expect(a[n] === b[n]).toBe(n < index)
      }),
    )
  })
})

describe('canonical JSON', () => {
  test.each([
    [{ b: 1, a: 2 }, '{"a":2,"b":1}'],
    [{ a: { d: [], c: null } }, '{"a":{"c":null,"d":[]}}'],
    [{ a: undefined, b: 1 }, '{"b":1}'],
    [[{ b: 1, a: 1 }, 'x'], '[{"a":1,"b":1},"x"]'],
    ['"\u2028\n', '"\\"\u2028\\n"'],
    [null, 'null'],
    [true, 'true'],
    // RFC 8785 §3.2.3: sorted by UTF-16 code units, so a surrogate sorts before U+FB33.
    [
      { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, 'ö': 7 },
      '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"\ud83d\ude00":5,"\ufb33":3}',
    ],
  ])('%# of %j', (value, text) => {
    expect(canonicalJson(value)).toBe(text)
  })

  test('does not depend on the order in which keys were set, and means the same', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ noUnicodeString: false })), (object) => {
        const turned = Object.fromEntries(Object.entries(object).reverse())
        expect(canonicalJson(turned)).toBe(canonicalJson(object))
        expect(JSON.parse(canonicalJson(object))).toEqual(JSON.parse(JSON.stringify(object)))
      }),
    )
  })
})

describe('a revision’s hash', () => {
  const state = { data: { name: '试', tags: ['甲'] }, sealed: { note: { m: 'mac', c: 'one' } }, voided: false }

  test('goes by the sealed values’ HMACs, never their ciphertext, which differs every time', () => {
    expect(revisionHash({ ...state, sealed: { note: { m: 'mac' } } })).toBe(revisionHash(state))
    expect(revisionHash({ ...state, sealed: { note: { m: 'other' } } })).not.toBe(revisionHash(state))
  })

  test('differs when a value, the voiding or a field differs', () => {
    const others = [
      { ...state, voided: true },
      { ...state, data: { ...state.data, name: '试二' } },
      { ...state, data: { ...state.data, tags: ['甲', '乙'] } },
      { ...state, sealed: {} },
    ]
    for (const other of others) expect(revisionHash(other)).not.toBe(revisionHash(state))
  })
})

import { describe, expect, test } from 'vitest'
import { makeRecoveryCode, normalizeRecoveryCode } from '../../core/keys/recovery-code.ts'

describe('a recovery code', () => {
  test('is 24 characters none of which reads as another, in groups of four', () => {
    for (let n = 0; n < 300; n += 1)
      expect(makeRecoveryCode()).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/)
  })

  test('uses every character at every place and never comes twice', () => {
    const codes = Array.from({ length: 4_000 }, makeRecoveryCode)
    expect(new Set(codes).size).toBe(codes.length)
    for (let place = 0; place < 29; place += 1) {
      if (place % 5 === 4) continue
      expect(new Set(codes.map((code) => code[place])).size).toBe(32)
    }
  })

  test.each([
    ['7K3M-00AB', '7K3M00AB'],
    ['7k3m 00ab', '7K3M00AB'],
    ['7k3m—o0ab', '7K3M00AB'],
    ['７Ｋ３Ｍ－００ＡＢ', '7K3M00AB'],
    ['il1L-oO0', '1111000'],
    [' 7K3M\t00\nAB。', '7K3M00AB'],
  ])('typed as %j is read as %s', (typed, code) => {
    expect(normalizeRecoveryCode(typed)).toBe(code)
  })

  test('normalizing twice changes nothing', () => {
    const code = normalizeRecoveryCode(makeRecoveryCode())
    expect(normalizeRecoveryCode(code)).toBe(code)
    expect(code).toHaveLength(24)
  })
})

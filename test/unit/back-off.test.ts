import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { backOffMs } from '../../core/sync/back-off.ts'

const anyAttempt = fc.nat(200)
const anyRandom = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('the wait after a failure', () => {
  test.each([
    [0, 5_000],
    [1, 10_000],
    [3, 40_000],
    [7, 640_000],
    [8, 900_000],
    [50, 900_000],
  ])('after %i failures is anywhere up to %i ms', (attempt, ceiling) => {
    expect(backOffMs(attempt, 0.999999999)).toBe(ceiling)
    expect(backOffMs(attempt, 0.5)).toBe(ceiling / 2)
  })

  test('is at least a second and at most a quarter of an hour', () => {
    fc.assert(
      fc.property(anyAttempt, anyRandom, (attempt, random) => {
        const wait = backOffMs(attempt, random)
        expect(Number.isInteger(wait)).toBe(true)
        expect(wait).toBeGreaterThanOrEqual(1_000)
        expect(wait).toBeLessThanOrEqual(900_000)
      }),
    )
  })

  test('never undercuts what the city asked for, and is not shortened by it', () => {
    fc.assert(
      fc.property(anyAttempt, anyRandom, fc.nat(7_200), (attempt, random, seconds) => {
        const wait = backOffMs(attempt, random, seconds)
        expect(wait).toBeGreaterThanOrEqual(seconds * 1_000)
        expect(wait).toBeGreaterThanOrEqual(backOffMs(attempt, random))
      }),
    )
  })

  test('does not shrink with more failures', () => {
    fc.assert(
      fc.property(anyAttempt, anyRandom, (attempt, random) => {
        expect(backOffMs(attempt + 1, random)).toBeGreaterThanOrEqual(backOffMs(attempt, random))
      }),
    )
  })
})
